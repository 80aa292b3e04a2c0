//! Jupyter's messages: signed, taken apart, and composed.

use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::Result;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use super::zmtp::Frames;

pub(super) const DELIMITER: &[u8] = b"<IDS|MSG>";
/// Header, parent's header, metadata and content are signed; what follows them is not.
const SIGNED: usize = 4;

/// Signs messages and knows which are signed rightly.
#[derive(Clone)]
pub(super) struct Signer(Option<Hmac<Sha256>>);

impl Signer {
    /// With an empty key nothing is signed, as Jupyter has it.
    pub(super) fn new(key: &str) -> Result<Self> {
        Ok(Self(if key.is_empty() { None } else { Some(Hmac::new_from_slice(key.as_bytes())?) }))
    }

    fn digest<Frame: AsRef<[u8]>>(template: &Hmac<Sha256>, parts: &[Frame]) -> Hmac<Sha256> {
        parts.iter().fold(template.clone(), |mac, part| mac.chain_update(part))
    }

    fn sign<Frame: AsRef<[u8]>>(&self, parts: &[Frame]) -> String {
        self.0.as_ref().map(|template| hex(&Self::digest(template, parts).finalize().into_bytes())).unwrap_or_default()
    }

    fn accepts<Frame: AsRef<[u8]>>(&self, signature: &[u8], parts: &[Frame]) -> bool {
        self.0.as_ref().is_none_or(|template| {
            unhex(signature).is_some_and(|bytes| Self::digest(template, parts).verify_slice(&bytes).is_ok())
        })
    }
}

/// A rightly signed message of a client's.
#[derive(Clone)]
pub(super) struct Request {
    pub(super) header: Value,
    /// All of it as it came, with what is before the delimiter.
    pub(super) frames: Frames,
    delimiter: usize,
}

impl Request {
    /// Takes a message apart, if it is one and its signature is right.
    pub(super) fn take(frames: Frames, signer: &Signer) -> Option<Self> {
        let delimiter = frames.iter().position(|frame| frame == DELIMITER)?;
        let parts = frames.get(delimiter + 2..delimiter + 2 + SIGNED)?;
        if !signer.accepts(&frames[delimiter + 1], parts) {
            return None;
        }
        let header: Value = serde_json::from_slice(&parts[0]).ok()?;
        header.is_object().then_some(Self { header, frames, delimiter })
    }

    pub(super) fn kind(&self) -> &str {
        self.header["msg_type"].as_str().unwrap_or_default()
    }

    pub(super) fn metadata(&self) -> Value {
        serde_json::from_slice(&self.frames[self.delimiter + 2 + 2]).unwrap_or_default()
    }

    pub(super) fn content(&self) -> Value {
        serde_json::from_slice(&self.frames[self.delimiter + 2 + 3]).unwrap_or_default()
    }

    /// What is before the delimiter, which a reply brings back.
    pub(super) fn envelope(&self) -> &[Vec<u8>] {
        &self.frames[..self.delimiter]
    }
}

/// Composes messages of one session.
pub(super) struct Composer {
    signer: Signer,
    session: String,
    count: AtomicU64,
}

impl Composer {
    pub(super) fn new(signer: Signer) -> Result<Self> {
        let mut random = [0; 16];
        getrandom::fill(&mut random)?;
        Ok(Self { signer, session: hex(&random), count: AtomicU64::new(0) })
    }

    /// A message from the delimiter on. `parent` is the header of what it answers.
    pub(super) fn compose(&self, kind: &str, parent: &Value, content: &Value) -> Frames {
        let number = self.count.fetch_add(1, Ordering::Relaxed);
        let header = json!({
            "msg_id": format!("{}_{number}", self.session), "session": self.session, "username": "kernel",
            "date": chrono::Utc::now().to_rfc3339(), "msg_type": kind, "version": "5.3",
        });
        let parent = if parent.is_object() { parent.to_string() } else { "{}".to_owned() };
        let parts = [header.to_string(), parent, "{}".to_owned(), content.to_string()];
        let mut frames = vec![DELIMITER.to_vec(), self.signer.sign(&parts).into_bytes()];
        frames.extend(parts.map(String::into_bytes));
        frames
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(digits: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(digits).ok().filter(|text| text.is_ascii() && text.len() % 2 == 0)?;
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(key: &str) -> Frames {
        Composer::new(Signer::new(key).unwrap()).unwrap().compose(
            "execute_request",
            &Value::Null,
            &json!({"code": "1"}),
        )
    }

    #[test]
    fn signatures_are_those_of_python() {
        // python3 -c "import hmac; print(hmac.new(b'key', b'{}{}{}{\"a\":1}', 'sha256').hexdigest())"
        let signer = Signer::new("key").unwrap();
        let signature = "5c59a161f31dbc453751f94cd7e9bdd78e1ed3419c132f75b8e0f3b0d1313693";
        assert_eq!(signer.sign(&["{}", "{}", "{}", "{\"a\":1}"]), signature);
    }

    #[test]
    fn a_message_signed_with_the_key_is_taken_whatever_stands_before_it() {
        let signer = Signer::new("key").unwrap();
        let mut frames = vec![b"who".to_vec()];
        frames.extend(message("key"));
        let request = Request::take(frames, &signer).unwrap();
        assert_eq!(request.kind(), "execute_request");
        assert_eq!(request.content()["code"], "1");
        assert_eq!(request.envelope(), [b"who".to_vec()]);
    }

    #[test]
    fn a_message_with_another_key_or_a_changed_part_is_not_taken() {
        let signer = Signer::new("key").unwrap();
        assert!(Request::take(message("other"), &signer).is_none());
        for part in 1..6 {
            let mut frames = message("key");
            frames[part].push(b' ');
            assert!(Request::take(frames, &signer).is_none(), "part {part}");
        }
    }

    #[test]
    fn what_is_no_message_is_not_taken() {
        let signer = Signer::new("").unwrap();
        assert!(Request::take(vec![], &signer).is_none());
        assert!(Request::take(vec![DELIMITER.to_vec()], &signer).is_none());
        assert!(Request::take(message("")[..5].to_vec(), &signer).is_none());
        assert!(Request::take(message(""), &signer).is_some(), "an empty key signs nothing");
    }
}
