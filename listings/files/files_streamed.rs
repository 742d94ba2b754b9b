//! A file of 32 MiB is read in chunks, as far as the client takes them.

use std::path::{Component, Path, PathBuf};
use std::{convert::Infallible, fs, io, sync::Arc, time::Duration};

use futures::TryStreamExt;
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Empty, Full, StreamBody};
use hyper::body::{Bytes, Frame, Incoming};
use hyper::header::{ALLOW, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};
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
use tokio_util::io::ReaderStream;

type Answer = Result<Reply, Infallible>;

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

// ANCHOR: progress
struct Progress {
    read: u64,
    of: u64,
}

impl Progress {
    fn count(&mut self, chunk: Bytes) -> Frame<Bytes> {
        self.read += 1;
        Frame::data(chunk)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        let Progress { read, of } = *self;
        if read == of {
            println!("Sent: all of {of} chunks");
        } else if read < of / 2 {
            println!("Client gone: less than half of {of} chunks read");
        } else {
            println!("Client gone: {read} of {of} chunks read");
        }
    }
}
// ANCHOR_END: progress

fn content_type(page: &str) -> HeaderValue {
    HeaderValue::from_static(match page.rsplit_once('.') {
        Some((_, "html")) => "text/html; charset=utf-8",
        Some((_, "txt")) => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    })
}

// ANCHOR: send
type Reply = Response<BoxBody<Bytes, io::Error>>;

const CHUNK: usize = 64 * 1024;

fn open(root: &Path, page: &str) -> io::Result<(fs::File, u64)> {
    let file = fs::File::open(locate(root, page)?)?;
    let length = file.metadata()?.len();
    Ok((file, length))
}

async fn send(root: Arc<Path>, request: &Request<Incoming>) -> io::Result<Reply> {
    let page = request.uri().path().to_owned();
    let kind = content_type(&page);
    let (file, length) = spawn_blocking(move || open(&root, &page)).await??;
    let body = if request.method() == Method::HEAD {
        Empty::new().map_err(|never| match never {}).boxed()
    } else {
        let of = length.div_ceil(CHUNK as u64);
        let mut progress = Progress { read: 0, of };
        let file = tokio::fs::File::from_std(file);
        let chunks = ReaderStream::with_capacity(file, CHUNK);
        let frames = chunks.map_ok(move |chunk| progress.count(chunk));
        StreamBody::new(frames).boxed()
    };
    let mut response = Response::new(body);
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response.headers_mut().insert(CONTENT_LENGTH, length.into());
    Ok(response)
}
// ANCHOR_END: send

fn status_of(error: &io::Error) -> StatusCode {
    use io::ErrorKind::{NotADirectory, NotFound, PermissionDenied};
    match error.kind() {
        NotFound | NotADirectory => StatusCode::NOT_FOUND,
        PermissionDenied => StatusCode::FORBIDDEN,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

fn refusal(status: StatusCode) -> Reply {
    let text = Full::from(format!("{status}\n"));
    let body = text.map_err(|never| match never {}).boxed();
    let mut response = Response::new(body);
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
            // Which error it is depends on what the server notices first.
            if connection.await.is_err() {
                eprintln!("Connection broken off");
            }
        });
    }
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let root = tempdir()?;
    // 32 MiB of zeros, which take no space on most file systems.
    let archive = fs::File::create(root.path().join("archive.bin"))?;
    archive.set_len(32 * 1024 * 1024)?;

    let listener = TcpListener::bind("127.0.0.1:4042").await?;
    println!("Listening on http://{}", listener.local_addr()?);
    let graceful = GracefulShutdown::new();
    tokio::select! {
        biased;
        stopped = ctrl_c() => stopped?,
        () = serve(listener, root.path().into(), &graceful) => {}
    }
    Ok(timeout(Duration::from_secs(10), graceful.shutdown()).await?)
}
