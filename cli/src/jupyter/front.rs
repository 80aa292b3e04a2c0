//! The front of the notebooks' kernel: what Jupyter starts. It speaks Jupyter's protocol, and has an engine run the
//! cells. It answers at once, also while the engine (the program that runs Rust) has still to be compiled or cannot
//! start, and says in the notebook what a cell waits for.
//!
//! - [`Service`](service::Service) is the front's life; `start` says how the engine comes to be there.
//! - `clients` is Jupyter's side, which speaks `zmtp` over a `stream`; `message` takes messages apart, `voice` sends them.
//! - `queue` holds the requests that the engine deals with, each a `task`; `answers`, `history` and `completeness` need
//!   no engine, and `notice` is what a cell shows that waits for one.
//! - `process` is the engine's process, started for this kernel or one of the `spares`, which `renewal` keeps to the newest version; it speaks [`engine_protocol`](super::engine_protocol); `keeper` ends all
//!   processes when the front ends.
//!
//! ZeroMQ is spoken by these few hundred lines and not by the crate `zeromq`, because every learner compiles what
//! is here before JupyterLab opens: that crate and what it needs are 47 more.

mod answers;
mod clients;
mod completeness;
mod connection;
mod event;
mod history;
mod keeper;
mod message;
mod notice;
mod outbox;
mod parent;
mod position;
mod printed;
mod process;
mod queue;
#[cfg(unix)]
mod renewal;
mod service;
mod signals;
mod spares;
mod start;
mod stream;
mod task;
mod threads;
mod voice;
mod zmtp;

use std::path::Path;
use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::time::Duration;

pub use keeper::{Keeper, guard, outlast_terminate};
pub use spares::Spares;

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
    /// Gives the command that starts it. It is asked on its standard input and answers on its standard output.
    pub command: Box<dyn Fn() -> Command + Send>,
    /// Where one may be that has started already.
    pub spares: Option<Spares>,
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
    threads::share_memory();
    let connection = connection::Connection::read(connection_file)?;
    let keeper = Arc::new(Keeper::start(engine.guard()));
    let code =
        service::Service::new(&connection, Arc::new(engine), Arc::clone(&keeper)).map(|mut service| service.run());
    keeper.end();
    code.map(ExitCode::from)
}
