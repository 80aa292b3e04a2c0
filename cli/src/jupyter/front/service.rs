//! The front's life. One thread hears everything and decides; all others only read, write and wait.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::answers::{answer, answer_without_engine};
use super::clients::Clients;
use super::connection::{Channel, Connection};
use super::event::{ClientId, Event};
use super::message::{Composer, Request, Signer};
use super::parent::Parent;
use super::queue::Queue;
use super::start::{Stage, Starter};
use super::task::Task;
use super::voice::Voice;
use super::{Engine, Keeper, Progress, signals};
use crate::jupyter::engine_protocol::{self as engine, Answer, Failure};

/// How long nothing has to be looked after.
const PAUSE: Duration = Duration::from_millis(250);
/// An engine that was asked to end ends in this time, or is ended.
const END_LIMIT: Duration = Duration::from_secs(3);
/// A spare is started when the learner reads, so that no cell waits for it.
const REST: Duration = Duration::from_secs(2);
/// The same before the first cell, which many kernels run at once.
const FIRST_REST: Duration = Duration::from_secs(10);

pub(super) struct Service {
    signer: Signer,
    voice: Voice,
    events: (Sender<Event>, Receiver<Event>),
    parent: Parent,
    starter: Starter,
    stage: Stage,
    queue: Queue,
    /// Since when there is nothing to do, unless a spare has been looked for since.
    rest: Option<Instant>,
}

impl Service {
    pub(super) fn new(connection: &Connection, engine: Arc<dyn Engine>, keeper: Arc<Keeper>) -> Result<Self> {
        let parent = Parent::now();
        let events = channel();
        // First of all, so that an engine that is ready loses no time.
        let mut starter = Starter::new(engine, keeper, events.0.clone());
        let stage = starter.prepare();
        signals::listen(&events.0)?;
        let signer = Signer::new(&connection.key)?;
        let clients =
            Clients::listen(connection, &events.0).context("cannot listen where Jupyter wants the kernel to")?;
        let voice = Voice { clients, composer: Composer::new(signer.clone())? };
        voice.status("starting", &Value::Null);
        Ok(Self { signer, voice, events, parent, starter, stage, queue: Queue::default(), rest: None })
    }

    /// Lives until the engine or somebody else ends it; gives the exit code.
    pub(super) fn run(&mut self) -> u8 {
        let mut looked = Instant::now();
        loop {
            let heard = self.events.1.recv_timeout(PAUSE.saturating_sub(looked.elapsed()));
            if let Some(code) = heard.ok().and_then(|event| self.hear(event)) {
                return self.finish(code);
            }
            if looked.elapsed() >= PAUSE {
                looked = Instant::now();
                if self.parent.is_gone() {
                    return self.finish(1);
                }
                self.look();
            }
        }
    }

    /// What an event leads to; an exit code if it is the end.
    fn hear(&mut self, event: Event) -> Option<u8> {
        match event {
            Event::Client { id, channel, frames } => {
                // Whoever has not the key is nobody to us.
                let request = Request::take(frames, &self.signer)?;
                return self.answer(id, channel, request);
            }
            Event::Engine { start, answer } => self.hear_engine(start, answer),
            Event::EngineGone { start } => return self.hear_end(start),
            Event::Progress(progress) => {
                if let Stage::Preparing(before) = &mut self.stage {
                    *before = progress;
                }
            }
            Event::Prepared(ready) => {
                let started = ready.and_then(|ready| self.starter.start(ready));
                self.enter(started);
            }
            Event::Caught => self.queue.go_on(),
            Event::Interrupt => self.interrupt(),
            Event::Terminate => return Some(128 + 15),
        }
        None
    }

    /// Looks after what no event tells.
    fn look(&mut self) {
        match &mut self.stage {
            Stage::Preparing(progress) => self.queue.show(progress, &self.voice),
            Stage::Starting(process) if process.is_late() => self.start_failed("has not answered"),
            Stage::Starting(_) => {
                let progress = Progress { doing: "The Rust kernel starts".into(), ..Progress::default() };
                self.queue.show(&progress, &self.voice);
            }
            Stage::Serving(_) => {
                let long = if self.queue.history.count() > 0 { REST } else { FIRST_REST };
                let at_rest = self.queue.is_idle() && self.rest.is_none_or(|rest| rest.elapsed() >= long);
                let has_worked = at_rest && self.rest.take().is_some();
                self.starter.tend_spares(at_rest, has_worked);
            }
            Stage::Failed => {}
        }
    }

    fn start_failed(&mut self, why: &str) {
        if let Stage::Starting(process) = std::mem::replace(&mut self.stage, Stage::Failed) {
            let started = self.starter.retry(process, why);
            self.enter(started);
        }
    }

    fn enter(&mut self, stage: Result<Stage>) {
        match stage {
            Ok(stage) => self.stage = stage,
            Err(error) => self.fail(&format!("{error:#}")),
        }
    }

    /// Ends the cells that wait. The next one tries again.
    fn fail(&mut self, why: &str) {
        self.stage = Stage::Failed;
        let why = why.trim_end().trim_end_matches('.');
        let sentence = format!(
            "The Rust kernel is not ready: {why}.\nRun this cell again when that is mended. The kernel need not be restarted."
        );
        eprintln!("{sentence}");
        self.queue.refuse(&failure("KernelNotReady", &sentence), &self.voice);
    }

    fn interrupt(&mut self) {
        match &mut self.stage {
            Stage::Serving(process) => {
                if self.queue.runs_cell() {
                    process.send(&engine::Request::Interrupt);
                }
            }
            _ => {
                let sentence = "This cell was interrupted while it waited for the Rust kernel, and has not run.\n\
                    The kernel is still made ready. Run the cell again: it waits and then starts by itself.";
                self.queue.refuse(&failure("Interrupted", sentence), &self.voice);
            }
        }
    }

    /// Answers a client, or has the engine do it; an exit code if it is the end.
    fn answer(&mut self, id: ClientId, channel: Channel, request: Request) -> Option<u8> {
        let content = request.content();
        let without_engine = match self.stage {
            Stage::Serving(_) => None,
            _ => answer_without_engine(request.kind(), &content),
        };
        let request = match without_engine {
            Some(_) => request,
            None => match Task::of(id, request) {
                Ok(task) => {
                    self.queue.add(task, &self.voice);
                    if matches!(self.stage, Stage::Failed) {
                        self.stage = self.starter.prepare();
                    }
                    self.feed();
                    return None;
                }
                Err(request) => request,
            },
        };
        let kind = request.kind();
        self.voice.status("busy", &request.header);
        if let Some(content) = without_engine.or_else(|| answer(kind, &content, &self.queue.history)) {
            self.voice.reply(id, channel, &request, &content);
            if kind == "shutdown_request" {
                self.voice.publish("shutdown_reply", &request.header, &content);
            }
        }
        match kind {
            "interrupt_request" => self.interrupt(),
            // Nothing in a notebook of ours speaks by comms: whoever opens one is told that it is closed.
            "comm_open" => {
                self.voice.publish("comm_close", &request.header, &json!({"comm_id": content["comm_id"], "data": {}}));
            }
            _ => {}
        }
        self.voice.status("idle", &request.header);
        (kind == "shutdown_request").then_some(0)
    }

    fn hear_engine(&mut self, start: u64, answer: Answer) {
        if self.stage.process(start).is_none() {
            return;
        }
        if answer == Answer::Ready {
            self.stage = match std::mem::replace(&mut self.stage, Stage::Failed) {
                Stage::Starting(process) => Stage::Serving(process),
                other => other,
            };
        } else if self.queue.stops_at(&answer) {
            // What is before this event in the line was sent by clients who had not seen the error.
            let _ = self.events.0.send(Event::Caught);
            self.queue.hear(answer, &self.voice);
            self.queue.stop(&self.voice);
        } else {
            self.queue.hear(answer, &self.voice);
        }
        self.rest = Some(Instant::now());
        self.feed();
    }

    /// Gives the engine what is next.
    fn feed(&mut self) {
        if let Stage::Serving(process) = &mut self.stage
            && let Some(request) = self.queue.next(&self.voice)
        {
            process.send(&request);
        }
    }

    /// The engine has ended; an exit code if the front ends, too.
    fn hear_end(&mut self, start: u64) -> Option<u8> {
        self.stage.process(start)?;
        let Stage::Serving(process) = &mut self.stage else {
            self.start_failed("ended as it started");
            return None;
        };
        let sentence = format!(
            "The Rust kernel has ended{}.\nIts variables are lost. If it is not started again by itself, restart it.",
            process.last_words()
        );
        self.queue.refuse(&failure("KernelEnded", &sentence), &self.voice);
        self.stage = Stage::Failed;
        Some(1)
    }

    fn finish(&mut self, code: u8) -> u8 {
        if let Stage::Starting(process) | Stage::Serving(process) = &mut self.stage {
            process.close();
            let begin = Instant::now();
            while let Some(left) = END_LIMIT.checked_sub(begin.elapsed())
                && let Ok(event) = self.events.1.recv_timeout(left)
            {
                if matches!(event, Event::EngineGone { start } if start == process.start) {
                    break;
                }
            }
            process.kill();
        }
        self.voice.clients.close(Duration::from_secs(1));
        code
    }
}

fn failure(name: &str, sentence: &str) -> Failure {
    let traceback = sentence.lines().map(str::to_owned).collect();
    Failure { name: name.to_owned(), value: sentence.to_owned(), traceback }
}
