//! A server that may open no more files pauses, and goes on when it may.

use std::{convert::Infallible, io, time::Duration};

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::net::TcpListener;
use tokio::signal::ctrl_c;
use tokio::time::sleep;

type Answer = Result<Response<Full<Bytes>>, Infallible>;

async fn handle(request: Request<Incoming>) -> Answer {
    let (status, body) = match (request.method(), request.uri().path()) {
        (&Method::GET, "/temperature") => (StatusCode::OK, "21 degrees\n"),
        _ => (StatusCode::NOT_FOUND, "No such page\n"),
    };
    let mut response = Response::new(Full::from(body));
    *response.status_mut() = status;
    Ok(response)
}

// ANCHOR: serve
async fn serve(listener: TcpListener) {
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                eprintln!("Cannot accept: {error}");
                sleep(Duration::from_secs(1)).await;
                continue;
            }
        };
        tokio::spawn(async move {
            let http = http1::Builder::new();
            let io = TokioIo::new(stream);
            let connection = http.serve_connection(io, service_fn(handle));
            if let Err(error) = connection.await {
                eprintln!("Connection failed: {error}");
            }
        });
    }
}
// ANCHOR_END: serve

#[tokio::main]
async fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:4004").await?;
    // ANCHOR: shortage
    // From here on the process may open no file; after 900 ms it may again.
    let normal = getrlimit(Resource::Nofile);
    let current = Some(0);
    setrlimit(Resource::Nofile, Rlimit { current, ..normal })?;
    tokio::spawn(async move {
        sleep(Duration::from_millis(900)).await;
        setrlimit(Resource::Nofile, normal).expect("the old limit is allowed");
    });
    // ANCHOR_END: shortage
    println!("Listening on http://{}", listener.local_addr()?);
    tokio::select! {
        biased;
        stopped = ctrl_c() => stopped,
        () = serve(listener) => Ok(()),
    }
}
