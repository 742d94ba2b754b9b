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
use std::io::{Error, ErrorKind};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;

/// Where pages wait for the word to reload.
const RELOAD_PATH: &str = "__livereload";

/// A book that is being served; dropping it ends that.
pub struct Preview {
    address: SocketAddr,
    server: JoinHandle<std::io::Result<()>>,
    runtime: Runtime,
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
        let runtime = Runtime::new()?;
        let listener = runtime
            .block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, port)))
            .map_err(|error| cannot_listen(port, error))?;
        let address = listener.local_addr()?;
        let build = {
            let root = root.to_path_buf();
            move || pages::build(&root, load)
        };
        eprintln!("Building the book");
        let site = Site::new(build());
        let server =
            runtime.spawn(axum::serve(listener, pages::router(site.clone())).into_future());
        let watcher = watch::start(root, move |changed| {
            eprintln!("{} changed; building the book", changed.display());
            site.renew(build());
        })
        .context("cannot watch the book's files")?;
        Ok(Preview {
            address,
            server,
            runtime,
            _watcher: watcher,
        })
    }

    /// Where the book is served.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until Ctrl-C.
    ///
    /// # Errors
    /// If the server fails.
    pub fn until_interrupted(self) -> Result<()> {
        eprintln!("Serving on http://{} (Ctrl-C ends it)", self.address);
        self.runtime.block_on(async {
            tokio::select! {
                served = self.server => served?,
                interrupted = tokio::signal::ctrl_c() => interrupted,
            }
        })?;
        // Open pages hold connections; do not wait for them.
        self.runtime.shutdown_background();
        eprintln!("Stopped");
        Ok(())
    }
}

fn cannot_listen(port: u16, error: Error) -> anyhow::Error {
    if error.kind() == ErrorKind::AddrInUse {
        anyhow::anyhow!("port {port} is taken by another program; choose another: --port NUMBER")
    } else {
        anyhow::Error::new(error).context(format!("cannot listen on port {port}"))
    }
}
