//! The front of the notebooks' kernel: what Jupyter starts. It answers at once, also while the engine (the kernel
//! that runs Rust) has still to be compiled or cannot start, says in the notebook what a cell waits for, and passes
//! everything on as soon as the engine is there.
//!
//! - [`Service`](service::Service) is the front's life: preparing, starting, serving, or failed.
//! - `clients` is Jupyter's side, `link` the engine's; both speak `zmtp` over a `stream`.
//! - `answers`, `notice` and `held` are what is said while the engine is not there.
//! - `process` is the engine's process; `keeper` ends all processes when the front ends.
//!
//! ZeroMQ is spoken by these few hundred lines and not by the crate `zeromq`, because every learner compiles what
//! is here before JupyterLab opens: that crate and what it needs are 47 more.

mod answers;
mod clients;
mod connection;
mod event;
mod held;
mod keeper;
mod link;
mod message;
mod notice;
mod outbox;
mod parent;
mod process;
mod service;
mod signals;
mod stream;
mod zmtp;

use std::path::Path;
use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::time::Duration;

pub use keeper::{Keeper, guard};

/// Makes ready what runs a notebook's cells.
pub trait Engine: Send + Sync + 'static {
    /// Does what has to be done before the engine can start. It may take minutes, is called again after a failure,
    /// and runs in a thread of its own. `say` tells the learner how far it is. Processes that it starts are given
    /// to the `keeper` first, and so end with the kernel.
    ///
    /// An error is shown below the cell: it says what happened, where, and what to do next.
    fn prepare(&self, keeper: &Keeper, say: &dyn Fn(Progress)) -> anyhow::Result<Prepared>;

    /// The command that calls [`guard`].
    fn guard(&self) -> Command;
}

/// An engine that can start.
pub struct Prepared {
    /// Gives the command that starts it with a connection file.
    pub command: Box<dyn Fn(&Path) -> Command + Send>,
    pub transport: Transport,
}

/// How messages reach a kernel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    Tcp,
    /// By files that other users cannot open.
    Ipc,
}

/// How far the preparation is.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    /// What is done, as the beginning of a sentence: "Rust's crates are compiled, once for this course".
    pub doing: String,
    /// The part that is done, from 0 to 1.
    pub fraction: Option<f64>,
    /// The time that is left.
    pub left: Option<Duration>,
}

/// Is the kernel that a connection file of Jupyter's asks for, until somebody ends it.
pub fn serve(connection_file: &Path, engine: impl Engine) -> anyhow::Result<ExitCode> {
    let connection = connection::Connection::read(connection_file)?;
    let keeper = Arc::new(Keeper::start(engine.guard()));
    let code =
        service::Service::new(connection, Arc::new(engine), Arc::clone(&keeper)).and_then(|mut service| service.run());
    keeper.end();
    code.map(ExitCode::from)
}
