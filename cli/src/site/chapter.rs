//! A chapter as a page: what the learner reads, with the outputs of a kernel in which all answers were right.

use std::ops::Range;

use maud::{Markup, PreEscaped, html};

use super::Page;
use super::about_page::About;
use super::spoilers;
use crate::chapter::invitation::is_invitation;
use crate::chapter::{Cell, Chapter, Exercise, Kind, Region, Variant};
use crate::notebook::Notebook;
use crate::page::markdown;
use crate::page::markdown::{Links, Prose};
use crate::page::outputs;

/// The page of a chapter. `ran` is its solution notebook with outputs, cell for cell.
pub fn page(chapter: &Chapter, ran: &Notebook, about: &About, graded: bool) -> Page {
    let links = |address: &str| about.link(address);
    let withheld = if graded { spoilers::outputs(chapter) } else { vec![false; chapter.cells.len()] };
    let mut writer = Writer::new(chapter, ran, &withheld, graded, &links);
    let mut blocks = Vec::new();
    let mut next = 0;
    while next < chapter.cells.len() {
        let end = writer.block_end(next);
        blocks.push(writer.block(next..end));
        next = end;
    }
    let (sections, description) = (writer.prose.sections, writer.description);
    let body = html! {
        @for (index, block) in blocks.into_iter().enumerate() {
            (block)
            // Below the chapter's title and its first words.
            @if index == 0 { (note(chapter, about.course.short_name(&chapter.name), graded)) }
        }
    };
    Page {
        file: format!("{}.html", chapter.name),
        name: chapter.title.clone(),
        number: chapter.name.split('_').next().map(str::to_owned),
        description,
        sections,
        body,
    }
}

/// How to work on what is here to be read.
fn note(chapter: &Chapter, short_name: &str, graded: bool) -> Markup {
    let asks = chapter.exercises().next().is_some();
    html! {
        aside.note {
            p {
                @if asks { "To fill in the blanks and have them checked" } @else { "To change its cells and run them" }
                ", open this chapter in the workbook: " code { "cargo run -- lab " (short_name) } ". "
                @if graded && asks { "What your own code will show is left out here." }
                @else { "Here every cell has run already, and the sliders move." }
            }
        }
    }
}

struct Writer<'a> {
    chapter: &'a Chapter,
    ran: &'a Notebook,
    /// The cells whose outputs are left out.
    withheld: &'a [bool],
    graded: bool,
    prose: Prose<'a>,
    description: String,
}

impl<'a> Writer<'a> {
    fn new(
        chapter: &'a Chapter,
        ran: &'a Notebook,
        withheld: &'a [bool],
        graded: bool,
        links: &'a Links<'a>,
    ) -> Writer<'a> {
        let first = chapter.cells.first().map(|cell| cell.text(Variant::Student)).unwrap_or_default();
        let below_title: Vec<&str> =
            first.lines().skip_while(|line| line.starts_with('#') || line.is_empty()).collect();
        let paragraph = below_title.split(|line| line.is_empty()).next().unwrap_or_default().join(" ");
        let description = markdown::plain(&paragraph);
        Writer { chapter, ran, withheld, graded, prose: Prose::new(links), description }
    }

    /// Where the cells end that belong together from this one on: those of one exercise do.
    fn block_end(&self, first: usize) -> usize {
        let cells = &self.chapter.cells;
        match cells[first].exercise() {
            Some(exercise) => {
                let others = cells[first..].iter().position(|cell| cell.exercise() != Some(exercise));
                others.map_or(cells.len(), |count| first + count)
            }
            None => first + 1,
        }
    }

    fn block(&mut self, cells: Range<usize>) -> Markup {
        let cell = &self.chapter.cells[cells.start];
        match &cell.kind {
            Kind::Markdown => {
                let text = self.prose.html(&cell.text(Variant::Student));
                html! { div.prose { (PreEscaped(text)) } }
            }
            Kind::Code => html! { div.code { (self.code(cell)) (self.shown(cells.start)) } },
            Kind::Exercise(_) | Kind::Text(_) | Kind::Check { .. } | Kind::Hint { .. } => self.exercise(cells),
        }
    }

    fn exercise(&mut self, cells: Range<usize>) -> Markup {
        let chapter = self.chapter;
        let id = chapter.cells[cells.start].exercise().unwrap_or_default();
        let asking = chapter.cells.iter().find(|cell| cell.asks().is_some_and(|asked| asked.id == id));
        let is_last = !chapter.cells[cells.end..].iter().any(|cell| cell.exercise() == Some(id));
        let asked = chapter.cells[cells.clone()].iter().find_map(Cell::asks);
        let parts: Vec<Markup> = cells.clone().map(|index| self.part(index)).collect();
        html! {
            section.exercise id=[asked.map(|_| format!("exercise-{id}"))] aria-label=(self.title(id)) {
                @if let (Some(asked), Some(asking)) = (asked, asking) { (task(asking, asked)) }
                @for part in parts { (part) }
                @if is_last && !self.graded && let Some(asking) = asking { (self.solution(asking, id)) }
            }
        }
    }

    /// A cell of an exercise, as the learner gets it.
    fn part(&mut self, index: usize) -> Markup {
        let cell = &self.chapter.cells[index];
        match &cell.kind {
            Kind::Hint { level, .. } => {
                let hint = self.prose.folded(&cell.text(Variant::Student));
                html! { details { summary { "Hint " (level) } div.prose { (PreEscaped(hint)) } } }
            }
            Kind::Text(_) | Kind::Markdown => {
                let question = self.prose.html(&question(cell));
                html! { div.prose { (PreEscaped(question)) } }
            }
            Kind::Exercise(_) | Kind::Code | Kind::Check { .. } => self.code(cell),
        }
    }

    /// The folded solution, with what it shows and what the check says of it.
    fn solution(&mut self, asking: &Cell, id: &str) -> Markup {
        if asking.is_markdown() {
            let answer = self.prose.folded(&asking.answers());
            return html! { details.solution { summary { "Model answer" } div.prose { (PreEscaped(answer)) } } };
        }
        let of_exercise = |kind: &Kind| match kind {
            Kind::Exercise(exercise) => exercise.id == id,
            Kind::Check { exercise } => exercise == id,
            _ => false,
        };
        let cells = self.chapter.cells.iter().zip(&self.ran.cells);
        let ran = cells.filter(|(cell, _)| of_exercise(&cell.kind)).map(|(_, ran)| outputs(ran));
        html! {
            details.solution {
                summary { "Solution" }
                (PreEscaped(markdown::block(&asking.text(Variant::Solution))))
                @for shown in ran { (shown) }
            }
        }
    }

    fn code(&mut self, cell: &Cell) -> Markup {
        let code = cell.text(Variant::Student);
        self.prose.keep(&code);
        let block = PreEscaped(markdown::block(&code));
        match &cell.folded {
            Some(title) => html! { details.folded { summary { (title) } (block) } },
            None => block,
        }
    }

    /// What a cell showed.
    fn shown(&self, index: usize) -> Markup {
        let Some(ran) = self.ran.cells.get(index) else { return Markup::default() };
        if self.withheld[index] && !ran.outputs().is_empty() {
            return html! { p.withheld { "What this shows, it makes with your own code." } };
        }
        outputs(ran)
    }

    /// What a listener is told that an exercise is.
    fn title(&self, id: &str) -> String {
        let specified = self.chapter.specifications().find(|(exercise, _)| exercise.id == id);
        let titled = specified.and_then(|(_, specification)| specification.title.clone());
        let asking = self.chapter.cells.iter().find(|cell| cell.asks().is_some_and(|asked| asked.id == id));
        match (titled, asking) {
            (Some(title), _) => title,
            (None, Some(asking)) if asking.is_markdown() => asking.question(),
            _ => format!("Exercise {id}"),
        }
    }
}

/// A question in words, with what its answer is to be divided into. How an answer is written is so in a notebook alone.
fn question(cell: &Cell) -> String {
    let shown = cell.regions.iter().flat_map(|region| match region {
        Region::Common(lines) => lines.iter().collect::<Vec<_>>(),
        Region::Blank { stub, .. } => stub.iter().filter(|line| !is_invitation(line)).collect(),
    });
    shown.map(String::as_str).collect::<Vec<_>>().join("\n")
}

/// What is to be done, how long it takes and what it is worth.
fn task(asking: &Cell, asked: &Exercise) -> Markup {
    let counted = |count: u32, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    html! {
        p.task {
            strong { @if asking.is_markdown() { "In your words" } @else { "Your turn" } }
            @if let Some(minutes) = asked.minutes { span { (counted(minutes, "minute")) } }
            @if asked.points > 0 { span { (counted(asked.points, "point")) } }
        }
    }
}
