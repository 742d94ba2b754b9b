//! A server written for hyper 0.14, compiled with hyper 1.

use std::{convert::Infallible, net::SocketAddr};

use hyper::service::{make_service_fn, service_fn};
use hyper::{Body, Request, Response, Server};

type Answer = Result<Response<Body>, Infallible>;

async fn handle(_request: Request<Body>) -> Answer {
    Ok(Response::new(Body::from("Weather station\n")))
}

#[tokio::main]
async fn main() -> Result<(), hyper::Error> {
    let address = SocketAddr::from(([127, 0, 0, 1], 4050));
    let make_service = make_service_fn(|_connection| async {
        // Called for each connection, and returns its service.
        Ok::<_, Infallible>(service_fn(handle))
    });
    Server::bind(&address).serve(make_service).await
}
