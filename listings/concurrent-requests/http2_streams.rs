//! The same two requests over HTTP/2: neither waits for the other.

use std::{convert::Infallible, error::Error, time::Duration};

use http_body_util::Empty;
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http2::{SendRequest, handshake};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use tokio::io::duplex;
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

// ANCHOR: main
type Client = SendRequest<Empty<Bytes>>;

async fn get(mut client: Client, path: &str) -> Result<(), Box<dyn Error>> {
    let uri = format!("http://station{path}");
    let response = client.send_request(Request::get(uri).body(Empty::new())?);
    println!("Client: {path} sent");
    println!("Client: {path} {}", response.await?.status());
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let (client, server) = duplex(1024);
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new());
    let service = service_fn(handle);
    let connection = builder.serve_connection(TokioIo::new(server), service);
    tokio::spawn(connection.into_owned());

    let executor = TokioExecutor::new();
    let (client, connection) = handshake(executor, TokioIo::new(client)).await?;
    tokio::spawn(connection);
    let slow = get(client.clone(), "/forecast");
    let fast = get(client, "/temperature");
    tokio::try_join!(slow, fast)?;
    Ok(())
}
// ANCHOR_END: main
