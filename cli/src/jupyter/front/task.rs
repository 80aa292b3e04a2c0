//! One request that the engine deals with, and the messages that Jupyter's protocol has for it, in their order.

use serde_json::{Map, Value, json};

use super::connection::Channel;
use super::event::ClientId;
use super::message::Request;
use super::position::{byte_offset, character_offset};
use super::voice::Voice;
use crate::jupyter::engine_protocol::{self as engine, Failure, Name};

/// What Jupyter takes for the kinds of the names that a completion offers.
const KINDS: &str = "_jupyter_types_experimental";

/// A request on its way.
pub(super) struct Task {
    id: ClientId,
    request: Request,
    content: Value,
    /// The number beside its cell, once it runs.
    count: u64,
    /// Whether everybody has been told that it is being dealt with.
    begun: bool,
}

impl Task {
    /// The request as a task, if it is one for the engine.
    pub(super) fn of(id: ClientId, request: Request) -> Result<Self, Request> {
        match request.kind() {
            "execute_request" | "complete_request" | "inspect_request" => {
                let content = request.content();
                Ok(Self { id, request, content, count: 0, begun: false })
            }
            _ => Err(request),
        }
    }

    pub(super) fn is_cell(&self) -> bool {
        self.request.kind() == "execute_request"
    }

    pub(super) fn header(&self) -> &Value {
        &self.request.header
    }

    pub(super) fn code(&self) -> &str {
        self.content["code"].as_str().unwrap_or_default()
    }

    /// Whether nobody is to see that it runs.
    pub(super) fn is_silent(&self) -> bool {
        self.content["silent"] == true
    }

    /// Whether it has a number of its own and is remembered.
    pub(super) fn is_counted(&self) -> bool {
        !self.is_silent() && self.content["store_history"] != false
    }

    /// Whether the cells that wait behind it are not to run if it fails.
    pub(super) fn stops_on_error(&self) -> bool {
        self.is_cell() && self.content["stop_on_error"] != false
    }

    /// What the engine is asked for.
    pub(super) fn question(&self) -> engine::Request {
        let code = self.code().to_owned();
        let position = byte_offset(&code, self.content["cursor_pos"].as_u64());
        match self.request.kind() {
            "complete_request" => engine::Request::Complete { code, position },
            "inspect_request" => engine::Request::Inspect { code, position },
            _ => {
                // JupyterLab and VS Code say it; the protocol does not ask for it.
                let cell = self.request.metadata()["cellId"].as_str().map(str::to_owned);
                engine::Request::Execute { code, cell }
            }
        }
    }

    /// It is its turn.
    pub(super) fn begin(&mut self, voice: &Voice) {
        if !std::mem::replace(&mut self.begun, true) {
            voice.status("busy", self.header());
        }
    }

    /// The engine has it. `count` is the number of the newest cell.
    pub(super) fn run(&mut self, count: u64, voice: &Voice) {
        self.begin(voice);
        self.count = count;
        if self.is_cell() && !self.is_silent() {
            let input = json!({"code": self.code(), "execution_count": count});
            voice.publish("execute_input", self.header(), &input);
        }
    }

    pub(super) fn show(&self, data: &Map<String, Value>, voice: &Voice) {
        if !self.is_silent() {
            let content = json!({"data": data, "metadata": {}, "execution_count": self.count});
            voice.publish("execute_result", self.header(), &content);
        }
    }

    pub(super) fn succeed(&self, voice: &Voice) {
        let content = json!({"status": "ok", "execution_count": self.count, "payload": [], "user_expressions": {}});
        self.end(&content, voice);
    }

    pub(super) fn fail(&self, failure: &Failure, voice: &Voice) {
        let mut content = json!({"ename": failure.name, "evalue": failure.value, "traceback": failure.traceback});
        if self.is_cell() {
            voice.publish("error", self.header(), &content);
            content["execution_count"] = json!(self.count);
        }
        content["status"] = json!("error");
        self.end(&content, voice);
    }

    /// It will not run, because another before it has failed.
    pub(super) fn abort(&mut self, voice: &Voice) {
        self.begin(voice);
        self.end(&json!({"status": "aborted"}), voice);
    }

    pub(super) fn complete(&self, start: usize, end: usize, names: &[Name], voice: &Voice) {
        let [start, end] = [start, end].map(|offset| character_offset(self.code(), offset));
        let matches: Vec<&str> = names.iter().map(|name| name.insert.as_str()).collect();
        let kinds: Vec<Value> = names
            .iter()
            .map(|name| json!({"text": name.label, "type": name.kind, "start": start, "end": end}))
            .collect();
        let content = json!({
            "status": "ok", "matches": matches, "cursor_start": start, "cursor_end": end, "metadata": {KINDS: kinds},
        });
        self.end(&content, voice);
    }

    pub(super) fn explain(&self, plain: Option<&str>, html: Option<&str>, voice: &Voice) {
        let kinds = [("text/plain", plain), ("text/html", html)];
        let data: Map<String, Value> =
            kinds.into_iter().filter_map(|(kind, text)| Some((kind.to_owned(), text?.into()))).collect();
        self.end(&json!({"status": "ok", "found": !data.is_empty(), "data": data, "metadata": {}}), voice);
    }

    fn end(&self, content: &Value, voice: &Voice) {
        voice.reply(self.id, Channel::Shell, &self.request, content);
        voice.status("idle", self.header());
    }
}
