//! Each way in which a file cannot be sent has its own status.

use std::os::unix::fs::symlink;
use std::path::{Component, Path, PathBuf};
use std::{convert::Infallible, fs, io, sync::Arc, time::Duration};

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{ALLOW, CONTENT_TYPE, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tempfile::tempdir;
use tokio::net::TcpListener;
use tokio::signal::ctrl_c;
use tokio::task::spawn_blocking;
use tokio::time::{sleep, timeout};

type Reply = Response<Full<Bytes>>;
type Answer = Result<Reply, Infallible>;

// ANCHOR: locate
fn locate(root: &Path, page: &str) -> io::Result<PathBuf> {
    let page = Path::new(page.trim_start_matches('/'));
    let is_name = |part| matches!(part, Component::Normal(_));
    if !page.components().all(is_name) {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let path = root.join(page);
    if !fs::metadata(&path)?.is_file() {
        return Err(io::ErrorKind::NotFound.into());
    }
    Ok(path)
}
// ANCHOR_END: locate

// ANCHOR: send
fn content_type(page: &str) -> HeaderValue {
    HeaderValue::from_static(match page.rsplit_once('.') {
        Some((_, "html")) => "text/html; charset=utf-8",
        Some((_, "txt")) => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    })
}

async fn send(root: Arc<Path>, request: &Request<Incoming>) -> io::Result<Reply> {
    let page = request.uri().path().to_owned();
    let kind = content_type(&page);
    let read = spawn_blocking(move || fs::read(locate(&root, &page)?));
    let mut response = Response::new(Full::from(read.await??));
    response.headers_mut().insert(CONTENT_TYPE, kind);
    Ok(response)
}
// ANCHOR_END: send

// ANCHOR: handle
fn status_of(error: &io::Error) -> StatusCode {
    use io::ErrorKind::{NotADirectory, NotFound, PermissionDenied};
    match error.kind() {
        NotFound | NotADirectory => StatusCode::NOT_FOUND,
        PermissionDenied => StatusCode::FORBIDDEN,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

fn refusal(status: StatusCode) -> Reply {
    let mut response = Response::new(Full::from(format!("{status}\n")));
    *response.status_mut() = status;
    response
}

async fn handle(root: Arc<Path>, request: Request<Incoming>) -> Answer {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut response = refusal(StatusCode::METHOD_NOT_ALLOWED);
        let methods = HeaderValue::from_static("GET, HEAD");
        response.headers_mut().insert(ALLOW, methods);
        return Ok(response);
    }
    let sent = send(root, &request).await;
    Ok(sent.unwrap_or_else(|error| {
        let status = status_of(&error);
        if status.is_server_error() {
            eprintln!("Cannot send {}: {error}", request.uri().path());
        }
        refusal(status)
    }))
}
// ANCHOR_END: handle

async fn serve(listener: TcpListener, root: Arc<Path>, graceful: &GracefulShutdown) {
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                eprintln!("Cannot accept: {error}");
                sleep(Duration::from_secs(1)).await;
                continue;
            }
        };
        let root = root.clone();
        let service = service_fn(move |request| handle(root.clone(), request));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .serve_connection(TokioIo::new(stream), service);
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                eprintln!("Connection failed: {error}");
            }
        });
    }
}

#[tokio::main]
async fn main() -> io::Result<()> {
    // ANCHOR: files
    let folder = tempdir()?;
    fs::write(folder.path().join("station.key"), "secret\n")?;
    let root = folder.path().join("public");
    fs::create_dir(&root)?;
    fs::write(root.join("reading.txt"), "21 degrees\n")?;
    // A link that points to itself: there is no file to open.
    symlink("loop.txt", root.join("loop.txt"))?;
    // ANCHOR_END: files

    let listener = TcpListener::bind("127.0.0.1:4041").await?;
    println!("Listening on http://{}", listener.local_addr()?);
    let graceful = GracefulShutdown::new();
    tokio::select! {
        biased;
        stopped = ctrl_c() => stopped?,
        () = serve(listener, root.into(), &graceful) => {}
    }
    Ok(timeout(Duration::from_secs(10), graceful.shutdown()).await?)
}
