//! A built folder is served with what readers need: compressed, to be kept by
//! browsers for as long as it holds, and with a page for what is not there.

use preview::Host;
use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use tempfile::TempDir;

fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let files = [
        ("index.html", "<h1>The first page</h1>".repeat(9)),
        ("404.html", "<h1>No such page</h1>".to_owned()),
        ("book-0123abcd.css", "p { margin: 0 }".repeat(9)),
        ("text-0123abcd.woff2", "compressed already".repeat(9)),
        ("tie-bow.svg", "<svg/>".repeat(9)),
    ];
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

struct Answer {
    status: String,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

fn get(address: SocketAddr, path: &str) -> Answer {
    let mut stream = TcpStream::connect(address).expect("a connection");
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n"
    )
    .expect("a request");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("an answer");
    let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n");
    let (head, body) = answer.split_at(end.expect("a head and a body") + 4);
    let head = String::from_utf8_lossy(head).into_owned();
    let (status, headers) = head.split_once("\r\n").expect("a status line");
    let headers = headers.lines().filter_map(|line| line.split_once(": "));
    Answer {
        status: status.to_owned(),
        headers: headers
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        body: body.to_owned(),
    }
}

#[test]
fn a_page_is_compressed_and_asked_for_anew() {
    let folder = folder();
    let host = Host::start(folder.path(), "/book/", 0).expect("a host");
    for path in ["/book/", "/book/index.html"] {
        let page = get(host.address(), path);
        assert_eq!(page.status, "HTTP/1.1 200 OK", "{path}");
        assert_eq!(page.headers["content-type"], "text/html; charset=utf-8");
        assert_eq!(page.headers["content-encoding"], "gzip");
        assert_eq!(page.headers["cache-control"], "no-cache");
        assert!(page.headers.contains_key("last-modified"), "{path}");
    }
}

#[test]
fn a_name_with_a_hash_is_kept_for_ever() {
    let folder = folder();
    let host = Host::start(folder.path(), "/", 0).expect("a host");
    let style = get(host.address(), "/book-0123abcd.css");
    let for_ever = "public, max-age=31536000, immutable";
    assert_eq!(style.headers["cache-control"], for_ever);
    assert_eq!(style.headers["content-type"], "text/css; charset=utf-8");
    let font = get(host.address(), "/text-0123abcd.woff2");
    assert_eq!(font.headers["cache-control"], for_ever);
    assert_eq!(font.headers["content-type"], "font/woff2");
    assert_eq!(font.headers.get("content-encoding"), None);
    let figure = get(host.address(), "/tie-bow.svg");
    assert_eq!(figure.headers["cache-control"], "no-cache");
    assert_eq!(figure.headers["content-type"], "image/svg+xml");
    assert_eq!(figure.headers["content-encoding"], "gzip");
}

#[test]
fn what_is_not_there_has_a_page_of_its_own() {
    let folder = folder();
    let host = Host::start(folder.path(), "/book/", 0).expect("a host");
    for path in ["/book/none.html", "/book/none-0123abcd.css"] {
        let page = get(host.address(), path);
        assert_eq!(page.status, "HTTP/1.1 404 Not Found", "{path}");
        assert_eq!(page.headers["cache-control"], "no-cache");
        assert_eq!(page.headers["content-type"], "text/html; charset=utf-8");
        assert_eq!(page.body, b"<h1>No such page</h1>");
    }
    let outside = get(host.address(), "/index.html");
    assert_eq!(outside.status, "HTTP/1.1 404 Not Found");
}

#[test]
fn dropping_it_closes_the_port() {
    let folder = folder();
    let host = Host::start(folder.path(), "/", 0).expect("a host");
    let address = host.address();
    drop(host);
    assert!(TcpStream::connect(address).is_err());
}

#[test]
fn a_folder_without_a_book_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let error = Host::start(folder.path(), "/", 0).err().expect("an error");
    let said = format!("there is no built book in {}", folder.path().display());
    assert_eq!(error.to_string(), said);
}
