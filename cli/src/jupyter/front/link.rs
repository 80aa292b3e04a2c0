//! The engine's side: four connections to its sockets, which last as long as the engine does.

use std::io::{BufReader, Result};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use super::connection::{Address, Channel, Connection};
use super::event::Event;
use super::outbox::{Outbox, Outgoing, outbox};
use super::stream::Stream;
use super::zmtp::{self, Received};

const GREETING: Duration = Duration::from_secs(5);
const AGAIN: Duration = Duration::from_millis(15);
/// The longest message of the engine's, in bytes.
const LONGEST: u64 = 2 << 30;
/// Shell and input have the same, because an engine asks for input whom the shell heard.
const IDENTITY: &[u8] = b"neurobook";

/// Connected, or trying to be until it is dropped. What is sent before waits.
pub(super) struct Link {
    outboxes: Vec<(Channel, Outbox)>,
    given_up: Arc<AtomicBool>,
}

impl Link {
    pub(super) fn open(connection: &Connection, start: u64, events: &Sender<Event>) -> Self {
        let given_up = Arc::new(AtomicBool::new(false));
        let mut outboxes = Vec::new();
        for channel in [Channel::Shell, Channel::Control, Channel::Stdin, Channel::Iopub] {
            let (outbox, outgoing) = outbox();
            let line = Line {
                outbox: outbox.clone(),
                address: connection.address(channel),
                channel,
                start,
                events: events.clone(),
                given_up: Arc::clone(&given_up),
            };
            if channel == Channel::Iopub {
                // One byte that says "subscribe", and no topic: everything.
                outbox.send(Arc::new(zmtp::encode(&[[1]])));
            }
            outboxes.push((channel, outbox));
            thread::spawn(move || line.hold(outgoing));
        }
        Self { outboxes, given_up }
    }

    pub(super) fn send(&self, channel: Channel, frames: &[impl AsRef<[u8]>]) {
        if let Some((_, outbox)) = self.outboxes.iter().find(|(of, _)| *of == channel) {
            outbox.send(Arc::new(zmtp::encode(frames)));
        }
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.given_up.store(true, Ordering::Relaxed);
    }
}

/// One connection.
struct Line {
    outbox: Outbox,
    address: Address,
    channel: Channel,
    start: u64,
    events: Sender<Event>,
    given_up: Arc<AtomicBool>,
}

impl Line {
    fn hold(&self, outgoing: Outgoing) {
        while !self.given_up.load(Ordering::Relaxed) {
            if let Ok(stream) = self.connect() {
                // It ends when the engine closes it, in whatever way.
                let _ = self.read(stream, outgoing);
                self.outbox.close();
                let _ = self.events.send(Event::EngineGone { start: self.start });
                return;
            }
            thread::sleep(AGAIN);
        }
    }

    fn connect(&self) -> Result<Stream> {
        let mut stream = Stream::connect(&self.address)?;
        stream.set_limit(Some(GREETING))?;
        zmtp::greet(&mut stream, self.channel.of_a_client(), IDENTITY)?;
        stream.set_limit(None)?;
        Ok(stream)
    }

    fn read(&self, stream: Stream, outgoing: Outgoing) -> Result<()> {
        let writer = stream.try_clone()?;
        thread::spawn(move || outgoing.write_to(writer));
        let mut stream = BufReader::with_capacity(1 << 16, stream);
        loop {
            if let Received::Message(frames) = zmtp::read(&mut stream, LONGEST)? {
                let event = Event::Engine { start: self.start, channel: self.channel, frames };
                if self.events.send(event).is_err() {
                    return Ok(());
                }
            }
        }
    }
}
