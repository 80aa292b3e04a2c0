//! The front's life. One thread hears everything and decides; all others only read, write and wait.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitStatus;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::answers::answer;
use super::clients::{ClientId, Clients};
use super::connection::{Channel, Connection};
use super::event::Event;
use super::held::{Held, Voice};
use super::message::{Composer, Request, Signer, is_of_kind, says_idle};
use super::notice::duration;
use super::parent::Parent;
use super::process::Process;
use super::zmtp::Frames;
use super::{Engine, Keeper, Prepared, Progress, signals};

/// An engine that has not answered by then will not.
const START_LIMIT: Duration = Duration::from_secs(240);
/// After its reply to our question the engine's messages to everybody reach us, or we ask again.
const PROBE: Duration = Duration::from_millis(200);
/// An engine that has closed a socket, or was asked to end, ends in this time, or is ended.
const END_LIMIT: Duration = Duration::from_secs(4);
/// Longer than this nothing of what it has said is on its way when it has ended.
const LAST_WORDS: Duration = Duration::from_millis(30);
/// As long answers to our own question may come when it has been answered.
const LATE: Duration = Duration::from_secs(10);
const NOT_READY: &str = "KernelNotReady";

/// What the engine is doing.
enum Stage {
    Preparing(Progress),
    Starting(Process, Probe),
    Serving(Process, Serving),
    Failed,
}

/// Our own question to an engine that starts: both its reply and something on the channel to everybody have to
/// reach us before it gets cells, or what those put out could be lost.
#[derive(Default)]
struct Probe {
    asked: Option<Instant>,
    replied: bool,
    heard: bool,
    /// How often we have asked and not heard that it was dealt with.
    open: u32,
}

/// What matters once the engine is there.
struct Serving {
    since: Instant,
    /// How many of our own questions are not dealt with.
    open: u32,
    /// When it first closed a socket.
    gone: Option<Instant>,
    shutdown: Option<Shutdown>,
}

/// A request to end that was passed on.
struct Shutdown {
    asked: Instant,
    by: (ClientId, Channel, Request),
    replied: bool,
}

pub(super) struct Service {
    connection: Connection,
    signer: Signer,
    voice: Voice,
    engine: Arc<dyn Engine>,
    keeper: Arc<Keeper>,
    events: (Sender<Event>, Receiver<Event>),
    parent: Parent,
    stage: Stage,
    held: Held,
    /// How often an engine was started, and how often since the preparation.
    starts: u64,
    tries: u64,
    prepared: Option<Prepared>,
}

impl Service {
    pub(super) fn new(connection: Connection, engine: Arc<dyn Engine>, keeper: Arc<Keeper>) -> Result<Self> {
        let parent = Parent::now();
        let events = channel();
        // First of all, so that an engine that is ready loses no time.
        prepare(&engine, &keeper, &events.0);
        signals::listen(&events.0)?;
        let signer = Signer::new(&connection.key)?;
        let clients =
            Clients::listen(&connection, &events.0).context("cannot listen where Jupyter wants the kernel to")?;
        let voice = Voice { clients, composer: Composer::new(signer.clone())? };
        voice.status("starting", &Value::Null);
        let (stage, held) = (Stage::Preparing(Progress::default()), Held::default());
        Ok(Self {
            connection,
            signer,
            voice,
            engine,
            keeper,
            events,
            parent,
            stage,
            held,
            starts: 0,
            tries: 0,
            prepared: None,
        })
    }

    /// Lives until the engine or somebody else ends it; gives the exit code.
    pub(super) fn run(&mut self) -> Result<u8> {
        let mut looked = Instant::now();
        loop {
            let pause = self.pause();
            let heard = self.events.1.recv_timeout(pause.saturating_sub(looked.elapsed()));
            if let Some(code) = heard.ok().and_then(|event| self.hear(event)) {
                return Ok(self.finish(code));
            }
            if looked.elapsed() >= pause {
                looked = Instant::now();
                if let Some(code) = self.look() {
                    return Ok(self.finish(code));
                }
            }
        }
    }

    /// How long nothing has to be looked after.
    fn pause(&self) -> Duration {
        Duration::from_millis(match &self.stage {
            Stage::Starting(..) => 20,
            Stage::Serving(_, serving) if serving.gone.is_some() || serving.shutdown.is_some() => 10,
            _ => 250,
        })
    }

    /// What an event leads to; an exit code if it is the end.
    fn hear(&mut self, event: Event) -> Option<u8> {
        match event {
            Event::Client { id, channel, frames } => {
                // Whoever has not the key is nobody to us.
                let request = Request::take(frames, &self.signer)?;
                match &mut self.stage {
                    Stage::Serving(process, serving) => pass_on(process, serving, &self.voice, id, channel, request),
                    _ => return self.answer(id, channel, request),
                }
            }
            Event::Engine { start, channel, frames } => self.hear_engine(start, channel, frames),
            Event::EngineGone { start } => {
                if let Stage::Serving(process, serving) = &mut self.stage
                    && process.start == start
                {
                    serving.gone.get_or_insert_with(Instant::now);
                }
            }
            Event::Progress(progress) => {
                if let Stage::Preparing(before) = &mut self.stage {
                    *before = progress;
                }
            }
            Event::Prepared(Ok(prepared)) => {
                self.prepared = Some(prepared);
                self.tries = 0;
                self.start();
            }
            Event::Prepared(Err(error)) => self.fail(&format!("{error:#}")),
            Event::Interrupt => match &self.stage {
                Stage::Serving(process, _) => process.interrupt(),
                _ => self.interrupt(),
            },
            Event::Terminate => return Some(128 + 15),
        }
        None
    }

    /// Looks after what no event tells; an exit code if it is the end.
    fn look(&mut self) -> Option<u8> {
        if self.parent.is_gone() {
            return Some(1);
        }
        match &mut self.stage {
            Stage::Preparing(progress) => self.held.show(progress, &self.voice),
            Stage::Starting(process, probe) => {
                if let Some(status) = process.ended() {
                    let said = process.last_words();
                    let said = if said.is_empty() { String::new() } else { format!(". It said:\n{said}") };
                    self.start_failed(&format!("its program ended as it started ({status}){said}"));
                } else if process.began.elapsed() > START_LIMIT {
                    self.start_failed(&format!("its program has not answered for {}", duration(START_LIMIT)));
                } else {
                    probe.ask(process, &self.voice);
                    let progress = Progress { doing: "The Rust kernel starts".into(), ..Progress::default() };
                    self.held.show(&progress, &self.voice);
                }
            }
            Stage::Serving(process, serving) => {
                let ended = process.ended().map(exit_code);
                if ended.is_some() {
                    return ended;
                }
                let asked = serving.shutdown.as_ref().map(|shutdown| shutdown.asked);
                if [serving.gone, asked].iter().flatten().any(|since| since.elapsed() > END_LIMIT) {
                    return Some(u8::from(asked.is_none()));
                }
            }
            Stage::Failed => {}
        }
        None
    }

    fn start(&mut self) {
        self.starts += 1;
        self.tries += 1;
        let Some(prepared) = &self.prepared else { return };
        match Process::start(prepared, self.starts, &self.connection, &self.keeper, &self.events.0) {
            Ok(process) => self.stage = Stage::Starting(process, Probe::default()),
            Err(error) => self.fail(&format!("{error:#}")),
        }
        if let Stage::Starting(process, probe) = &mut self.stage {
            probe.ask(process, &self.voice);
        }
    }

    /// Tries once more, as somebody may have taken one of the engine's ports; then gives up.
    fn start_failed(&mut self, why: &str) {
        if let Stage::Starting(process, _) = &mut self.stage {
            process.end(Duration::ZERO);
            if self.tries < 2 {
                self.start();
            } else {
                self.fail(why);
            }
        }
    }

    /// Ends the cells that wait. The next one tries again.
    fn fail(&mut self, why: &str) {
        self.stage = Stage::Failed;
        self.prepared = None;
        let why = why.trim_end().trim_end_matches('.');
        let sentence = format!(
            "The Rust kernel is not ready: {why}.\nRun this cell again when that is mended. The kernel need not be restarted."
        );
        eprintln!("{sentence}");
        self.held.refuse(NOT_READY, &sentence, &self.voice);
    }

    fn interrupt(&mut self) {
        let sentence = "This cell was interrupted while it waited for the Rust kernel, and has not run.\n\
            The kernel is still made ready. Run the cell again: it waits and then starts by itself.";
        self.held.refuse("Interrupted", sentence, &self.voice);
    }

    /// Answers a client in the engine's place.
    fn answer(&mut self, id: ClientId, channel: Channel, request: Request) -> Option<u8> {
        let kind = request.kind();
        if kind == "execute_request" {
            self.held.add(id, request, &self.voice);
            if matches!(self.stage, Stage::Failed) {
                self.stage = Stage::Preparing(Progress::default());
                prepare(&self.engine, &self.keeper, &self.events.0);
            }
            return None;
        }
        self.voice.status("busy", &request.header);
        if let Some(content) = answer(kind, &request.content()) {
            self.voice.reply(id, channel, &request, &content);
            if kind == "shutdown_request" {
                self.voice.publish("shutdown_reply", &request.header, &content);
            }
        }
        if kind == "interrupt_request" {
            self.interrupt();
        }
        self.voice.status("idle", &request.header);
        (kind == "shutdown_request").then_some(0)
    }

    fn hear_engine(&mut self, start: u64, channel: Channel, frames: Frames) {
        match &mut self.stage {
            Stage::Starting(process, probe) if process.start == start => {
                let ours = self.voice.composer.asked_for(&frames);
                probe.heard |= channel == Channel::Iopub;
                probe.replied |= channel == Channel::Shell && ours;
                probe.open -= u32::from(ours && says_idle(&frames)).min(probe.open);
                // It welcomes us, who have just subscribed, and nobody else.
                if channel == Channel::Iopub && !ours && !is_of_kind(&frames, "iopub_welcome") {
                    self.voice.clients.publish(&frames);
                }
                if probe.replied && probe.heard {
                    self.serve();
                }
            }
            Stage::Serving(process, serving) if process.start == start => {
                // The last words about our own question come late.
                let late = serving.open > 0 && serving.since.elapsed() < LATE;
                let ours = late && self.voice.composer.asked_for(&frames);
                serving.open -= u32::from(ours && says_idle(&frames)).min(serving.open);
                match channel {
                    _ if ours => {}
                    Channel::Iopub => self.voice.clients.publish(&frames),
                    _ => deliver(serving, &self.voice.clients, channel, &frames),
                }
            }
            _ => {}
        }
    }

    /// The engine is there: it gets the cells that have waited.
    fn serve(&mut self) {
        self.stage = match std::mem::replace(&mut self.stage, Stage::Failed) {
            Stage::Starting(mut process, probe) => {
                process.forget_file();
                let mut serving = Serving { since: Instant::now(), open: probe.open, gone: None, shutdown: None };
                for (id, request) in self.held.release(&self.voice) {
                    pass_on(&process, &mut serving, &self.voice, id, Channel::Shell, request);
                }
                Stage::Serving(process, serving)
            }
            other => other,
        };
    }

    fn finish(&mut self, code: u8) -> u8 {
        if let Stage::Starting(process, _) | Stage::Serving(process, _) = &mut self.stage
            && process.ended().is_none()
        {
            process.end(Duration::from_secs(2));
        }
        // What the engine has said last is on its way to us.
        let begin = Instant::now();
        while let Ok(event) = self.events.1.recv_timeout(LAST_WORDS)
            && begin.elapsed() < END_LIMIT
        {
            if let Event::Engine { start, channel, frames } = event {
                self.hear_engine(start, channel, frames);
            }
        }
        if let Stage::Serving(_, Serving { shutdown: Some(shutdown), .. }) = &self.stage
            && !shutdown.replied
        {
            let (id, channel, request) = &shutdown.by;
            let content = answer(request.kind(), &request.content()).unwrap_or_default();
            self.voice.reply(*id, *channel, request, &content);
        }
        self.voice.clients.close(Duration::from_secs(1));
        code
    }
}

/// Makes the engine ready in a thread of its own.
fn prepare(engine: &Arc<dyn Engine>, keeper: &Arc<Keeper>, events: &Sender<Event>) {
    let (engine, keeper, events) = (Arc::clone(engine), Arc::clone(keeper), events.clone());
    thread::spawn(move || {
        // If nobody listens any more, the front is about to end.
        let say = |progress| drop(events.send(Event::Progress(progress)));
        let prepared = catch_unwind(AssertUnwindSafe(|| engine.prepare(&keeper, &say)));
        let prepared = prepared.unwrap_or_else(|_| {
            bail!("its preparation stopped by a mistake of ours; the details are in Jupyter's terminal")
        });
        drop(events.send(Event::Prepared(prepared)));
    });
}

impl Probe {
    /// Asks the engine who it is, again if only half of its answer has reached us.
    fn ask(&mut self, process: &Process, voice: &Voice) {
        let again = self.replied && self.asked.is_some_and(|asked| asked.elapsed() > PROBE);
        if self.asked.is_none() || again {
            (self.asked, self.replied) = (Some(Instant::now()), false);
            self.open += 1;
            process.send(Channel::Shell, &voice.composer.compose("kernel_info_request", &Value::Null, &json!({})));
        }
    }
}

/// Gives a client's message to the engine, with who sent it in front: the engine brings that back.
fn pass_on(process: &Process, serving: &mut Serving, voice: &Voice, id: ClientId, channel: Channel, request: Request) {
    let mut frames = vec![id.to_be_bytes().to_vec(), voice.clients.identity(id)];
    frames.extend_from_slice(&request.frames);
    process.send(channel, &frames);
    if request.kind() == "shutdown_request" {
        serving.shutdown = Some(Shutdown { asked: Instant::now(), by: (id, channel, request), replied: false });
    }
}

/// Gives the engine's message to the client that is named in front.
fn deliver(serving: &mut Serving, clients: &Clients, channel: Channel, frames: &[Vec<u8>]) {
    if let [id, identity, rest @ ..] = frames
        && let Ok(id) = id.as_slice().try_into()
    {
        clients.send(channel, ClientId::from_be_bytes(id), identity, rest);
        if let Some(shutdown) = &mut serving.shutdown {
            shutdown.replied |= is_of_kind(rest, "shutdown_reply");
        }
    }
}

fn exit_code(status: ExitStatus) -> u8 {
    #[cfg(unix)]
    let signal = std::os::unix::process::ExitStatusExt::signal(&status);
    #[cfg(not(unix))]
    let signal: Option<i32> = None;
    let code = status.code().or(signal.map(|number| 128 + number));
    code.and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
}
