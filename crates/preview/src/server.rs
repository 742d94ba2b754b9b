//! What both servers share: a port, and an end.

use anyhow::Result;
use axum::Router;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;

/// A server at work; dropping it ends that.
pub struct Server {
    address: SocketAddr,
    work: JoinHandle<std::io::Result<()>>,
    runtime: Runtime,
}

/// A port of 127.0.0.1 that is ours: who asks there waits for the answer.
pub struct Port {
    listener: TcpListener,
    runtime: Runtime,
}

impl Port {
    /// Takes this port, or for 0 any that is free.
    ///
    /// # Errors
    /// If it is taken.
    pub fn take(port: u16) -> Result<Port> {
        let runtime = Runtime::new()?;
        let listener = runtime
            .block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, port)))
            .map_err(|error| cannot_listen(port, error))?;
        Ok(Port { listener, runtime })
    }

    /// Answers there.
    ///
    /// # Errors
    /// If the port has no address.
    pub fn serve(self, routes: Router) -> Result<Server> {
        let address = self.listener.local_addr()?;
        let work = axum::serve(self.listener, routes).into_future();
        Ok(Server {
            address,
            work: self.runtime.spawn(work),
            runtime: self.runtime,
        })
    }
}

impl Server {
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
                served = self.work => served?,
                interrupted = tokio::signal::ctrl_c() => interrupted,
            }
        })?;
        // Open pages hold connections; do not wait for them.
        self.runtime.shutdown_background();
        eprintln!("Stopped");
        Ok(())
    }
}

fn cannot_listen(port: u16, error: std::io::Error) -> anyhow::Error {
    if error.kind() == ErrorKind::AddrInUse {
        anyhow::anyhow!("port {port} is taken by another program; choose another: --port NUMBER")
    } else {
        anyhow::Error::new(error).context(format!("cannot listen on port {port}"))
    }
}
