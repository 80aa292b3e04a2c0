//! What waits for the engine, in its order. The first task has the turn.

use std::collections::VecDeque;

use serde_json::{Value, json};

use super::Progress;
use super::history::History;
use super::notice::Notice;
use super::printed::Printed;
use super::task::Task;
use super::voice::Voice;
use crate::jupyter::engine_protocol::{Answer, Failure, Request};

#[derive(Default)]
pub(super) struct Queue {
    tasks: VecDeque<Task>,
    /// Whether the engine has the first one.
    running: bool,
    /// Cells that come meanwhile are not to run.
    stopping: bool,
    /// The header of the newest cell: what threads print after its end is below it.
    newest: Value,
    printed: Printed,
    /// What the first cell shows while the engine is not there.
    notice: Option<Notice>,
    pub(super) history: History,
}

impl Queue {
    pub(super) fn add(&mut self, mut task: Task, voice: &Voice) {
        if self.stopping && task.is_cell() {
            return task.abort(voice);
        }
        if self.tasks.is_empty() {
            task.begin(voice);
        }
        self.tasks.push_back(task);
    }

    /// Whether nothing waits and nothing runs.
    pub(super) fn is_idle(&self) -> bool {
        self.tasks.is_empty()
    }

    /// Whether the engine runs a cell.
    pub(super) fn runs_cell(&self) -> bool {
        self.running && self.tasks.front().is_some_and(Task::is_cell)
    }

    /// Says below the first cell how far the preparation is.
    pub(super) fn show(&mut self, progress: &Progress, voice: &Voice) {
        let Some(task) = self.tasks.front().filter(|task| !task.is_silent()) else { return };
        let notice = self.notice.get_or_insert_with(|| Notice::new(task.header().clone()));
        if let Some((kind, content)) = notice.renew(progress) {
            voice.publish(kind, &notice.cell, &content);
        }
    }

    /// What the engine is to do next, if it has nothing to do.
    pub(super) fn next(&mut self, voice: &Voice) -> Option<Request> {
        if self.running {
            return None;
        }
        self.clear_notice(voice);
        let task = self.tasks.front_mut()?;
        self.running = true;
        if task.is_cell() {
            if task.is_counted() {
                self.history.add(task.code());
            }
            (self.newest, self.printed) = (task.header().clone(), Printed::default());
        }
        task.run(self.history.count(), voice);
        Some(task.question())
    }

    /// Whether the cells that wait are not to run after this answer.
    pub(super) fn stops_at(&self, answer: &Answer) -> bool {
        matches!(answer, Answer::Executed { failure: Some(_) })
            && self.running
            && self.tasks.front().is_some_and(Task::stops_on_error)
    }

    /// The engine's answer to the first task.
    pub(super) fn hear(&mut self, answer: Answer, voice: &Voice) {
        if let Answer::Printed { stream, text } = answer {
            let silent = self.runs_cell() && self.tasks.front().is_some_and(Task::is_silent);
            if !silent {
                let messages = self.printed.add(stream, text);
                self.publish(messages, voice);
            }
            return;
        }
        self.end_progress(voice);
        let Some(task) = self.tasks.front().filter(|_| self.running) else { return };
        match answer {
            Answer::Shown { data } => return task.show(&data, voice),
            Answer::Executed { failure: Some(failure) } => task.fail(&failure, voice),
            Answer::Executed { failure: None } => task.succeed(voice),
            Answer::Completed { start, end, names } => task.complete(start, end, &names, voice),
            Answer::Inspected { plain, html } => task.explain(plain.as_deref(), html.as_deref(), voice),
            Answer::Ready | Answer::Printed { .. } => return,
        }
        self.running = false;
        self.tasks.pop_front();
    }

    /// Ends all that wait: the first with an error, the other cells unseen, as after a mistake in a cell.
    pub(super) fn refuse(&mut self, failure: &Failure, voice: &Voice) {
        self.clear_notice(voice);
        self.end_progress(voice);
        self.running = false;
        if let Some(task) = self.tasks.pop_front() {
            task.fail(failure, voice);
        }
        self.tasks.drain(..).for_each(|mut task| task.abort(voice));
    }

    /// Ends the cells that wait, and those that come until [`Queue::go_on`], unseen. What else waits, waits on.
    pub(super) fn stop(&mut self, voice: &Voice) {
        self.stopping = true;
        let (mut cells, rest): (VecDeque<Task>, VecDeque<Task>) =
            std::mem::take(&mut self.tasks).into_iter().partition(Task::is_cell);
        self.tasks = rest;
        cells.iter_mut().for_each(|cell| cell.abort(voice));
    }

    /// Cells that come from now on run.
    pub(super) fn go_on(&mut self) {
        self.stopping = false;
    }

    fn end_progress(&mut self, voice: &Voice) {
        let messages = self.printed.end();
        self.publish(messages, voice);
    }

    /// Says something below the newest cell.
    fn publish(&self, messages: Vec<(&str, Value)>, voice: &Voice) {
        messages.into_iter().for_each(|(kind, content)| voice.publish(kind, &self.newest, &content));
    }

    fn clear_notice(&mut self, voice: &Voice) {
        if let Some(notice) = self.notice.take()
            && notice.is_shown()
        {
            voice.publish("clear_output", &notice.cell, &json!({"wait": false}));
        }
    }
}
