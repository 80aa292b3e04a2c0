//! Jupyter's connection file: where a kernel listens and the key that signs its messages.

use std::io::Write;
use std::net::TcpListener;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::Transport;

/// The five sockets of a kernel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Channel {
    Shell,
    Control,
    Stdin,
    Iopub,
    Heartbeat,
}

impl Channel {
    pub(super) const ALL: [Channel; 5] =
        [Channel::Shell, Channel::Control, Channel::Stdin, Channel::Iopub, Channel::Heartbeat];

    fn key(self) -> &'static str {
        match self {
            Channel::Shell => "shell_port",
            Channel::Control => "control_port",
            Channel::Stdin => "stdin_port",
            Channel::Iopub => "iopub_port",
            Channel::Heartbeat => "hb_port",
        }
    }

    /// What a kernel's socket is called in ZeroMQ.
    pub(super) fn of_a_kernel(self) -> &'static str {
        match self {
            Channel::Shell | Channel::Control | Channel::Stdin => "ROUTER",
            Channel::Iopub => "PUB",
            Channel::Heartbeat => "REP",
        }
    }

    /// What a client's socket is called in ZeroMQ.
    pub(super) fn of_a_client(self) -> &'static str {
        match self {
            Channel::Shell | Channel::Control | Channel::Stdin => "DEALER",
            Channel::Iopub => "SUB",
            Channel::Heartbeat => "REQ",
        }
    }
}

/// What a connection file says.
#[derive(Clone, Debug)]
pub(super) struct Connection {
    transport: Transport,
    ip: String,
    ports: [u16; 5],
    pub(super) key: String,
}

/// Where one socket listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Address {
    Tcp(String, u16),
    Ipc(PathBuf),
}

impl Connection {
    pub(super) fn read(file: &Path) -> Result<Self> {
        let name = file.display();
        let text =
            std::fs::read_to_string(file).with_context(|| format!("cannot read Jupyter's connection file {name}"))?;
        Self::parse(&text).with_context(|| format!("{name} is no connection file of Jupyter's"))
    }

    fn parse(text: &str) -> Result<Self> {
        let read: Value = serde_json::from_str(text)?;
        let word = |key: &str| read[key].as_str().with_context(|| format!("`{key}` is missing"));
        let transport = match read["transport"].as_str().unwrap_or("tcp") {
            "tcp" => Transport::Tcp,
            "ipc" => Transport::Ipc,
            other => bail!("the transport `{other}` is not known"),
        };
        let scheme = read["signature_scheme"].as_str().unwrap_or("hmac-sha256");
        if scheme != "hmac-sha256" {
            bail!("the signature scheme `{scheme}` is not known");
        }
        if read["curve_publickey"].is_string() {
            bail!("encrypted connections are not known: set `transport` to `ipc` instead");
        }
        let mut ports = [0; 5];
        for (port, channel) in ports.iter_mut().zip(Channel::ALL) {
            let number = read[channel.key()].as_u64().and_then(|number| u16::try_from(number).ok());
            *port = number.with_context(|| format!("`{}` is no port", channel.key()))?;
        }
        Ok(Self { transport, ip: word("ip")?.to_owned(), ports, key: word("key")?.to_owned() })
    }

    /// A connection of our own for the engine, whose sockets, if they are files, are made in `folder`.
    pub(super) fn for_engine(&self, transport: Transport, folder: &Path) -> Result<Self> {
        let (ip, ports) = match transport {
            Transport::Tcp => ("127.0.0.1".to_owned(), free_ports()?),
            Transport::Ipc => (folder.join("engine").display().to_string(), [1, 2, 3, 4, 5]),
        };
        Ok(Self { transport, ip, ports, key: self.key.clone() })
    }

    /// Writes the file that the engine reads. Only its owner can read it.
    pub(super) fn write(&self, file: &Path) -> Result<()> {
        let transport = match self.transport {
            Transport::Tcp => "tcp",
            Transport::Ipc => "ipc",
        };
        let mut content = json!({
            "transport": transport, "ip": self.ip, "key": self.key, "signature_scheme": "hmac-sha256",
            "kernel_name": "rust",
        });
        for (port, channel) in self.ports.iter().zip(Channel::ALL) {
            content[channel.key()] = json!(port);
        }
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options
            .open(file)
            .and_then(|mut open| open.write_all(content.to_string().as_bytes()))
            .with_context(|| format!("cannot write {}", file.display()))
    }

    pub(super) fn address(&self, channel: Channel) -> Address {
        let port = self.ports[channel as usize];
        match self.transport {
            Transport::Tcp => Address::Tcp(self.ip.clone(), port),
            Transport::Ipc => Address::Ipc(format!("{}-{port}", self.ip).into()),
        }
    }
}

/// Ports that nobody listens on, below those that systems give to programs that ask for any: so nobody takes one
/// by chance before the engine does.
fn free_ports() -> Result<[u16; 5]> {
    let mut ports = [0; 5];
    // Each is held until all are found.
    let mut held = Vec::new();
    for _ in 0..1000 {
        let mut random = [0; 2];
        getrandom::fill(&mut random)?;
        let port = 16_000 + u16::from_ne_bytes(random) % 16_000;
        if let Ok(listener) = TcpListener::bind(("127.0.0.1", port)) {
            ports[held.len()] = port;
            held.push(listener);
            if held.len() == ports.len() {
                return Ok(ports);
            }
        }
    }
    bail!("this machine has no free network ports: close other programs, then run the cell again")
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"{"shell_port": 1, "iopub_port": 2, "stdin_port": 3, "control_port": 4, "hb_port": 5,
        "ip": "127.0.0.1", "key": "k", "transport": "tcp", "signature_scheme": "hmac-sha256", "kernel_name": ""}"#;

    #[test]
    fn each_socket_has_the_port_that_the_file_names() {
        let connection = Connection::parse(FILE).unwrap();
        assert_eq!(connection.address(Channel::Iopub), Address::Tcp("127.0.0.1".into(), 2));
        assert_eq!(connection.address(Channel::Heartbeat), Address::Tcp("127.0.0.1".into(), 5));
    }

    #[test]
    fn sockets_that_are_files_are_named_as_jupyter_names_them() {
        let connection = Connection::parse(&FILE.replace("tcp", "ipc").replace("127.0.0.1", "/run/kernel")).unwrap();
        assert_eq!(connection.address(Channel::Shell), Address::Ipc("/run/kernel-1".into()));
    }

    #[test]
    fn a_file_without_a_port_or_with_another_scheme_is_refused_by_name() {
        for (old, new, named) in [("hb_port", "x", "hb_port"), ("hmac-sha256", "hmac-md5", "hmac-md5")] {
            let error = Connection::parse(&FILE.replace(old, new)).unwrap_err();
            assert!(format!("{error:#}").contains(named), "{error:#}");
        }
    }

    #[test]
    fn the_engine_has_five_ports_of_its_own_and_the_same_key() {
        let folder = tempfile::tempdir().unwrap();
        let connection = Connection::parse(FILE).unwrap().for_engine(Transport::Tcp, folder.path()).unwrap();
        let file = folder.path().join("connection.json");
        connection.write(&file).unwrap();
        let again = Connection::read(&file).unwrap();
        assert_eq!(again.key, "k");
        assert_eq!(again.ports, connection.ports);
        let mut ports = again.ports.to_vec();
        ports.sort();
        ports.dedup();
        assert_eq!(ports.len(), 5);
    }
}
