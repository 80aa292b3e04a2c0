//! Jupyter's side: the five sockets that the connection file names, and the clients that are connected to them.

use std::collections::BTreeMap;
use std::io::{BufReader, ErrorKind, Result};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::connection::{Address, Channel, Connection};
use super::event::{ClientId, Event};
use super::outbox::{Bytes, Outbox, outbox};
use super::stream::{Listener, Stream};
use super::threads;
use super::zmtp::{self, Received};

/// What a client may take for its greeting.
const GREETING: Duration = Duration::from_secs(10);
/// The longest message of a client's, in bytes.
const LONGEST: u64 = 256 << 20;
/// A client that leaves more than this unread is disconnected.
const MOST_WAITING: usize = 256 << 20;
const MOST_CLIENTS: usize = 1000;
/// A server before us may still hold its ports for a moment.
const BIND_LIMIT: Duration = Duration::from_secs(5);

/// All clients of a kernel.
#[derive(Clone)]
pub(super) struct Clients {
    table: Arc<Mutex<Table>>,
}

#[derive(Default)]
struct Table {
    last: ClientId,
    connected: BTreeMap<ClientId, Client>,
    files: Vec<std::path::PathBuf>,
}

struct Client {
    channel: Channel,
    identity: Vec<u8>,
    /// What it subscribes to, on the channel where messages go to everybody.
    topics: Vec<Vec<u8>>,
    outbox: Outbox,
    stream: Stream,
}

impl Clients {
    /// Opens the five sockets. What clients send comes as events; their heartbeats are answered here.
    pub(super) fn listen(connection: &Connection, events: &Sender<Event>) -> Result<Self> {
        let clients = Self { table: Arc::default() };
        for channel in Channel::ALL {
            let address = connection.address(channel);
            let listener = bind(&address)?;
            if let Address::Ipc(path) = address {
                clients.table().files.push(path);
            }
            let (clients, events) = (clients.clone(), events.clone());
            threads::start(move || {
                loop {
                    let Ok(stream) = listener.accept() else {
                        // As when there are no file descriptors left.
                        thread::sleep(Duration::from_millis(50));
                        continue;
                    };
                    let (clients, events) = (clients.clone(), events.clone());
                    // A client that goes, that speaks another language, or for which there is no thread left, is no concern of
                    // the others.
                    let _ = threads::start(move || drop(clients.serve(channel, stream, &events)));
                }
            })?;
        }
        Ok(clients)
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        // Nothing that could panic is done while it is locked.
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn serve(&self, channel: Channel, mut stream: Stream, events: &Sender<Event>) -> Result<()> {
        stream.set_limit(Some(GREETING))?;
        let identity = zmtp::greet(&mut stream, channel.of_a_kernel(), b"")?;
        stream.set_limit(None)?;
        let (outbox, outgoing) = outbox();
        let writer = stream.try_clone()?;
        let client =
            Client { channel, identity, topics: Vec::new(), outbox: outbox.clone(), stream: stream.try_clone()? };
        let Some(id) = self.table().add(client) else {
            return Ok(());
        };
        let end = threads::start(move || outgoing.write_to(writer))
            .and_then(|_| self.read(id, channel, stream, &outbox, events));
        self.table().remove(id);
        end
    }

    fn read(
        &self,
        id: ClientId,
        channel: Channel,
        stream: Stream,
        outbox: &Outbox,
        events: &Sender<Event>,
    ) -> Result<()> {
        let mut stream = BufReader::with_capacity(1 << 16, stream);
        loop {
            match zmtp::read(&mut stream, LONGEST)? {
                Received::Message(frames) => match channel {
                    Channel::Heartbeat => {
                        outbox.send(Arc::new(zmtp::encode(&frames)));
                    }
                    Channel::Iopub => match frames.first().and_then(|frame| frame.split_first()) {
                        Some((1, topic)) => self.table().subscribe(id, topic),
                        Some((0, topic)) => self.table().unsubscribe(id, topic),
                        _ => {}
                    },
                    _ => {
                        if events.send(Event::Client { id, channel, frames }).is_err() {
                            return Ok(());
                        }
                    }
                },
                Received::Command { name, body } => match &name[..] {
                    b"PING" => {
                        outbox.send(Arc::new(zmtp::pong(&body)));
                    }
                    b"SUBSCRIBE" => self.table().subscribe(id, &body),
                    b"CANCEL" => self.table().unsubscribe(id, &body),
                    b"ERROR" => return Err(ErrorKind::ConnectionAborted.into()),
                    _ => {}
                },
            }
        }
    }

    /// What a client calls itself; empty if it does not.
    pub(super) fn identity(&self, id: ClientId) -> Vec<u8> {
        self.table().connected.get(&id).map(|client| client.identity.clone()).unwrap_or_default()
    }

    /// Sends a message to a client, or, if that is not connected to this channel, to the one that has its identity:
    /// it may have come back, and its socket for input is another one.
    pub(super) fn send(&self, channel: Channel, id: ClientId, identity: &[u8], frames: &[impl AsRef<[u8]>]) {
        let mut table = self.table();
        let same = |client: &Client| client.channel == channel;
        let known = table.connected.get(&id).is_some_and(same);
        let found = if known {
            Some(id)
        } else {
            let mut newest = table.connected.iter().rev();
            newest
                .find(|(_, client)| same(client) && !identity.is_empty() && client.identity == identity)
                .map(|(id, _)| *id)
        };
        if let Some(id) = found {
            table.send(id, Arc::new(zmtp::encode(frames)));
        }
    }

    /// Sends a message to all that have subscribed to it.
    pub(super) fn publish(&self, frames: &[impl AsRef<[u8]>]) {
        let Some(topic) = frames.first() else { return };
        let mut table = self.table();
        let wants = |client: &Client| client.topics.iter().any(|wanted| topic.as_ref().starts_with(wanted));
        let subscribers: Vec<ClientId> =
            table.connected.iter().filter(|(_, client)| wants(client)).map(|(id, _)| *id).collect();
        if subscribers.is_empty() {
            return;
        }
        let bytes = Arc::new(zmtp::encode(frames));
        for id in subscribers {
            table.send(id, Arc::clone(&bytes));
        }
    }

    /// Waits until everything is written, but not long, and disconnects all.
    pub(super) fn close(&self, limit: Duration) {
        let begin = Instant::now();
        while begin.elapsed() < limit && !self.table().connected.values().all(|client| client.outbox.is_empty()) {
            thread::sleep(Duration::from_millis(2));
        }
        let table = self.table();
        for client in table.connected.values() {
            client.stream.shut_down();
        }
        for file in &table.files {
            // Somebody else may have cleaned up.
            let _ = std::fs::remove_file(file);
        }
    }
}

impl Table {
    fn add(&mut self, client: Client) -> Option<ClientId> {
        if self.connected.len() >= MOST_CLIENTS {
            return None;
        }
        self.last += 1;
        self.connected.insert(self.last, client);
        Some(self.last)
    }

    fn remove(&mut self, id: ClientId) {
        if let Some(client) = self.connected.remove(&id) {
            client.outbox.close();
            client.stream.shut_down();
        }
    }

    fn subscribe(&mut self, id: ClientId, topic: &[u8]) {
        if let Some(client) = self.connected.get_mut(&id) {
            client.topics.push(topic.to_vec());
        }
    }

    fn unsubscribe(&mut self, id: ClientId, topic: &[u8]) {
        if let Some(client) = self.connected.get_mut(&id)
            && let Some(at) = client.topics.iter().position(|known| known == topic)
        {
            client.topics.remove(at);
        }
    }

    fn send(&mut self, id: ClientId, bytes: Bytes) {
        if self.connected.get(&id).is_some_and(|client| client.outbox.send(bytes) > MOST_WAITING) {
            self.remove(id);
        }
    }
}

fn bind(address: &Address) -> Result<Listener> {
    let begin = Instant::now();
    loop {
        match Listener::bind(address) {
            Err(error) if error.kind() == ErrorKind::AddrInUse && begin.elapsed() < BIND_LIMIT => {
                thread::sleep(Duration::from_millis(20));
            }
            bound => return bound,
        }
    }
}
