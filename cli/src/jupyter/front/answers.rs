//! What the front answers by itself.

use serde_json::{Value, json};

use super::completeness;
use super::history::History;

/// The content of the reply to a request that needs no engine.
pub(super) fn answer(kind: &str, content: &Value, history: &History) -> Option<Value> {
    Some(match kind {
        "kernel_info_request" => kernel_info(),
        "is_complete_request" => completeness::answer(content["code"].as_str().unwrap_or_default()),
        "history_request" => history.answer(content),
        // Nothing here speaks by comms, so none is ever open.
        "comm_info_request" => json!({"status": "ok", "comms": {}}),
        "interrupt_request" => json!({"status": "ok"}),
        "shutdown_request" => json!({"status": "ok", "restart": content["restart"].as_bool().unwrap_or(false)}),
        _ if kind.ends_with("_request") => json!({
            "status": "error", "ename": "NotSupported", "evalue": format!("this kernel knows no {kind}"), "traceback": [],
        }),
        _ => return None,
    })
}

/// The same for what is asked of an engine that is not there: no names, nothing known.
pub(super) fn answer_without_engine(kind: &str, content: &Value) -> Option<Value> {
    let position = &content["cursor_pos"];
    Some(match kind {
        "complete_request" => {
            json!({"status": "ok", "matches": [], "cursor_start": position, "cursor_end": position, "metadata": {}})
        }
        "inspect_request" => json!({"status": "ok", "found": false, "data": {}, "metadata": {}}),
        _ => return None,
    })
}

fn kernel_info() -> Value {
    json!({
        "status": "ok",
        "protocol_version": "5.3",
        "implementation": "neurobook",
        "implementation_version": env!("CARGO_PKG_VERSION"),
        "language_info": {
            "name": "rust", "version": "", "mimetype": "text/rust", "file_extension": ".rs",
            "pygments_lexer": "rust", "codemirror_mode": "rust",
        },
        "banner": "Rust, in a neurobook kernel",
        "help_links": [{"text": "Rust's standard library", "url": "https://doc.rust-lang.org/std/"}],
    })
}

/// The name of the reply to a request.
pub(super) fn reply_to(kind: &str) -> String {
    kind.replace("_request", "_reply")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_request_has_an_answer_and_nothing_else_has() {
        let history = History::default();
        for kind in
            ["kernel_info_request", "is_complete_request", "history_request", "comm_info_request", "debug_request"]
        {
            assert!(answer(kind, &json!({}), &history).unwrap()["status"].is_string(), "{kind}");
        }
        for kind in ["complete_request", "inspect_request"] {
            assert!(answer_without_engine(kind, &json!({})).unwrap()["status"].is_string(), "{kind}");
        }
        for kind in ["comm_msg", "comm_close", "input_reply", ""] {
            assert!(answer(kind, &json!({}), &history).is_none(), "{kind}");
        }
    }

    #[test]
    fn a_restart_is_called_one_in_the_reply() {
        assert_eq!(
            answer("shutdown_request", &json!({"restart": true}), &History::default()).unwrap()["restart"],
            true
        );
        assert_eq!(reply_to("shutdown_request"), "shutdown_reply");
    }
}
