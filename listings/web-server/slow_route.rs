//! A slow answer holds up no other client, but Ctrl-C cuts it off.

use std::{convert::Infallible, io, time::Duration};

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tokio::signal::ctrl_c;
use tokio::time::sleep;

type Answer = Result<Response<Full<Bytes>>, Infallible>;

// ANCHOR: handle
async fn forecast() -> &'static str {
    println!("Forecast requested");
    sleep(Duration::from_secs(10)).await;
    "Sunny\n"
}

async fn handle(request: Request<Incoming>) -> Answer {
    let (status, body) = match (request.method(), request.uri().path()) {
        (&Method::GET, "/forecast") => (StatusCode::OK, forecast().await),
        (&Method::GET, "/temperature") => (StatusCode::OK, "21 degrees\n"),
        _ => (StatusCode::NOT_FOUND, "No such page\n"),
    };
    let mut response = Response::new(Full::from(body));
    *response.status_mut() = status;
    Ok(response)
}
// ANCHOR_END: handle

async fn serve(listener: TcpListener) -> io::Result<()> {
    loop {
        let (stream, _) = listener.accept().await?;
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

#[tokio::main]
async fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:4003").await?;
    println!("Listening on http://{}", listener.local_addr()?);
    tokio::select! {
        biased;
        stopped = ctrl_c() => stopped,
        failed = serve(listener) => failed,
    }
}
