//! What a cell shows: HTML below it, the same in words for readers that show no HTML, and a panic as two friendly
//! lines.
//!
//! evcxr takes what is between two marks on stdout for a cell's output, and keeps only the last one of
//! a kind. So what a cell has shown is kept in a static, and every call sends all of it again. evcxr makes a
//! library of each cell, with a copy of this crate in it: each cell has a static of its own, which is
//! empty when the cell begins.

mod gathered;
mod panic_words;

use std::any::Any;
use std::cell::RefCell;
use std::io::{self, Write};
use std::panic;
use std::sync::{Mutex, MutexGuard, PoisonError};

use gathered::Gathered;
pub(crate) use gathered::{MOST, Output};
pub(crate) use panic_words::explanation;

/// How the panic at an unfilled blank begins.
pub const BLANK: &str = "This blank is still empty: ";

/// Names the panic's own account, which `neurobook run` reads: JSON with `message` and `blank`.
const PANIC_KIND: &str = "application/vnd.neurobook.panic+json";

/// The kernel sets this variable where it reads what cells print, and takes marks off.
const SUPERVISED: &str = "NEUROBOOK_ENDINGS";

/// Tells the kernel that a line says how far the cell is.
const PROGRESS: &str = "\u{1b}_neurobook progress\u{1b}\\";

/// What this cell has shown so far.
static SHOWN: Mutex<Gathered> = Mutex::new(Gathered::NOTHING);

thread_local! {
    /// What this thread would have shown, where somebody waits for it.
    static HELD_BACK: RefCell<Option<Vec<Output>>> = const { RefCell::new(None) };
}

/// Whether this program runs as a notebook's cell.
pub fn in_notebook() -> bool {
    std::env::var_os("EVCXR_IS_RUNTIME").is_some()
}

/// Shows a fragment of HTML below the cell, after what the cell has shown before.
pub fn html(fragment: &str) {
    show(Output { html: fragment.to_owned(), ..Output::default() });
}

/// Shows something below the cell, after what the cell has shown before.
pub(crate) fn show(output: Output) {
    let held_back = HELD_BACK.with_borrow_mut(|held_back| match held_back {
        Some(outputs) => {
            outputs.push(output.clone());
            true
        }
        None => false,
    });
    if !held_back {
        let mut shown = shown();
        if shown.add(&output) {
            send_all(&shown);
        }
    }
}

/// Calls the function. What it shows in this thread is not shown but comes back.
pub(crate) fn held_back<T>(function: impl FnOnce() -> T) -> (T, Vec<Output>) {
    /// Puts back what was there before, also when the function panics.
    struct PutBack(Option<Vec<Output>>);
    impl Drop for PutBack {
        fn drop(&mut self) {
            HELD_BACK.set(self.0.take());
        }
    }
    let before = PutBack(HELD_BACK.replace(Some(Vec::new())));
    let result = function();
    let outputs = HELD_BACK.take().unwrap_or_default();
    drop(before);
    (result, outputs)
}

fn shown() -> MutexGuard<'static, Gathered> {
    SHOWN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Makes every later panic of this cell a short message below it instead of a stack trace, with what the cell had
/// shown above the message. Outside a notebook it does nothing.
///
/// A cell need not call this: it happens when its library is loaded. So the panic hook, which belongs to the
/// whole process, is always that of the cell that runs, even of one that shows nothing, and never shows what
/// an earlier cell has shown.
pub fn friendly_panics() {
    if !in_notebook() {
        return;
    }
    panic::set_hook(Box::new(|info| report_panic(&message(info.payload()))));
}

/// The loader calls the functions in this section when it has loaded a library or program with this crate in it:
/// in a notebook, at the beginning of each cell.
// SAFETY: the section is the loader's list of pointers to functions that take nothing and return nothing. The
// function reads an environment variable and allocates, for which the standard library needs no start of its own.
#[used]
#[cfg_attr(all(unix, not(target_vendor = "apple")), unsafe(link_section = ".init_array"))]
#[cfg_attr(target_vendor = "apple", unsafe(link_section = "__DATA,__mod_init_func"))]
#[cfg_attr(windows, unsafe(link_section = ".CRT$XCU"))]
static WHEN_LOADED: extern "C" fn() = when_loaded;

extern "C" fn when_loaded() {
    friendly_panics();
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

fn report_panic(message: &str) {
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
    let explained = explanation(message).map(|why| format!("{why} (Rust says: {message}.)"));
    let told = explained.as_deref().unwrap_or(text);
    let panel = format!(
        "<div role=\"alert\" style=\"border-left:4px solid #d55e00;padding:.4em .8em;margin:.4em 0\"><strong>{title}.</strong> {}<br>{advice}</div>",
        escape(told)
    );
    send(PANIC_KIND, &format!("{{\"message\": {}, \"blank\": {}}}", json_string(text), message.starts_with(BLANK)));
    let mut all = shown().clone();
    all.close(&Output { html: panel, text: format!("{title}. {told}"), raster: None });
    send_all(&all);
}

/// Gives the kernel all that the cell shows, in each form.
fn send_all(shown: &Gathered) {
    send("text/html", &shown.html);
    if !shown.text.is_empty() {
        send("text/plain", &shown.text);
    }
    if let Some(raster) = &shown.raster {
        send("image/png", &raster.png());
    }
}

/// Says how far a cell is, in place of what was said before; an empty line takes that away. Another kernel than the
/// workbook's keeps each line.
pub(crate) fn progress(line: &str) {
    let mark = if std::env::var_os(SUPERVISED).is_some() { PROGRESS } else { "" };
    if mark.is_empty() && line.is_empty() {
        return;
    }
    let mut output = io::stdout().lock();
    // Progress that nobody can see is no reason to stop.
    let _ = writeln!(output, "{mark}{line}").and_then(|()| output.flush());
}

/// Gives the kernel a cell's output of one kind.
fn send(kind: &str, content: &str) {
    let mut output = io::stdout().lock();
    // A closed pipe means that the kernel is gone, and nobody is left to be told.
    let _ = write!(output, "EVCXR_BEGIN_CONTENT {kind}\n{}\nEVCXR_END_CONTENT\n", content.trim_end());
    let _ = output.flush();
}

/// Text as it may be in HTML.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Text as a JSON string on one line.
pub(crate) fn json_string(text: &str) -> String {
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
