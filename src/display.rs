//! What a cell shows: HTML below it, and a panic as two friendly lines.
//!
//! evcxr takes what stands between two marks on stdout for a cell's output, keeps only the last one of
//! a kind, and links this crate into every cell anew. So what a cell has shown is remembered in a
//! static, which is empty in each new cell, and every call sends all of it again.

use std::any::Any;
use std::backtrace::Backtrace;
use std::io::{self, Write};
use std::panic;
use std::sync::{Mutex, Once, PoisonError};

/// How the panic at an unfilled blank begins.
pub const BLANK: &str = "This blank is still empty: ";

/// Names the panic's own account, which `neurobook run` reads: JSON with `message` and `blank`.
const PANIC_KIND: &str = "application/vnd.neurobook.panic+json";

/// What this cell has shown so far.
static SHOWN: Mutex<String> = Mutex::new(String::new());

/// Whether this program runs as a notebook's cell.
pub fn in_notebook() -> bool {
    std::env::var_os("EVCXR_IS_RUNTIME").is_some()
}

/// Shows a fragment of HTML below the cell, after what the cell has shown before.
pub fn html(fragment: &str) {
    friendly_panics();
    let mut shown = SHOWN.lock().unwrap_or_else(PoisonError::into_inner);
    shown.push_str(fragment.trim_end());
    shown.push('\n');
    send("text/html", &shown);
}

/// Makes every later panic of the notebook a short message below its cell instead of a stack trace.
///
/// The kernel calls this when it starts, and [`html`] in each cell that shows something, so that the
/// message stands below what the cell had shown. Outside a notebook it does nothing.
pub fn friendly_panics() {
    static SET: Once = Once::new();
    if !in_notebook() {
        return;
    }
    SET.call_once(|| {
        let setting = Backtrace::force_capture();
        panic::set_hook(Box::new(move |info| {
            // The hook lives on in later cells, and what this cell has shown is not theirs.
            let is_this_cell = cell(&setting) == cell(&Backtrace::force_capture());
            report_panic(&message(info.payload()), is_this_cell);
        }));
    });
}

/// Writes out what `print!` keeps until its line ends. The kernel calls this after each cell, by its name.
#[doc(hidden)]
#[unsafe(no_mangle)]
pub extern "C" fn neurobook_flush_stdout() {
    // A closed pipe means that the kernel is gone.
    let _ = io::stdout().flush();
}

/// What a panic said.
pub(crate) fn message(payload: &dyn Any) -> String {
    let text = payload.downcast_ref::<&str>().map(|text| text.to_string());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_else(|| "it gave no reason".to_owned())
}

/// The cell that code runs in, by the name that evcxr gives its function: `run_user_code_7`. Looking names
/// up takes a tenth of a second, so it is left to the panic.
fn cell(stack: &Backtrace) -> Option<String> {
    let stack = stack.to_string();
    let name = &stack[stack.find("run_user_code_")?..];
    let end = name.find(|character: char| !character.is_alphanumeric() && character != '_').unwrap_or(name.len());
    Some(name[..end].to_owned())
}

fn report_panic(message: &str, is_this_cell: bool) {
    let (title, text, advice) = match message.strip_prefix(BLANK) {
        Some(hint) => (
            "A blank is still empty",
            hint,
            "Write your code in place of <code>blank!(…)</code>, run that cell, then this one.",
        ),
        None => (
            "This cell stopped",
            message,
            "What it would have made does not exist; the variables of earlier cells are still there.",
        ),
    };
    let shown = match is_this_cell {
        true => SHOWN.lock().unwrap_or_else(PoisonError::into_inner).clone(),
        false => String::new(),
    };
    let panel = format!(
        "<div role=\"alert\" style=\"border-left:4px solid #d55e00;padding:.4em .8em;margin:.4em 0\"><strong>{title}.</strong> {}<br>{advice}</div>",
        escape(text)
    );
    send(PANIC_KIND, &format!("{{\"message\": {}, \"blank\": {}}}", json_string(text), message.starts_with(BLANK)));
    send("text/html", &format!("{shown}{panel}"));
}

/// Gives the kernel a cell's output of one kind.
fn send(kind: &str, content: &str) {
    let mut output = io::stdout().lock();
    // A closed pipe means that the kernel is gone, and nobody is left to be told.
    let _ = write!(output, "EVCXR_BEGIN_CONTENT {kind}\n{}\nEVCXR_END_CONTENT\n", content.trim_end());
    let _ = output.flush();
}

/// Text as it may stand in HTML.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Text as a JSON string on one line.
fn json_string(text: &str) -> String {
    let mut json = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => json.extend(['\\', character]),
            control if control.is_control() => json.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => json.push(other),
        }
    }
    json.push('"');
    json
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_message_with_quotes_and_line_ends_is_one_line_of_json() {
        assert_eq!(json_string("a \"b\"\n\\"), r#""a \"b\"\u000a\\""#);
    }

    #[test]
    fn markup_in_a_message_is_text() {
        assert_eq!(escape("Vec<f64> & \"x\""), "Vec&lt;f64&gt; &amp; &quot;x&quot;");
    }
}
