//! Which servers close a connection on which no request arrives.

use std::fmt::Display;
use std::{convert::Infallible, future::Future, time::Duration};

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use tokio::io::{AsyncWriteExt, DuplexStream, duplex};
use tokio::time::{Instant, timeout};

async fn handle(_: Request<Incoming>) -> Result<Response<String>, Infallible> {
    Ok(Response::new(String::from("21 degrees\n")))
}

// ANCHOR: main
const NOTHING: &str = "";
const HALF: &str = "GET /temperature HTTP/1.1\r\n";
const WHOLE: &str = "GET /temperature HTTP/1.1\r\n\r\n";

async fn connect(send: &str) -> (DuplexStream, TokioIo<DuplexStream>) {
    let (mut client, server) = duplex(1024);
    let sent = client.write_all(send.as_bytes()).await;
    sent.expect("there is room for it");
    (client, TokioIo::new(server))
}

async fn report<C, E>(name: &str, connection: C)
where
    C: Future<Output = Result<(), E>>,
    E: Display,
{
    let start = Instant::now();
    match timeout(Duration::from_secs(3600), connection).await {
        Err(_) => println!("{name}: still open after an hour"),
        Ok(Ok(())) => println!("{name}: closed"),
        Ok(Err(error)) => println!("{name}: {error}, after {:?}", start.elapsed()),
    }
}

async fn try_http1(name: &str, builder: &http1::Builder, send: &str) {
    let (_client, server) = connect(send).await;
    let service = service_fn(handle);
    report(name, builder.serve_connection(server, service)).await;
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let mut builder = http1::Builder::new();
    try_http1("No timer, nothing sent", &builder, NOTHING).await;
    builder.timer(TokioTimer::new());
    try_http1("Timer, nothing sent", &builder, NOTHING).await;
    try_http1("Timer, half a head", &builder, HALF).await;
    try_http1("Timer, no second request", &builder, WHOLE).await;
    builder.header_read_timeout(Duration::from_secs(5));
    try_http1("Timer and 5 s, half a head", &builder, HALF).await;

    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new());
    let (_client, server) = connect(NOTHING).await;
    let service = service_fn(handle);
    let connection = builder.serve_connection(server, service);
    report("Auto and timer, nothing sent", connection).await;
}
// ANCHOR_END: main
