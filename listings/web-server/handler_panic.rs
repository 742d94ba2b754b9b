//! A handler panics, and only its client notices.

use std::{convert::Infallible, io, process::ExitCode, time::Duration};

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
fn latest(readings: &[&'static str]) -> &'static str {
    readings.last().expect("there is at least one reading")
}

async fn handle(request: Request<Incoming>) -> Answer {
    let (status, body) = match (request.method(), request.uri().path()) {
        (&Method::GET, "/latest") => (StatusCode::OK, latest(&[])),
        (&Method::GET, "/temperature") => (StatusCode::OK, "21 degrees\n"),
        _ => (StatusCode::NOT_FOUND, "No such page\n"),
    };
    let mut response = Response::new(Full::from(body));
    *response.status_mut() = status;
    Ok(response)
}
// ANCHOR_END: handle

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

async fn run(address: &str) -> io::Result<()> {
    let listener = TcpListener::bind(address).await.map_err(|error| {
        let message = format!("cannot listen on {address}: {error}");
        io::Error::new(error.kind(), message)
    })?;
    println!("Listening on http://{}", listener.local_addr()?);
    tokio::select! {
        biased;
        stopped = ctrl_c() => stopped,
        () = serve(listener) => Ok(()),
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    match run("127.0.0.1:4008").await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("Error: {error}");
            ExitCode::FAILURE
        }
    }
}
