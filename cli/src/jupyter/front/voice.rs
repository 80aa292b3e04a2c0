//! Messages in the kernel's name.

use serde_json::{Value, json};

use super::answers::reply_to;
use super::clients::Clients;
use super::connection::Channel;
use super::event::ClientId;
use super::message::{Composer, Request};
use super::zmtp::Frames;

/// Sends them.
pub(super) struct Voice {
    pub(super) clients: Clients,
    pub(super) composer: Composer,
}

impl Voice {
    /// Says something to everybody. `parent` is the header of the request that it is about.
    pub(super) fn publish(&self, kind: &str, parent: &Value, content: &Value) {
        let mut frames = vec![kind.as_bytes().to_vec()];
        frames.extend(self.composer.compose(kind, parent, content));
        self.clients.publish(&frames);
    }

    pub(super) fn status(&self, state: &str, parent: &Value) {
        self.publish("status", parent, &json!({"execution_state": state}));
    }

    pub(super) fn reply(&self, id: ClientId, channel: Channel, request: &Request, content: &Value) {
        let mut frames: Frames = request.envelope().to_vec();
        frames.extend(self.composer.compose(&reply_to(request.kind()), &request.header, content));
        self.clients.send(channel, id, &self.clients.identity(id), &frames);
    }
}
