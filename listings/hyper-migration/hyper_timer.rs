//! A client that sends nothing, on a connection of each of two builders.

use std::{convert::Infallible, time::Duration};

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use tokio::io::duplex;
use tokio::time::timeout;

type Answer = Result<Response<Full<Bytes>>, Infallible>;

async fn handle(_request: Request<Incoming>) -> Answer {
    Ok(Response::new(Full::from("Weather station\n")))
}

// ANCHOR: main
#[tokio::main]
async fn main() {
    let timer = TokioTimer::new();
    let short = Duration::from_millis(200);
    let long = Duration::from_millis(400);

    let (_client, stream) = duplex(64); // a connection in memory
    let mut builder = http1::Builder::new();
    builder.timer(timer.clone()).header_read_timeout(short);
    let io = TokioIo::new(stream);
    let connection = builder.serve_connection(io, service_fn(handle));
    match timeout(long, connection).await {
        Ok(ended) => println!("http1: {ended:?}"),
        Err(_) => println!("http1: still connected after {long:?}"),
    }

    let (_client, stream) = duplex(64);
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder.http1().timer(timer).header_read_timeout(short);
    let io = TokioIo::new(stream);
    let connection = builder.serve_connection(io, service_fn(handle));
    match timeout(long, connection).await {
        Ok(ended) => println!("auto: {ended:?}"),
        Err(_) => println!("auto: still connected after {long:?}"),
    }
}
// ANCHOR_END: main
