//! What the front hears: from clients, from the engine, from the preparation, and from the system.

use super::clients::ClientId;
use super::connection::Channel;
use super::zmtp::Frames;
use super::{Prepared, Progress};

pub(super) enum Event {
    /// A client's message, whoever signed it.
    Client {
        id: ClientId,
        channel: Channel,
        frames: Frames,
    },
    /// The engine's message. `start` says which of the engine's starts it belongs to.
    Engine {
        start: u64,
        channel: Channel,
        frames: Frames,
    },
    /// The engine has closed a socket.
    EngineGone {
        start: u64,
    },
    Progress(Progress),
    Prepared(anyhow::Result<Prepared>),
    /// Somebody wants us to end.
    Terminate,
    /// Somebody wants the running cell to end.
    Interrupt,
}
