//! Two forecasts at a time, and whoever comes later waits.

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

type Page = Response<Full<Bytes>>;
type Answer = Result<Page, Infallible>;

fn page(status: StatusCode, body: &'static str) -> Page {
    let mut page = Response::new(Full::from(body));
    *page.status_mut() = status;
    page
}

async fn forecast() -> &'static str {
    println!("Forecast started");
    sleep(Duration::from_millis(400)).await;
    "Sunny\n"
}

// ANCHOR: limited
async fn limited_forecast(limit: &Semaphore) -> Page {
    println!("Forecast requested");
    let Ok(_permit) = limit.acquire().await else {
        return page(StatusCode::SERVICE_UNAVAILABLE, "Shutting down\n");
    };
    page(StatusCode::OK, forecast().await)
}

async fn handle(request: Request<Incoming>, limit: Arc<Semaphore>) -> Answer {
    Ok(match (request.method(), request.uri().path()) {
        (&Method::GET, "/forecast") => limited_forecast(&limit).await,
        (&Method::GET, "/temperature") => page(StatusCode::OK, "21 degrees\n"),
        _ => page(StatusCode::NOT_FOUND, "No such page\n"),
    })
}
// ANCHOR_END: limited

async fn serve(listener: TcpListener, graceful: &GracefulShutdown, limit: &Arc<Semaphore>) {
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                eprintln!("Cannot accept: {error}");
                sleep(Duration::from_secs(1)).await;
                continue;
            }
        };
        let limit = Arc::clone(limit);
        let service = service_fn(move |request| {
            let limit = Arc::clone(&limit);
            handle(request, limit)
        });
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

async fn run(address: &str) -> io::Result<()> {
    let listener = TcpListener::bind(address).await.map_err(|error| {
        let message = format!("cannot listen on {address}: {error}");
        io::Error::new(error.kind(), message)
    })?;
    println!("Listening on http://{}", listener.local_addr()?);
    let limit = Arc::new(Semaphore::new(2));
    let graceful = GracefulShutdown::new();
    // ANCHOR: stop
    tokio::select! {
        biased;
        stopped = ctrl_c() => stopped?,
        () = serve(listener, &graceful, &limit) => {}
    }
    // Whoever still waits for a permit will not get one.
    limit.close();
    // ANCHOR_END: stop
    let deadline = Duration::from_secs(5);
    timeout(deadline, graceful.shutdown()).await.map_err(|_| {
        let message = format!("still connected after {deadline:?}");
        io::Error::new(io::ErrorKind::TimedOut, message)
    })
}

#[tokio::main]
async fn main() -> ExitCode {
    match run("127.0.0.1:4024").await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("Error: {error}");
            ExitCode::FAILURE
        }
    }
}
