//! Jupyter's connection file: where a kernel listens and the key that signs its messages.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;

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
}

/// How messages reach the kernel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Transport {
    Tcp,
    /// By files that other users cannot open.
    Ipc,
}

/// What a connection file says.
#[derive(Debug)]
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
        Self::parse(&text).with_context(|| format!("{name} is not a connection file of Jupyter's"))
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
            *port = number.with_context(|| format!("`{}` is not a port", channel.key()))?;
        }
        Ok(Self { transport, ip: word("ip")?.to_owned(), ports, key: word("key")?.to_owned() })
    }

    pub(super) fn address(&self, channel: Channel) -> Address {
        let port = self.ports[channel as usize];
        match self.transport {
            Transport::Tcp => Address::Tcp(self.ip.clone(), port),
            Transport::Ipc => Address::Ipc(format!("{}-{port}", self.ip).into()),
        }
    }
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
}
