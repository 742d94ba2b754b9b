//! A timeout without a timer is a panic.

use std::{convert::Infallible, time::Duration};

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::io::duplex;

type Answer = Result<Response<Full<Bytes>>, Infallible>;

async fn handle(_request: Request<Incoming>) -> Answer {
    Ok(Response::new(Full::from("Weather station\n")))
}

// ANCHOR: main
#[tokio::main]
async fn main() {
    let (_client, stream) = duplex(64);
    let connection = http1::Builder::new()
        .header_read_timeout(Duration::from_millis(200))
        .serve_connection(TokioIo::new(stream), service_fn(handle));
    println!("{:?}", connection.await);
}
// ANCHOR_END: main
