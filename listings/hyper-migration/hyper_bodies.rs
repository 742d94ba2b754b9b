//! Three kinds of bodies in the responses of one server.

use std::{convert::Infallible, io, time::Duration};

use futures::stream;
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Empty, Full, StreamBody};
use hyper::body::{Body, Bytes, Frame, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::signal::ctrl_c;
use tokio::time::{sleep, timeout};

// ANCHOR: handle
type Answer = Result<Response<BoxBody<Bytes, Infallible>>, Infallible>;

fn boxed<B>(body: B) -> BoxBody<Bytes, Infallible>
where
    B: Body<Data = Bytes, Error = Infallible> + Send + Sync + 'static,
{
    println!("Length: {:?}", body.size_hint().exact());
    body.boxed()
}

async fn handle(request: Request<Incoming>) -> Answer {
    let body = match request.uri().path() {
        "/full" => boxed(Full::from("21 degrees\n")),
        "/stream" => {
            let parts = ["21 degrees\n", "22 degrees\n"];
            let frames = parts.map(|part| Ok(Frame::data(Bytes::from(part))));
            boxed(StreamBody::new(stream::iter(frames)))
        }
        _ => boxed(Empty::new()),
    };
    Ok(Response::new(body))
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
    let listener = TcpListener::bind("127.0.0.1:4052").await?;
    println!("Listening on http://{}", listener.local_addr()?);
    let graceful = GracefulShutdown::new();
    tokio::select! {
        biased;
        stopped = ctrl_c() => stopped?,
        () = serve(listener, &graceful) => {}
    }
    Ok(timeout(Duration::from_secs(10), graceful.shutdown()).await?)
}
