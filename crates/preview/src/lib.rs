//! Serves a book: while it is written, and as a static host would.
//!
//! A [`Preview`] builds the book, serves it on the loopback address, and builds
//! it again when one of its files changes; open pages then reload themselves. A
//! mistake is shown in the terminal and on every page until it is mended.
//!
//! A [`Host`] serves a folder that was built, compressed and with the headers
//! that readers of the published book get.

mod host;
mod pages;
mod server;
mod watch;

pub use host::Host;

use anyhow::{Context, Result};
use mdbook_driver::MDBook;
use pages::Site;
use server::{Port, Server};
use std::net::SocketAddr;
use std::path::Path;

/// Where pages wait for the word to reload.
const RELOAD_PATH: &str = "__livereload";

/// A book that is being served; dropping it ends that.
pub struct Preview {
    server: Server,
    _watcher: watch::Watcher,
}

impl Preview {
    /// Builds and serves the book under `root` on this port of 127.0.0.1 (0 for
    /// any that is free); `load` loads the book afresh for each build.
    ///
    /// # Errors
    /// If the port is taken, or the files cannot be watched. A book that cannot
    /// be built is no error: the pages show why.
    pub fn start(root: &Path, port: u16, load: fn(&Path) -> Result<MDBook>) -> Result<Preview> {
        let port = Port::take(port)?;
        let build = {
            let root = root.to_path_buf();
            move || pages::build(&root, load)
        };
        eprintln!("Building the book");
        let site = Site::new(build());
        let server = port.serve(pages::router(site.clone()))?;
        let watcher = watch::start(root, move |changed| {
            eprintln!("{} changed; building the book", changed.display());
            site.renew(build());
        })
        .context("cannot watch the book's files")?;
        Ok(Preview {
            server,
            _watcher: watcher,
        })
    }

    /// Where the book is served.
    pub fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// Serves until Ctrl-C.
    ///
    /// # Errors
    /// If the server fails.
    pub fn until_interrupted(self) -> Result<()> {
        self.server.until_interrupted()
    }
}
