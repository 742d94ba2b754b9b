//! A request body is collected, up to a limit.

use std::{convert::Infallible, io, time::Duration};

use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::signal::ctrl_c;
use tokio::time::{sleep, timeout};

// ANCHOR: handle
type Answer = Result<Response<Full<Bytes>>, Infallible>;

async fn handle(request: Request<Incoming>) -> Answer {
    let body = Limited::new(request.into_body(), 16);
    let (status, text) = match body.collect().await {
        Ok(collected) => (StatusCode::OK, collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => {
            (StatusCode::PAYLOAD_TOO_LARGE, "At most 16 bytes\n".into())
        }
        Err(_) => (StatusCode::BAD_REQUEST, "Incomplete\n".into()),
    };
    let mut response = Response::new(Full::from(text));
    *response.status_mut() = status;
    Ok(response)
}
// ANCHOR_END: handle

async fn serve(listener: TcpListener, graceful: &GracefulShutdown) {
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                eprintln!("Cannot accept: {error}");
                sleep(Duration::from_secs(1)).await;
                continue;
            }
        };
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .serve_connection(TokioIo::new(stream), service_fn(handle));
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
    let listener = TcpListener::bind("127.0.0.1:4055").await?;
    println!("Listening on http://{}", listener.local_addr()?);
    let graceful = GracefulShutdown::new();
    tokio::select! {
        biased;
        stopped = ctrl_c() => stopped?,
        () = serve(listener, &graceful) => {}
    }
    Ok(timeout(Duration::from_secs(10), graceful.shutdown()).await?)
}
