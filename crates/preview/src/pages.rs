//! What the browser gets: the built book, or what keeps it from being built.

use crate::RELOAD_PATH;
use anyhow::Result;
use axum::Router;
use axum::body::Body;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use mdbook_driver::MDBook;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use tempfile::TempDir;
use tokio::sync::watch;
use tower_http::services::{ServeDir, ServeFile};

/// A book that was built, or why it was not.
pub type Built = Result<Folder, String>;

/// A built book.
pub struct Folder {
    /// Where the HTML renderer's pages are.
    pages: PathBuf,
    /// What all renderers wrote; removed when it is dropped.
    _all: TempDir,
}

/// Builds the book for the preview: its pages reload themselves.
pub fn build(root: &Path, load: fn(&Path) -> Result<MDBook>) -> Built {
    let built = || {
        let folder = tempfile::tempdir()?;
        let mut book = load(root)?;
        book.config
            .set("output.html.live-reload-endpoint", RELOAD_PATH)?;
        book.config.set("output.html.site-url", "/")?;
        book.config.build.build_dir = folder.path().to_path_buf();
        book.build()?;
        let pages = book.build_dir_for("html");
        Ok::<_, anyhow::Error>(Folder {
            pages,
            _all: folder,
        })
    };
    built().map_err(|error| format!("{error:#}"))
}

/// What is served at the moment.
#[derive(Clone)]
pub struct Site {
    state: Arc<Mutex<Current>>,
    /// Counts the builds.
    builds: watch::Sender<u64>,
}

struct Current {
    /// The last book that could be built.
    folder: Option<Arc<Folder>>,
    mistake: Option<String>,
}

impl Site {
    /// Serves the outcome of a first build.
    pub fn new(built: Built) -> Site {
        let site = Site {
            state: Arc::new(Mutex::new(Current {
                folder: None,
                mistake: None,
            })),
            builds: watch::Sender::new(0),
        };
        site.renew(built);
        site
    }

    /// Serves the outcome of another build, and lets open pages reload.
    pub fn renew(&self, built: Built) {
        {
            let mut current = self.current();
            match built {
                Ok(folder) => {
                    current.folder = Some(Arc::new(folder));
                    current.mistake = None;
                }
                Err(mistake) => {
                    eprintln!("{mistake}");
                    current.mistake = Some(mistake);
                }
            }
        }
        self.builds.send_modify(|count| *count += 1);
    }

    fn current(&self) -> std::sync::MutexGuard<'_, Current> {
        self.state
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

/// The server's routes.
pub fn router(site: Site) -> Router {
    Router::new()
        .route(&format!("/{RELOAD_PATH}"), get(wait_for_reload))
        .fallback(page)
        .with_state(site)
}

async fn wait_for_reload(State(site): State<Site>, upgrade: WebSocketUpgrade) -> Response {
    let builds = site.builds.subscribe();
    upgrade.on_upgrade(|socket| reload_once(socket, builds))
}

async fn reload_once(mut socket: WebSocket, mut builds: watch::Receiver<u64>) {
    if builds.changed().await.is_ok() {
        // A page that was closed meanwhile needs no word.
        let _ = socket.send(Message::text("reload")).await;
    }
}

async fn page(State(site): State<Site>, request: Request) -> Response {
    let (folder, mistake) = {
        let current = site.current();
        (current.folder.clone(), current.mistake.clone())
    };
    let mut response = match (mistake, folder) {
        (Some(mistake), _) if is_page(request.uri().path()) => mistake_page(&mistake),
        (_, Some(folder)) => file(folder.pages.clone(), request).await,
        (mistake, None) => mistake_page(&mistake.unwrap_or_default()),
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn is_page(path: &str) -> bool {
    path.ends_with('/') || path.ends_with(".html")
}

async fn file(folder: PathBuf, request: Request) -> Response {
    let not_found = ServeFile::new(folder.join("404.html"));
    match ServeDir::new(folder)
        .not_found_service(not_found)
        .try_call(request)
        .await
    {
        Ok(response) => response.map(Body::new).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

fn mistake_page(mistake: &str) -> Response {
    let text = mistake.replace('&', "&amp;").replace('<', "&lt;");
    let html = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>The book has a mistake</title>\n\
         <style>body {{ font: 1rem/1.5 system-ui; margin: 2rem; color-scheme: light dark }}\n\
         pre {{ white-space: pre-wrap }}</style>\n\
         <h1>The book has a mistake</h1><pre>{text}</pre><p>This page reloads when it is mended.</p>\n\
         <script>new WebSocket(`ws://${{location.host}}/{RELOAD_PATH}`).onmessage = () => location.reload();</script>\n"
    );
    (StatusCode::INTERNAL_SERVER_ERROR, Html(html)).into_response()
}
