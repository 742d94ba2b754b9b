//! A server of files that sends any file of the machine.

use std::{convert::Infallible, io, path::Path, sync::Arc, time::Duration};

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tempfile::tempdir;
use tokio::net::TcpListener;
use tokio::time::{sleep, timeout};
use tokio::{fs, signal::ctrl_c};

type Answer = Result<Response<Full<Bytes>>, Infallible>;

// ANCHOR: handle
async fn handle(root: Arc<Path>, request: Request<Incoming>) -> Answer {
    let path = root.join(request.uri().path().trim_start_matches('/'));
    let (status, body) = match fs::read(path).await {
        Ok(content) => (StatusCode::OK, Full::from(content)),
        Err(_) => (StatusCode::NOT_FOUND, Full::from("Not found\n")),
    };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    Ok(response)
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
        // ANCHOR: service
        let root = root.clone();
        let service = service_fn(move |request| handle(root.clone(), request));
        // ANCHOR_END: service
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
    let folder = tempdir()?;
    fs::write(folder.path().join("station.key"), "secret\n").await?;
    let root = folder.path().join("public");
    fs::create_dir(&root).await?;
    fs::write(root.join("reading.txt"), "21 degrees\n").await?;

    let listener = TcpListener::bind("127.0.0.1:4040").await?;
    println!("Listening on http://{}", listener.local_addr()?);
    let graceful = GracefulShutdown::new();
    tokio::select! {
        biased;
        stopped = ctrl_c() => stopped?,
        () = serve(listener, root.into(), &graceful) => {}
    }
    Ok(timeout(Duration::from_secs(10), graceful.shutdown()).await?)
}
