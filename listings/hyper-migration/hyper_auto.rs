//! One port for HTTP/1.1 and HTTP/2.

use std::{convert::Infallible, io, time::Duration};

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::signal::ctrl_c;
use tokio::time::{sleep, timeout};

type Answer = Result<Response<Full<Bytes>>, Infallible>;

async fn handle(request: Request<Incoming>) -> Answer {
    let text = format!("You speak {:?}\n", request.version());
    Ok(Response::new(Full::from(text)))
}

async fn serve(listener: TcpListener, graceful: &GracefulShutdown) {
    // ANCHOR: builder
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new());
    builder.http2().timer(TokioTimer::new());
    // ANCHOR_END: builder
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                eprintln!("Cannot accept: {error}");
                sleep(Duration::from_secs(1)).await;
                continue;
            }
        };
        // ANCHOR: connection
        let connection = builder
            .serve_connection(TokioIo::new(stream), service_fn(handle))
            .into_owned();
        let connection = graceful.watch(connection);
        // ANCHOR_END: connection
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                eprintln!("Connection failed: {error}");
            }
        });
    }
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:4054").await?;
    println!("Listening on http://{}", listener.local_addr()?);
    let graceful = GracefulShutdown::new();
    tokio::select! {
        biased;
        stopped = ctrl_c() => stopped?,
        () = serve(listener, &graceful) => {}
    }
    Ok(timeout(Duration::from_secs(10), graceful.shutdown()).await?)
}
