//! A fast page, asked for on a second connection, and behind a slow one.

use std::{convert::Infallible, io, process::ExitCode, time::Duration};

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::signal::ctrl_c;
use tokio::time::{sleep, timeout};

type Answer = Result<Response<Full<Bytes>>, Infallible>;

// ANCHOR: handle
async fn forecast() -> &'static str {
    println!("Forecast requested");
    sleep(Duration::from_millis(500)).await;
    "Sunny\n"
}

fn temperature() -> &'static str {
    println!("Temperature requested");
    "21 degrees\n"
}

async fn handle(request: Request<Incoming>) -> Answer {
    let (status, body) = match (request.method(), request.uri().path()) {
        (&Method::GET, "/forecast") => (StatusCode::OK, forecast().await),
        (&Method::GET, "/temperature") => (StatusCode::OK, temperature()),
        _ => (StatusCode::NOT_FOUND, "No such page\n"),
    };
    let mut response = Response::new(Full::from(body));
    *response.status_mut() = status;
    Ok(response)
}
// ANCHOR_END: handle

async fn serve(listener: TcpListener, graceful: &GracefulShutdown) {
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                eprintln!("Cannot accept: {error}");
                sleep(Duration::from_secs(1)).await;
                continue;
            }
        };
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .serve_connection(TokioIo::new(stream), service_fn(handle));
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
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
    let graceful = GracefulShutdown::new();
    tokio::select! {
        biased;
        stopped = ctrl_c() => stopped?,
        () = serve(listener, &graceful) => {}
    }
    let deadline = Duration::from_secs(5);
    timeout(deadline, graceful.shutdown()).await.map_err(|_| {
        let message = format!("still connected after {deadline:?}");
        io::Error::new(io::ErrorKind::TimedOut, message)
    })
}

#[tokio::main]
async fn main() -> ExitCode {
    match run("127.0.0.1:4020").await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("Error: {error}");
            ExitCode::FAILURE
        }
    }
}
