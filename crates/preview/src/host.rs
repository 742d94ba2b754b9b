//! A built folder, served as a good static host would: compressed, with the
//! headers that the README asks for. To be tested and measured, and looked at.

use crate::server::{Port, Server};
use anyhow::{Result, bail};
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use std::net::SocketAddr;
use std::path::Path;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tower_http::services::{ServeDir, ServeFile};

/// For a file whose name has a hash of its content.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// For any other: a browser asks whether it has changed.
const ASK: HeaderValue = HeaderValue::from_static("no-cache");

/// A folder that is being served; dropping it ends that, and closes the port.
pub struct Host {
    server: Server,
}

impl Host {
    /// Serves a built folder on this port of 127.0.0.1 (0 for any that is
    /// free), under a path such as `/` or `/book/`.
    ///
    /// # Errors
    /// If there is no `index.html` in the folder, the path does not begin and end
    /// with a slash, or the port is taken.
    pub fn start(folder: &Path, under: &str, port: u16) -> Result<Host> {
        if !folder.join("index.html").is_file() {
            bail!("there is no built book in {}", folder.display());
        }
        if !under.starts_with('/') || !under.ends_with('/') {
            bail!("`{under}` does not begin and end with a slash");
        }
        let server = Port::take(port)?.serve(router(folder, under))?;
        Ok(Host { server })
    }

    /// Where the folder is served.
    pub fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// Serves until Ctrl-C.
    ///
    /// # Errors
    /// If the server fails.
    pub fn until_interrupted(self) -> Result<()> {
        self.server.until_interrupted()
    }
}

fn router(folder: &Path, under: &str) -> Router {
    let not_found = ServeFile::new(folder.join("404.html"));
    let files = ServeDir::new(folder).not_found_service(not_found);
    let routes = match under.trim_end_matches('/') {
        "" => Router::new().fallback_service(files),
        under => Router::new().nest_service(under, files),
    };
    // Fonts are compressed already, and so are downloads.
    let worth_it = DefaultPredicate::new()
        .and(NotForContentType::const_new("font/"))
        .and(NotForContentType::const_new("application/epub+zip"))
        .and(NotForContentType::const_new("application/pdf"));
    routes
        .layer(middleware::from_fn(with_headers))
        .layer(CompressionLayer::new().compress_when(worth_it))
}

async fn with_headers(request: Request, next: Next) -> Response<Body> {
    let is_hashed = is_hashed(request.uri().path());
    let mut response = next.run(request).await;
    let is_found = response.status().is_success() || response.status().is_redirection();
    let headers = response.headers_mut();
    let kept = if is_hashed && is_found { FOR_EVER } else { ASK };
    headers.insert(header::CACHE_CONTROL, kept);
    let nosniff = HeaderValue::from_static("nosniff");
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, nosniff);
    let named = headers.get(header::CONTENT_TYPE);
    let named = named.and_then(|kind| kind.to_str().ok());
    if let Some(kind) = named.filter(|kind| kind.starts_with("text/") && !kind.contains(';')) {
        let kind = HeaderValue::from_str(&format!("{kind}; charset=utf-8"));
        headers.insert(header::CONTENT_TYPE, kind.expect("it was a header"));
    }
    response
}

/// Whether a name has a hash of the file's content: `book-609e4cb8.js`.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    stem.rsplit_once('-').is_some_and(|(_, hash)| {
        hash.len() == 8 && hash.chars().all(|digit| digit.is_ascii_hexdigit())
    })
}
