//! A server that gives every request the same answer, until Ctrl-C ends it.

use std::{convert::Infallible, io};

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tokio::signal::ctrl_c;

type Answer = Result<Response<Full<Bytes>>, Infallible>;

async fn handle(_request: Request<Incoming>) -> Answer {
    Ok(Response::new(Full::from("Weather station\n")))
}

async fn serve(listener: TcpListener) -> io::Result<()> {
    loop {
        let (stream, _) = listener.accept().await?;
        println!("New connection");
        tokio::spawn(async move {
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .serve_connection(TokioIo::new(stream), service_fn(handle));
            if let Err(error) = connection.await {
                eprintln!("Connection failed: {error}");
            }
        });
    }
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:4001").await?;
    println!("Listening on http://{}", listener.local_addr()?);
    tokio::select! {
        biased;
        stopped = ctrl_c() => stopped,
        failed = serve(listener) => failed,
    }
}
