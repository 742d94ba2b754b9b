//! A book is served, a mistake is shown, and the mended book comes back, each
//! time with a word to open pages.

use anyhow::Result;
use mdbook_driver::MDBook;
use preview::Preview;
use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use tokio_tungstenite::tungstenite;

fn load(root: &Path) -> Result<MDBook> {
    MDBook::load(root)
}

fn write_book(root: &Path) {
    fs::create_dir(root.join("src")).expect("a folder");
    fs::write(root.join("book.toml"), "[build]\ncreate-missing = false\n").expect("settings");
    fs::write(root.join("src/SUMMARY.md"), "- [One](one.md)\n").expect("a summary");
    fs::write(root.join("src/one.md"), "# First words\n").expect("a chapter");
}

/// The status line and the body.
fn get(address: SocketAddr, path: &str) -> (String, String) {
    let mut stream = TcpStream::connect(address).expect("a connection");
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
    )
    .expect("a request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
    let status = head.lines().next().expect("a status line");
    (status.to_owned(), body.to_owned())
}

/// Loads a page as often as it is told to, as a browser does, until it shows
/// these words. Returns the status line.
fn reload_until(address: SocketAddr, words: &str) -> String {
    loop {
        let (mut socket, _) =
            tungstenite::connect(format!("ws://{address}/__livereload")).expect("a web socket");
        let (status, page) = get(address, "/one.html");
        assert!(page.contains("__livereload"), "a page that cannot reload");
        if page.contains(words) {
            return status;
        }
        let word = socket.read().expect("a word");
        assert_eq!(word.to_text().expect("text"), "reload");
    }
}

#[test]
fn a_change_a_mistake_and_its_mending_reach_the_browser() {
    let book = tempfile::tempdir().expect("a folder");
    let root = book.path();
    write_book(root);
    let preview = Preview::start(root, 0, load).expect("a preview");
    let address = preview.address();
    assert!(address.ip().is_loopback());

    assert_eq!(reload_until(address, "First words"), "HTTP/1.1 200 OK");
    assert_eq!(get(address, "/none.html").0, "HTTP/1.1 404 Not Found");

    fs::write(root.join("src/one.md"), "# Second words\n").expect("a chapter");
    assert_eq!(reload_until(address, "Second words"), "HTTP/1.1 200 OK");

    fs::write(root.join("src/SUMMARY.md"), "- [Two](two.md)\n").expect("a summary");
    let status = reload_until(address, "two.md");
    assert_eq!(status, "HTTP/1.1 500 Internal Server Error");

    fs::write(root.join("src/SUMMARY.md"), "- [One](one.md)\n").expect("a summary");
    assert_eq!(reload_until(address, "Second words"), "HTTP/1.1 200 OK");
}

#[test]
fn a_taken_port_names_the_flag() {
    let book = tempfile::tempdir().expect("a folder");
    write_book(book.path());
    let first = Preview::start(book.path(), 0, load).expect("a preview");
    let port = first.address().port();
    let error = Preview::start(book.path(), port, load)
        .err()
        .expect("an error");
    assert_eq!(
        error.to_string(),
        format!("port {port} is taken by another program; choose another: --port NUMBER")
    );
}
