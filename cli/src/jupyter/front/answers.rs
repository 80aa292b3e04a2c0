//! What the front answers by itself while the engine is not there.

use serde_json::{Value, json};

/// The reply's content, if the front knows one.
pub(super) fn answer(kind: &str, content: &Value) -> Option<Value> {
    let position = &content["cursor_pos"];
    Some(match kind {
        "kernel_info_request" => kernel_info(),
        "complete_request" => {
            json!({"status": "ok", "matches": [], "cursor_start": position, "cursor_end": position, "metadata": {}})
        }
        "inspect_request" => json!({"status": "ok", "found": false, "data": {}, "metadata": {}}),
        "is_complete_request" => json!({"status": "unknown"}),
        "history_request" => json!({"status": "ok", "history": []}),
        "comm_info_request" => json!({"status": "ok", "comms": {}}),
        "interrupt_request" => json!({"status": "ok"}),
        "shutdown_request" => json!({"status": "ok", "restart": content["restart"].as_bool().unwrap_or(false)}),
        _ if kind.ends_with("_request") => json!({
            "status": "error", "ename": "KernelNotReady", "evalue": "the Rust kernel is not ready yet", "traceback": [],
        }),
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
        for kind in ["kernel_info_request", "complete_request", "history_request", "comm_info_request", "debug_request"]
        {
            assert!(answer(kind, &json!({})).unwrap()["status"].is_string(), "{kind}");
        }
        for kind in ["comm_msg", "comm_close", "input_reply", ""] {
            assert!(answer(kind, &json!({})).is_none(), "{kind}");
        }
    }

    #[test]
    fn a_restart_is_called_one_in_the_reply() {
        assert_eq!(answer("shutdown_request", &json!({"restart": true})).unwrap()["restart"], true);
        assert_eq!(reply_to("shutdown_request"), "shutdown_reply");
    }
}
