//! A service that changes what it has captured.

use std::{convert::Infallible, future::ready};

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};

type Answer = Result<Response<Full<Bytes>>, Infallible>;

fn main() {
    let mut count = 0;
    let _service = service_fn(|_request: Request<Incoming>| {
        count += 1;
        let body = Full::from(format!("Request {count}\n"));
        ready(Answer::Ok(Response::new(body)))
    });
}
