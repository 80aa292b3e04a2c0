//! A notebook in parts, and whose each is. Nearly always a part is a cell. Where ids and roles are lost, lines tell, and a
//! cell that several were merged into is several parts.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;

use super::known::{Known, Owner, plain};
use super::lines::{Lines, Of};
use super::words;
use crate::chapter::Chapter;
use crate::chapter::invitation::is_invitation;
use crate::notebook::picture::Picture;
use crate::notebook::{Cell, Notebook};

/// Nobody's notebook has more places at which another cell of the chapter begins.
const MOST_RUNS: usize = 100_000;
/// Nor more lines: those below them are not looked at.
const MOST_LINES: usize = 200_000;

/// A part of a cell, or all of it.
pub(super) struct Part {
    /// The cell's place in the notebook.
    pub(super) cell: usize,
    /// Where in its text, if it is not all.
    pub(super) range: Option<Range<usize>>,
    pub(super) owner: Owner,
}

impl Part {
    pub(super) fn text(&self, cell: &Cell) -> String {
        let text = cell.source();
        match &self.range {
            Some(range) => text[range.clone()].trim().to_owned(),
            None => text,
        }
    }

    /// Whether it is words: code is none, unless it is nothing but comments and texts.
    pub(super) fn is_words(&self, cell: &Cell, known: &Known) -> bool {
        !cell.is_code() || known.takes_apart && words::is_words(&self.text(cell))
    }

    /// The pictures of its cell that it shows; those that nothing in the cell shows count for each part.
    pub(super) fn pictures(&self, cell: &Cell) -> Vec<Picture> {
        // A question that is gone left no text, and no picture.
        if self.range.as_ref().is_some_and(Range::is_empty) {
            return Vec::new();
        }
        let mut pictures = cell.pictures();
        if let Some(range) = self.range.clone().filter(|_| !pictures.is_empty()) {
            let text = cell.source();
            let shows = |text: &str, picture: &Picture| text.contains(&format!("attachment:{}", picture.name));
            pictures.retain(|picture| shows(&text[range.clone()], picture) || !shows(&text, picture));
        }
        pictures
    }
}

/// Where, in a cell, lines of one piece of the chapter begin.
struct Run {
    cell: usize,
    start: usize,
    of: Of,
    /// Its place among the chapter's pieces. Folded help is known by more than single lines, and needs none.
    piece: Option<usize>,
    /// The numbers of the lines.
    lines: BTreeSet<usize>,
    is_strong: bool,
    /// Whether nothing of the learner's is above it in the cell.
    is_first: bool,
}

/// The notebook, part by part.
pub(super) fn parts(notebook: &Notebook, chapter: &Chapter, made: &Notebook, known: &Known) -> Vec<Part> {
    let marked: Vec<Option<Owner>> = notebook.cells.iter().map(|cell| known.by_mark(cell, &cell.source())).collect();
    let asked: BTreeSet<&str> = marked.iter().flatten().filter_map(Owner::asks).collect();
    let (prose_is_lost, roles_are_lost) = (known.has_lost_prose(notebook), known.has_lost_roles(notebook));
    let mut cuts: BTreeMap<usize, Vec<Run>> = BTreeMap::new();
    // A question that a cell has by its id or its role is there, and nowhere else.
    if prose_is_lost || roles_are_lost || known.stubs.keys().any(|id| !asked.contains(id.as_str())) {
        let lines = Lines::of(chapter, made);
        let may_be = |of: &Of, is_marked: bool| match of {
            Of::Question(id) => !asked.contains(id.as_str()),
            Of::Prose { .. } => prose_is_lost && !is_marked,
            Of::Help(_) | Of::Fixed => roles_are_lost && !is_marked,
        };
        let (mut runs, mut room) = (Vec::new(), MOST_LINES);
        for (place, cell) in notebook.cells.iter().enumerate() {
            let (is_marked, text) = (marked[place].is_some(), cell.source());
            let Some(left) = room.checked_sub(text.lines().count()) else { break };
            room = left;
            if !(is_marked && cell.is_code()) {
                let helps = roles_are_lost && !is_marked;
                find_runs(place, &text, &lines, |of| may_be(of, is_marked), helps, &mut runs);
            }
        }
        for run in genuine(runs, &lines) {
            cuts.entry(run.cell).or_default().push(run);
        }
    }
    let mut parts = Vec::new();
    for ((place, cell), mark) in notebook.cells.iter().enumerate().zip(marked) {
        match (cuts.remove(&place), mark) {
            (None, Some(owner)) => parts.push(Part { cell: place, range: None, owner }),
            (None, None) => {
                parts.push(Part { cell: place, range: None, owner: known.by_text(cell, cell.source()) });
            }
            (Some(runs), mark) => parts.extend(cut_cell(place, cell, runs, mark.is_some(), known)),
        }
    }
    find_replaced(&mut parts, notebook, known);
    parts
}

impl Owner {
    /// The question that it is.
    pub(super) fn asks(&self) -> Option<&str> {
        match self {
            Owner::Question(id) => Some(id),
            _ => None,
        }
    }
}

/// Finds the questions of which nothing is left, where something is in their place: between the chapter's prose and their
/// hints, or in that prose. Below another question or its hints it may be the answer to that, unless it invites to write.
fn find_replaced(parts: &mut Vec<Part>, notebook: &Notebook, known: &Known) {
    let mut found: BTreeSet<String> = parts.iter().filter_map(|part| part.owner.asks()).map(str::to_owned).collect();
    if found.len() == known.stubs.len() {
        return;
    }
    let (mut last, mut is_below_question, mut is_below_edited) = (None, false, false);
    let mut in_prose = Vec::new();
    for place in 0..parts.len() {
        match &parts[place].owner {
            Owner::Empty => continue,
            Owner::Learner(_) => {
                let is_words = parts[place].is_words(&notebook.cells[parts[place].cell], known);
                last = is_words.then_some(place).or(last);
                continue;
            }
            Owner::Help(of, _) if known.stubs.contains_key(of) && found.insert(of.clone()) => {
                let of = of.clone();
                let invites = |place: usize| notebook.cells[parts[place].cell].source().lines().any(is_invitation);
                match last.filter(|&last| !is_below_question || invites(last)) {
                    Some(last) => parts[last].owner = Owner::Question(of),
                    None if is_below_edited => in_prose.push((place, of)),
                    None => {}
                }
            }
            _ => {}
        }
        is_below_question = matches!(parts[place].owner, Owner::Question(_) | Owner::Help(..));
        is_below_edited = matches!(parts[place].owner, Owner::Edited(_));
        last = None;
    }
    // Of these the place is there, with no text of its own: what is above it is read for it, as above any question.
    for (place, of) in in_prose.into_iter().rev() {
        let cell = parts[place - 1].cell;
        let end = notebook.cells[cell].source().len();
        parts.insert(place, Part { cell, range: Some(end..end), owner: Owner::Question(of) });
    }
}

/// Where the lines of a text begin to be another piece's.
fn find_runs(cell: usize, text: &str, lines: &Lines, may_be: impl Fn(&Of) -> bool, helps: bool, runs: &mut Vec<Run>) {
    let (first, mut start, mut is_first) = (runs.len(), 0, true);
    // Where something is folded away, and whether the chapter's own words head it.
    let mut folded: Option<(usize, bool)> = None;
    let mut is_in_help = false;
    for whole in text.split_inclusive('\n') {
        let (line, at) = (plain(whole), start);
        start += whole.len();
        if line.is_empty() || runs.len() >= MOST_RUNS {
            continue;
        }
        if is_in_help {
            is_in_help = line != "</details>";
            continue;
        }
        if helps && line == "<details>" {
            folded = Some((at, false));
            continue;
        }
        if let Some((begin, is_headed)) = folded {
            if lines.is_summary(line) {
                folded = Some((begin, true));
                continue;
            }
            folded = None;
            if let Some(exercise) = lines.helps(line).filter(|_| is_headed) {
                let of = Of::Help(exercise.to_owned());
                let lines = BTreeSet::new();
                runs.push(Run { cell, start: begin, of, piece: None, lines, is_strong: true, is_first });
                (is_in_help, is_first) = (true, false);
                continue;
            }
        }
        let Some(told) = lines.tells(line).filter(|told| may_be(&lines.pieces[told.piece].of)) else {
            is_first = false;
            continue;
        };
        let goes_on = runs[first..].last().is_some_and(|run| run.piece == Some(told.piece));
        if !goes_on {
            let of = lines.pieces[told.piece].of.clone();
            let (piece, lines) = (Some(told.piece), BTreeSet::new());
            runs.push(Run { cell, start: at, of, piece, lines, is_strong: false, is_first });
            is_first = false;
        }
        if let Some(run) = runs.last_mut() {
            run.lines.insert(told.number);
            run.is_strong |= told.is_strong;
        }
    }
}

/// The runs that are the chapter's, and not a line of it that somebody quotes elsewhere.
fn genuine(runs: Vec<Run>, lines: &Lines) -> Vec<Run> {
    let mut order: Vec<usize> = (0..runs.len()).collect();
    order.sort_by_key(|&place| {
        let run = &runs[place];
        (Reverse(run.is_strong), Reverse(run.lines.len()), !run.is_first, place)
    });
    let (mut claimed, mut strong) = (HashSet::new(), HashSet::new());
    let mut is_genuine = vec![false; runs.len()];
    for place in order {
        let run = &runs[place];
        let Some(number) = run.piece else {
            is_genuine[place] = true;
            continue;
        };
        let piece = &lines.pieces[number];
        let is_copy =
            matches!(piece.of, Of::Question(_)) && run.is_first && 2 * run.lines.len() >= piece.lines - piece.weak;
        let is_new = run.lines.iter().any(|line| !claimed.contains(line));
        // The labels of a question are anybody's words; a line of code is often used again.
        let is_enough = match (run.is_strong, &piece.of) {
            (false, _) => !strong.contains(&number) && 2 * run.lines.len() >= piece.weak,
            (true, Of::Prose { is_code: true, .. }) => 2 * run.lines.len() >= piece.lines,
            (true, _) => true,
        };
        if is_enough && (is_new || is_copy) {
            is_genuine[place] = true;
            claimed.extend(run.lines.iter().copied());
            strong.extend(run.is_strong.then_some(number));
        }
    }
    runs.into_iter().zip(is_genuine).filter_map(|(run, is_genuine)| is_genuine.then_some(run)).collect()
}

/// A cell, part by part: what is above the first run belongs to that, unless the cell has an owner already.
fn cut_cell(place: usize, cell: &Cell, mut runs: Vec<Run>, is_marked: bool, known: &Known) -> Vec<Part> {
    let text = cell.source();
    runs.dedup_by(|next, run| next.of == run.of);
    let mut parts = Vec::new();
    let part = |range: Range<usize>, owner: Owner| Part { cell: place, range: Some(range), owner };
    if is_marked {
        let above = 0..runs[0].start;
        parts.extend(known.by_mark(cell, &text[above.clone()]).map(|owner| part(above, owner)));
    } else {
        runs[0].start = 0;
    }
    let ends = runs.iter().skip(1).map(|run| run.start).chain([text.len()]);
    let ranges: Vec<Range<usize>> = runs.iter().zip(ends).map(|(run, end)| run.start..end).collect();
    for (run, range) in runs.iter().zip(ranges) {
        let owner = run.of.owner(&text[range.clone()], known);
        parts.push(part(range, owner));
    }
    if let [only] = parts.as_mut_slice() {
        only.range = None;
    }
    parts
}
