//! The overview in a terminal: no colours and no cut lines where it is read by a program.

use console::{Term, measure_text_width, style, truncate_str};

use super::{Overview, State, Task};
use crate::commands::check::CannotCheck;
use crate::notebook::cell_number::COUNTED;

/// A wider bar says no more.
const WIDEST_BAR: usize = 30;
const NARROWEST_BAR: usize = 8;
/// What is beside a bar.
const BESIDE_BAR: usize = 48;

/// A chapter that the learner has begun.
pub fn overview(overview: &Overview, path: &str) {
    line(&format!("{}  {}", style(&overview.title).bold(), style(path).dim()));
    if overview.tasks.is_empty() {
        return line("  Nothing to hand in.");
    }
    let exercises = overview.counts(false);
    let [right, begun, untouched] = exercises;
    if exercises != [0; 3] {
        line(&format!("  Exercises  {}  {right} right, {begun} begun, {untouched} not begun", bar(exercises)));
    }
    let questions = overview.counts(true);
    let [written, unwritten @ ..] = questions;
    if questions != [0; 3] {
        let of = written + unwritten.iter().sum::<usize>();
        line(&format!("  Questions  {}  {written} of {of} answered in words", bar(questions)));
    }
    let (all, open) = overview.points();
    match overview.open().next() {
        Some(next) => {
            line(&format!("  {open} of {all} points open, {} left", minutes(overview.minutes())));
            line(&format!("  Next: {}", place(next)));
        }
        None => line("  All is done."),
    }
}

/// A chapter that the learner has no copy of.
pub fn unopened(name: &str, overview: &Overview) {
    line(&format!("{}  {}", style(&overview.title).bold(), style("not opened yet").dim()));
    if !overview.tasks.is_empty() {
        let (points, _) = overview.points();
        line(&format!("  {} tasks, {points} points, {}", overview.tasks.len(), minutes(overview.minutes())));
    }
    line(&format!("  `cargo run -- lab {name}` opens it."));
}

/// A notebook that says nothing.
pub fn unreadable(path: &str, error: &anyhow::Error) {
    // What is said of a machine begins with what it cannot do.
    let what = if error.is::<CannotCheck>() { "" } else { "cannot be read" };
    line(&format!("{}  {}", style(path).bold(), style(what).red()));
    // What to do must not be cut.
    println!("  {error:#}");
}

/// How cells are counted, below all overviews.
pub fn counted() {
    line(&style(COUNTED).dim().to_string());
}

fn place(task: &Task) -> String {
    let where_it_is = task.cell.map_or("its cell is gone".to_owned(), |cell| format!("cell {cell}"));
    let begun = if task.state == State::Begun { ", begun" } else { "" };
    let minutes = task.minutes.map(|minutes| format!(", {minutes} minutes")).unwrap_or_default();
    format!("{} ({where_it_is}{begun}{minutes})", task.title)
}

fn minutes(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, 1) => "about 1 minute".to_owned(),
        (0, minutes) => format!("about {minutes} minutes"),
        (hours, minutes) => format!("about {hours} h {minutes:02} min"),
    }
}

/// A bar in three parts. Whatever is there has at least one place in it.
fn bar(counts: [usize; 3]) -> String {
    let room = width().unwrap_or(80).saturating_sub(BESIDE_BAR).clamp(NARROWEST_BAR, WIDEST_BAR);
    let [done, begun, untouched] = shares(counts, room);
    let (done, begun) = (style("█".repeat(done)).green(), style("▒".repeat(begun)).yellow());
    format!("{done}{begun}{}", style("░".repeat(untouched)).dim())
}

fn shares(counts: [usize; 3], room: usize) -> [usize; 3] {
    let total = counts.iter().sum::<usize>().max(1);
    let mut shares = counts.map(|count| (count * room / total).max(usize::from(count > 0)));
    // The largest part takes what is left over, or gives what is too much.
    let largest = (0..3).max_by_key(|&part| counts[part]).unwrap_or(0);
    let others: usize = (0..3).filter(|&part| part != largest).map(|part| shares[part]).sum();
    shares[largest] = room.saturating_sub(others);
    shares
}

/// The width of the terminal, if there is one.
fn width() -> Option<usize> {
    let terminal = Term::stdout();
    terminal.features().is_attended().then(|| usize::from(terminal.size().1))
}

fn line(text: &str) {
    match width() {
        Some(width) if measure_text_width(text) > width => println!("{}", truncate_str(text, width, "…")),
        _ => println!("{text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_full_and_shows_each_part_that_there_is() {
        for counts in [[1, 0, 0], [0, 1, 99], [33, 33, 34], [1, 1, 1], [100, 1, 1], [0, 0, 7]] {
            for room in NARROWEST_BAR..=WIDEST_BAR {
                let shares = shares(counts, room);
                assert_eq!(shares.iter().sum::<usize>(), room, "{counts:?}");
                let shown = shares.map(|share| share > 0);
                assert_eq!(shown, counts.map(|count| count > 0), "{counts:?} in {room}");
            }
        }
    }

    #[test]
    fn minutes_become_hours() {
        assert_eq!(minutes(1), "about 1 minute");
        assert_eq!(minutes(59), "about 59 minutes");
        assert_eq!(minutes(125), "about 2 h 05 min");
    }
}
