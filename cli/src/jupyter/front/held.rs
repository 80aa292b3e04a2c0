//! Cells that wait for the engine.

use std::collections::VecDeque;

use serde_json::{Value, json};

use super::Progress;
use super::answers::reply_to;
use super::clients::{ClientId, Clients};
use super::connection::Channel;
use super::message::{Composer, Request};
use super::notice::Notice;
use super::zmtp::Frames;

/// Sends messages in the kernel's name.
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

/// The waiting cells in their order, and what the first of them shows.
#[derive(Default)]
pub(super) struct Held {
    cells: VecDeque<(ClientId, Request)>,
    notice: Option<Notice>,
}

impl Held {
    pub(super) fn add(&mut self, id: ClientId, request: Request, voice: &Voice) {
        voice.status("busy", &request.header);
        if self.notice.is_none() && request.content()["silent"] != true {
            self.notice = Some(Notice::new(request.header.clone()));
        }
        self.cells.push_back((id, request));
    }

    /// Says below the first cell how far the preparation is.
    pub(super) fn show(&mut self, progress: &Progress, voice: &Voice) {
        if let Some(notice) = &mut self.notice
            && let Some((kind, content)) = notice.renew(progress)
        {
            voice.publish(kind, &notice.cell, &content);
        }
    }

    /// Gives the cells to the engine. What the first one has shown goes.
    pub(super) fn release(&mut self, voice: &Voice) -> VecDeque<(ClientId, Request)> {
        self.clear(voice);
        std::mem::take(&mut self.cells)
    }

    /// Ends all cells: the first with an error, the others unseen, as after a mistake in a cell.
    pub(super) fn refuse(&mut self, name: &str, sentence: &str, voice: &Voice) {
        self.clear(voice);
        let mut cells = std::mem::take(&mut self.cells).into_iter();
        if let Some((id, request)) = cells.next() {
            let traceback: Vec<&str> = sentence.lines().collect();
            let mut content = json!({"ename": name, "evalue": sentence, "traceback": traceback});
            voice.publish("error", &request.header, &content);
            content["status"] = json!("error");
            content["execution_count"] = json!(0);
            voice.reply(id, Channel::Shell, &request, &content);
            voice.status("idle", &request.header);
        }
        for (id, request) in cells {
            voice.reply(id, Channel::Shell, &request, &json!({"status": "aborted", "execution_count": 0}));
            voice.status("idle", &request.header);
        }
    }

    fn clear(&mut self, voice: &Voice) {
        if let Some(notice) = self.notice.take()
            && notice.is_shown()
        {
            voice.publish("clear_output", &notice.cell, &json!({"wait": false}));
        }
    }
}
