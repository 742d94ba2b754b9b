//! A server that may open no more files pauses, and goes on when it may.

use std::{convert::Infallible, io, time::Duration};

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use rlimit::Resource;
use tokio::net::TcpListener;
use tokio::signal::ctrl_c;
use tokio::time::sleep;

type Answer = Result<Response<Full<Bytes>>, Infallible>;

async fn handle(request: Request<Incoming>) -> Answer {
    let (status, body) = match (request.method(), request.uri().path()) {
        (&Method::GET, "/temperature") => (StatusCode::OK, "21 degrees\n"),
        _ => (StatusCode::NOT_FOUND, "No such page\n"),
    };
    let mut response = Response::new(Full::from(body));
    *response.status_mut() = status;
    Ok(response)
}

// ANCHOR: serve
async fn serve(listener: TcpListener) {
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                eprintln!("Cannot accept: {error}");
                sleep(Duration::from_secs(1)).await;
                continue;
            }
        };
        tokio::spawn(async move {
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .serve_connection(TokioIo::new(stream), service_fn(handle));
            if let Err(error) = connection.await {
                eprintln!("Connection failed: {error}");
            }
        });
    }
}
// ANCHOR_END: serve

#[tokio::main]
async fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:4004").await?;
    // ANCHOR: shortage
    // From here on the process may open no file; after 900 ms it may again.
    let (soft, hard) = Resource::NOFILE.get()?;
    Resource::NOFILE.set(0, hard)?;
    tokio::spawn(async move {
        sleep(Duration::from_millis(900)).await;
        let restored = Resource::NOFILE.set(soft, hard);
        restored.expect("the old limit is allowed");
    });
    // ANCHOR_END: shortage
    println!("Listening on http://{}", listener.local_addr()?);
    tokio::select! {
        biased;
        stopped = ctrl_c() => stopped,
        () = serve(listener) => Ok(()),
    }
}
