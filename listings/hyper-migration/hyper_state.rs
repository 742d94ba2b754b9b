//! State for all connections, an address for each, and a count of requests.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::{convert::Infallible, io, net::IpAddr, time::Duration};

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::signal::ctrl_c;
use tokio::time::{sleep, timeout};

type Answer = Result<Response<Full<Bytes>>, Infallible>;

// ANCHOR: handle
type Count = Arc<AtomicUsize>;

async fn handle(count: Count, client: IpAddr) -> Answer {
    let count = count.fetch_add(1, Relaxed) + 1;
    let text = format!("Request {count}, from {client}\n");
    Ok(Response::new(Full::from(text)))
}
// ANCHOR_END: handle

async fn serve(listener: TcpListener, graceful: &GracefulShutdown) {
    let count = Count::default();
    loop {
        let (stream, peer) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                eprintln!("Cannot accept: {error}");
                sleep(Duration::from_secs(1)).await;
                continue;
            }
        };
        // ANCHOR: service
        let client = peer.ip();
        // A clone for this connection, and one for each of its requests.
        let count = count.clone();
        let service = service_fn(move |_request: Request<Incoming>| {
            let count = count.clone();
            handle(count, client)
        });
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
    let listener = TcpListener::bind("127.0.0.1:4053").await?;
    println!("Listening on http://{}", listener.local_addr()?);
    let graceful = GracefulShutdown::new();
    tokio::select! {
        biased;
        stopped = ctrl_c() => stopped?,
        () = serve(listener, &graceful) => {}
    }
    Ok(timeout(Duration::from_secs(10), graceful.shutdown()).await?)
}
