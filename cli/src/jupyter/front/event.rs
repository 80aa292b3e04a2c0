//! What the front hears: from clients, from the engine, from the preparation, and from the system.

use super::Progress;
use super::clients::ClientId;
use super::connection::Channel;
use super::start::Ready;
use super::zmtp::Frames;
use crate::jupyter::engine_protocol::Answer;

pub(super) enum Event {
    /// A client's message, whoever signed it.
    Client {
        id: ClientId,
        channel: Channel,
        frames: Frames,
    },
    /// The engine's word. `start` says which of the engine's starts it belongs to.
    Engine {
        start: u64,
        answer: Answer,
    },
    /// The engine says nothing more.
    EngineGone {
        start: u64,
    },
    Progress(Progress),
    Prepared(anyhow::Result<Ready>),
    /// All that clients had sent when a cell failed has been heard.
    Caught,
    /// Somebody wants us to end.
    Terminate,
    /// Somebody wants the running cell to end.
    Interrupt,
}
