//! What the front hears: from clients, from the engine, from the preparation, and from the system.

use super::connection::Channel;
use super::stream::Stream;
use super::zmtp::Frames;
use super::{Prepared, Progress};
use crate::jupyter::engine_protocol::Answer;

pub(super) type ClientId = u64;

/// An engine that can start, or a spare that has.
pub(super) struct Ready {
    pub prepared: Prepared,
    pub spare: Option<Stream>,
}

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
