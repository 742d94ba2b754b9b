//! No client is accepted before there is a permit for it.

use std::sync::Arc;
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
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

type Answer = Result<Response<Full<Bytes>>, Infallible>;

async fn forecast() -> &'static str {
    println!("Forecast requested");
    sleep(Duration::from_millis(500)).await;
    println!("Forecast answered");
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

// ANCHOR: serve
async fn serve(listener: TcpListener, graceful: &GracefulShutdown) {
    let limit = Arc::new(Semaphore::new(1));
    loop {
        let permit = Arc::clone(&limit).acquire_owned().await;
        let permit = permit.expect("nobody closes this semaphore");
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                eprintln!("Cannot accept: {error}");
                sleep(Duration::from_secs(1)).await;
                continue;
            }
        };
        println!("Accepted");
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .keep_alive(false)
            .serve_connection(TokioIo::new(stream), service_fn(handle));
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                eprintln!("Connection failed: {error}");
            }
            drop(permit);
        });
    }
}
// ANCHOR_END: serve

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
    match run("127.0.0.1:4027").await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("Error: {error}");
            ExitCode::FAILURE
        }
    }
}
