//! A client that hangs up is counted forever.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
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

// ANCHOR: forecast
async fn forecast(count: &AtomicUsize) -> &'static str {
    println!("{} in flight", count.fetch_add(1, Relaxed) + 1);
    sleep(Duration::from_millis(500)).await;
    println!("{} in flight", count.fetch_sub(1, Relaxed) - 1);
    "Sunny\n"
}
// ANCHOR_END: forecast

async fn handle(request: Request<Incoming>, count: Arc<AtomicUsize>) -> Answer {
    let (status, body) = match (request.method(), request.uri().path()) {
        (&Method::GET, "/forecast") => (StatusCode::OK, forecast(&count).await),
        (&Method::GET, "/temperature") => (StatusCode::OK, "21 degrees\n"),
        _ => (StatusCode::NOT_FOUND, "No such page\n"),
    };
    let mut response = Response::new(Full::from(body));
    *response.status_mut() = status;
    Ok(response)
}

async fn serve(listener: TcpListener, graceful: &GracefulShutdown, count: &Arc<AtomicUsize>) {
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
        let count = Arc::clone(count);
        let service = service_fn(move |request| {
            let count = Arc::clone(&count);
            handle(request, count)
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .serve_connection(TokioIo::new(stream), service);
        // ANCHOR_END: service
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
    let count = Arc::new(AtomicUsize::new(0));
    let graceful = GracefulShutdown::new();
    tokio::select! {
        biased;
        stopped = ctrl_c() => stopped?,
        () = serve(listener, &graceful, &count) => {}
    }
    let deadline = Duration::from_secs(5);
    timeout(deadline, graceful.shutdown()).await.map_err(|_| {
        let message = format!("still connected after {deadline:?}");
        io::Error::new(io::ErrorKind::TimedOut, message)
    })
}

#[tokio::main]
async fn main() -> ExitCode {
    match run("127.0.0.1:4022").await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("Error: {error}");
            ExitCode::FAILURE
        }
    }
}
