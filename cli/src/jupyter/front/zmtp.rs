//! ZMTP 3.0, the protocol of ZeroMQ's sockets, as far as Jupyter's clients and kernels speak it: frames over a stream,
//! without encryption. Described at <https://rfc.zeromq.org/spec/23/>.

use std::io::{Error, ErrorKind, Read, Result, Write};

/// A message's parts.
pub(super) type Frames = Vec<Vec<u8>>;

/// What a peer sends once it has been greeted.
pub(super) enum Received {
    Message(Frames),
    Command { name: Vec<u8>, body: Vec<u8> },
}

const MORE: u8 = 1;
const LONG: u8 = 2;
const COMMAND: u8 = 4;
const GREETING: usize = 64;
/// More than any message of Jupyter's has.
const MOST_FRAMES: usize = 4096;

/// Exchanges greetings and says who we are; gives the peer's identity, which is empty if it has none.
pub(super) fn greet(stream: &mut (impl Read + Write), socket_type: &str, identity: &[u8]) -> Result<Vec<u8>> {
    stream.write_all(&greeting())?;
    let mut theirs = [0; GREETING];
    stream.read_exact(&mut theirs)?;
    if theirs[0] != 0xff || theirs[9] & 1 == 0 || theirs[10] < 3 || &theirs[12..17] != b"NULL\0" {
        return Err(invalid("the peer does not speak ZMTP 3.0 without encryption"));
    }
    let mut ready = Vec::new();
    put_property(&mut ready, b"Socket-Type", socket_type.as_bytes());
    put_property(&mut ready, b"Identity", identity);
    stream.write_all(&encode_command(b"READY", &ready))?;
    match read(stream, 1 << 16)? {
        Received::Command { name, body } if name == b"READY" => {
            let theirs = property(&body, b"Socket-Type")?.unwrap_or_default();
            if !goes_with(socket_type.as_bytes(), theirs) {
                return Err(invalid("the peer's socket does not go with ours"));
            }
            Ok(property(&body, b"Identity")?.unwrap_or_default().to_vec())
        }
        _ => Err(invalid("the peer is not ready")),
    }
}

/// Reads one message or command, and no more than `limit` bytes of it.
pub(super) fn read(stream: &mut impl Read, limit: u64) -> Result<Received> {
    let mut frames = Frames::new();
    let mut left = limit;
    loop {
        let mut flags = [0];
        stream.read_exact(&mut flags)?;
        let size = if flags[0] & LONG == 0 {
            let mut size = [0];
            stream.read_exact(&mut size)?;
            u64::from(size[0])
        } else {
            let mut size = [0; 8];
            stream.read_exact(&mut size)?;
            u64::from_be_bytes(size)
        };
        left = left.checked_sub(size).ok_or_else(|| invalid("the message is too long"))?;
        // What is announced is not believed: memory is taken for what has come.
        let mut frame = Vec::with_capacity(size.min(1 << 16) as usize);
        if stream.by_ref().take(size).read_to_end(&mut frame)? as u64 != size {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        if flags[0] & COMMAND != 0 {
            let length = usize::from(*frame.first().ok_or_else(|| invalid("a command has no name"))?);
            let name = frame.get(1..1 + length).ok_or_else(|| invalid("a command's name is cut"))?.to_vec();
            return Ok(Received::Command { name, body: frame.split_off(1 + length) });
        }
        frames.push(frame);
        if flags[0] & MORE == 0 {
            return Ok(Received::Message(frames));
        }
        if frames.len() == MOST_FRAMES {
            return Err(invalid("the message has too many frames"));
        }
    }
}

/// A message as it goes over the stream.
pub(super) fn encode<Frame: AsRef<[u8]>>(frames: &[Frame]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(frames.iter().map(|frame| frame.as_ref().len() + 9).sum());
    for (index, frame) in frames.iter().enumerate() {
        let more = if index + 1 < frames.len() { MORE } else { 0 };
        put_frame(&mut bytes, more, frame.as_ref());
    }
    bytes
}

/// The answer to a peer that asks whether we are there.
pub(super) fn pong(ping: &[u8]) -> Vec<u8> {
    encode_command(b"PONG", ping.get(2..).unwrap_or_default())
}

fn greeting() -> [u8; GREETING] {
    let mut greeting = [0; GREETING];
    greeting[0] = 0xff;
    greeting[9] = 0x7f;
    greeting[10] = 3;
    greeting[12..16].copy_from_slice(b"NULL");
    greeting
}

fn put_frame(bytes: &mut Vec<u8>, flags: u8, frame: &[u8]) {
    match u8::try_from(frame.len()) {
        Ok(size) => bytes.extend([flags, size]),
        Err(_) => {
            bytes.push(flags | LONG);
            bytes.extend((frame.len() as u64).to_be_bytes());
        }
    }
    bytes.extend(frame);
}

fn encode_command(name: &[u8], body: &[u8]) -> Vec<u8> {
    let mut frame = vec![name.len() as u8];
    frame.extend(name);
    frame.extend(body);
    let mut bytes = Vec::new();
    put_frame(&mut bytes, COMMAND, &frame);
    bytes
}

fn put_property(bytes: &mut Vec<u8>, name: &[u8], value: &[u8]) {
    bytes.push(name.len() as u8);
    bytes.extend(name);
    bytes.extend((value.len() as u32).to_be_bytes());
    bytes.extend(value);
}

/// The value of one of a greeting's properties.
fn property<'a>(mut body: &'a [u8], wanted: &[u8]) -> Result<Option<&'a [u8]>> {
    let cut = || invalid("a property is cut");
    while let Some((&length, rest)) = body.split_first() {
        let (name, rest) = rest.split_at_checked(usize::from(length)).ok_or_else(cut)?;
        let (size, rest) = rest.split_first_chunk::<4>().ok_or_else(cut)?;
        let (value, rest) = rest.split_at_checked(u32::from_be_bytes(*size) as usize).ok_or_else(cut)?;
        if name.eq_ignore_ascii_case(wanted) {
            return Ok(Some(value));
        }
        body = rest;
    }
    Ok(None)
}

fn goes_with(ours: &[u8], theirs: &[u8]) -> bool {
    match ours {
        b"ROUTER" => matches!(theirs, b"DEALER" | b"REQ" | b"ROUTER"),
        b"DEALER" => matches!(theirs, b"ROUTER" | b"REP" | b"DEALER"),
        b"REP" => matches!(theirs, b"REQ" | b"DEALER"),
        b"PUB" => matches!(theirs, b"SUB" | b"XSUB"),
        b"SUB" => matches!(theirs, b"PUB" | b"XPUB"),
        _ => false,
    }
}

fn invalid(what: &'static str) -> Error {
    Error::new(ErrorKind::InvalidData, what)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::{TcpListener, TcpStream};

    fn message(bytes: &[u8]) -> Frames {
        match read(&mut &bytes[..], 1 << 30).unwrap() {
            Received::Message(frames) => frames,
            Received::Command { name, .. } => panic!("a command: {name:?}"),
        }
    }

    #[test]
    fn what_is_encoded_is_read_again() {
        let frames = vec![vec![], b"short".to_vec(), vec![7; 255], vec![8; 256], vec![9; 100_000]];
        assert_eq!(message(&encode(&frames)), frames);
    }

    #[test]
    fn a_message_that_is_cut_anywhere_is_an_error() {
        let bytes = encode(&[vec![1; 300], vec![2; 3]]);
        for end in 0..bytes.len() {
            assert!(read(&mut &bytes[..end], 1 << 20).is_err(), "cut after {end} bytes");
        }
    }

    #[test]
    fn a_message_longer_than_the_limit_is_refused_before_it_is_read() {
        let announced = [&[LONG][..], &u64::MAX.to_be_bytes()].concat();
        assert_eq!(read(&mut &announced[..], 1 << 20).err().unwrap().kind(), ErrorKind::InvalidData);
        let parts = encode(&[vec![0; 600], vec![0; 600]]);
        assert_eq!(read(&mut &parts[..], 1000).err().unwrap().kind(), ErrorKind::InvalidData);
    }

    #[test]
    fn peers_greet_each_other_and_hear_the_identity() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let dealer = std::thread::spawn(move || greet(&mut TcpStream::connect(address).unwrap(), "DEALER", b"me"));
        let identity = greet(&mut listener.accept().unwrap().0, "ROUTER", b"").unwrap();
        assert_eq!(identity, b"me");
        assert_eq!(dealer.join().unwrap().unwrap(), b"");
    }

    #[test]
    fn sockets_that_do_not_go_together_do_not_greet() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let subscriber = std::thread::spawn(move || greet(&mut TcpStream::connect(address).unwrap(), "SUB", b""));
        assert!(greet(&mut listener.accept().unwrap().0, "ROUTER", b"").is_err());
        assert!(subscriber.join().unwrap().is_err());
    }

    #[test]
    fn a_ping_is_answered_with_its_own_words() {
        let answer = pong(&[0, 100, b'h', b'i']);
        match read(&mut &answer[..], 100).unwrap() {
            Received::Command { name, body } => assert_eq!((&name[..], &body[..]), (&b"PONG"[..], &b"hi"[..])),
            Received::Message(_) => panic!("a message"),
        }
    }
}
