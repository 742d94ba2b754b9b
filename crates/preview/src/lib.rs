//! Serves a book while it is written.
//!
//! The book is built, served on the loopback address, and built again when one
//! of its files changes; open pages then reload themselves. A mistake is shown
//! in the terminal and on every page until it is mended.

mod pages;
mod watch;

use anyhow::{Context, Result};
use mdbook_driver::MDBook;
use pages::Site;
use std::io::ErrorKind;
use std::net::Ipv4Addr;
use std::path::Path;
use tokio::net::TcpListener;

/// Where pages wait for the word to reload.
const RELOAD_PATH: &str = "__livereload";

/// Builds and serves the book under `root` on 127.0.0.1 until Ctrl-C; `load`
/// loads it afresh for each build.
///
/// # Errors
/// If the port is taken, or the files cannot be watched. A book that cannot be
/// built is no error: the pages show why.
pub fn serve(root: &Path, port: u16, load: fn(&Path) -> Result<MDBook>) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    let listener = runtime
        .block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, port)))
        .map_err(|error| match error.kind() {
            ErrorKind::AddrInUse => anyhow::anyhow!(
                "port {port} is taken by another program; choose one that is free: --port {}",
                port.wrapping_add(1).max(1024)
            ),
            _ => anyhow::Error::new(error).context(format!("cannot listen on port {port}")),
        })?;
    let address = listener.local_addr()?;
    let build = {
        let root = root.to_path_buf();
        move || pages::build(&root, load)
    };
    eprintln!("Building the book");
    let site = Site::new(build());
    let watcher = watch::start(root, {
        let site = site.clone();
        move |changed| {
            eprintln!("{} changed; building the book", changed.display());
            site.renew(build());
        }
    })
    .context("cannot watch the book's files")?;
    eprintln!("Serving on http://{address} (Ctrl-C ends it)");
    runtime.block_on(async {
        tokio::select! {
            result = axum::serve(listener, pages::router(site)) => result,
            result = tokio::signal::ctrl_c() => result,
        }
    })?;
    drop(watcher);
    // Open pages hold connections; do not wait for them.
    runtime.shutdown_background();
    eprintln!("Stopped");
    Ok(())
}
