//! Two requests sent at once on one connection, and when each is handled.

use std::{convert::Infallible, error::Error, time::Duration};

use http_body_util::Empty;
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};
use tokio::time::sleep;

type Answer = Result<Response<Empty<Bytes>>, Infallible>;

async fn handle(request: Request<Incoming>) -> Answer {
    println!("Server: {} requested", request.uri().path());
    if request.uri().path() == "/forecast" {
        sleep(Duration::from_millis(500)).await;
    }
    println!("Server: {} answered", request.uri().path());
    Ok(Response::new(Empty::new()))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let (mut client, server) = duplex(1024);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(server), service_fn(handle));
    let connection = tokio::spawn(connection);

    let slow = "GET /forecast HTTP/1.1\r\n\r\n";
    let fast = "GET /temperature HTTP/1.1\r\nConnection: close\r\n\r\n";
    client.write_all(format!("{slow}{fast}").as_bytes()).await?;
    println!("Client: both requests sent");
    let mut responses = String::new();
    client.read_to_string(&mut responses).await?;
    connection.await??;
    println!("Client: {} responses", responses.matches("200 OK").count());
    Ok(())
}
