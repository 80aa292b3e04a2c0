//! A run with adaptive steps: the samples, events and quartics of every step.

use super::System;
use super::dormand_prince::{Bounds, Stepper, within};
use super::events::{self, Event};
use super::rk45::{Dense, Rk45, Solution, from_samples};
use crate::parameters::{all_finite, finite, fits_in_memory, positive};
use crate::{Error, Result, Trajectory};
use ndarray::Array1;

/// Below this a relative tolerance asks for digits that f64 does not have.
const LEAST_RTOL: f64 = 100.0 * f64::EPSILON;

/// Runs the system over the span of time.
pub fn solve(system: System, t_span: (f64, f64), options: &Rk45) -> Result<Solution> {
    let (t_start, t_end) = t_span;
    let wanted = options.t_eval.as_deref();
    let bounds = bounds(&system, t_span, options)?;
    check_samples(wanted, t_span)?;
    fits_in_memory(system.initial.len(), wanted.map_or(0, <[f64]>::len))?;
    let mut run = Stepper::new(system.rule, t_start, system.initial.clone(), bounds, options.first_step);
    all_finite("the rate at the start, x0", run.rate())?;

    let mut kept = Samples::new(wanted, t_start, &system.initial);
    let mut watch = Watch::new(&options.events, t_start, &system.initial);
    let mut dense = options.dense_output.then(Dense::default);
    let mut step_times = vec![t_start];
    let numbers_a_step = if dense.is_some() { 6 } else { 1 } * (1 + system.initial.len());
    let (mut quartic, mut stopped_by, mut at_stop) = (Vec::new(), None, system.zeros());
    while !run.finished() && stopped_by.is_none() {
        if !run.step() {
            if system.keep_divergence {
                break;
            }
            return Err(diverges(&system, &run, t_end));
        }
        fits_in_memory(numbers_a_step, step_times.len())?;
        quartic.clear();
        let step = (run.t_old, run.t);
        let happens = watch.happens(step.1, &run.x);
        if dense.is_some() || happens || kept.wants(step.1) {
            run.quartic(&mut quartic);
        }
        if let Some(dense) = &mut dense {
            dense.states.extend(&run.x_old);
            dense.quartics.extend(&quartic);
            dense.lengths.push(step.1 - step.0);
        }
        let inside = |t: f64, out: &mut [f64]| within(t - step.0, step.1 - step.0, &run.x_old, &quartic, out);
        let stop = watch.note(step, &inside);
        match stop {
            None => kept.add(step.1, &run.x, &inside),
            Some((_, t)) => {
                inside(t, &mut at_stop);
                kept.add(t, &at_stop, &inside);
            }
        }
        step_times.push(stop.map_or(step.1, |(_, t)| t));
        stopped_by = stop.map(|(event, _)| event);
    }
    Ok(Solution {
        trajectory: from_samples(kept.times, &kept.states, system.names.clone())?,
        events: watch.happened(&system.names)?,
        stopped_by,
        evaluations: run.evaluations,
        rejected: run.rejected,
        step_times: Array1::from_vec(step_times),
        dense,
    })
}

fn bounds(system: &System, (t_start, t_end): (f64, f64), options: &Rk45) -> Result<Bounds> {
    finite("the start of t_span", t_start)?;
    finite("the end of t_span", t_end)?;
    crate::parameters::not_negative("rtol", options.rtol)?;
    for atol in &options.atol {
        crate::parameters::not_negative("atol", *atol)?;
    }
    let variables = system.initial.len();
    let atol = match options.atol[..] {
        [one] => vec![one; variables],
        ref each if each.len() == variables => each.to_vec(),
        ref each => {
            return Err(Error::new(format!(
                "atol has {} values and the state {variables}: give one number, or one for each variable",
                each.len()
            )));
        }
    };
    if options.max_step != f64::INFINITY {
        positive("max_step", options.max_step)?;
    }
    if let Some(first_step) = options.first_step {
        positive("first_step", first_step)?;
        if first_step > (t_end - t_start).abs() {
            return Err(Error::new(format!(
                "first_step is {first_step}, longer than the whole run: give a smaller one"
            )));
        }
    }
    Ok(Bounds { rtol: options.rtol.max(LEAST_RTOL), atol, max_step: options.max_step, t_end })
}

fn check_samples(wanted: Option<&[f64]>, (t_start, t_end): (f64, f64)) -> Result<()> {
    let Some(times) = wanted else { return Ok(()) };
    let (low, high) = (t_start.min(t_end), t_start.max(t_end));
    if let Some(t) = times.iter().find(|t| !(low..=high).contains(*t)) {
        return Err(Error::new(format!("t_eval has {t}, outside of the run: give times from {low} to {high}")));
    }
    let forward = t_end >= t_start;
    if let Some(pair) = times.windows(2).find(|pair| pair[0] == pair[1] || (pair[0] < pair[1]) != forward) {
        return Err(Error::new(format!(
            "t_eval has {} and then {}: give each time once, in the order of the run",
            pair[0], pair[1]
        )));
    }
    Ok(())
}

fn diverges(system: &System, run: &Stepper, t_end: f64) -> Error {
    let largest = (0..run.x.len()).max_by(|i, j| run.x[*i].abs().total_cmp(&run.x[*j].abs())).unwrap_or(0);
    Error::new(format!(
        "{} is {} at t = {}, and no step from there is short enough: the run diverges or its rule jumps; end it earlier than {t_end}, or look at rule, parameters and x0",
        system.names[largest], run.x[largest], run.t
    ))
}

/// The samples to keep: at the wanted times, or at the start and after every step.
struct Samples<'a> {
    wanted: Option<&'a [f64]>,
    times: Vec<f64>,
    states: Vec<f64>,
}

impl<'a> Samples<'a> {
    fn new(wanted: Option<&'a [f64]>, t: f64, x: &[f64]) -> Samples<'a> {
        let mut samples = Samples { wanted, times: Vec::new(), states: Vec::new() };
        match wanted {
            Some(wanted) => {
                samples.times.reserve(wanted.len());
                samples.states.reserve(wanted.len() * x.len());
                if wanted.first() == Some(&t) {
                    samples.keep(t, x);
                }
            }
            None => samples.keep(t, x),
        }
        samples
    }

    fn keep(&mut self, t: f64, x: &[f64]) {
        self.times.push(t);
        self.states.extend(x);
    }

    /// Whether the next wanted time is not after `t`, in the order of the run.
    fn wants(&self, t: f64) -> bool {
        self.next(t).is_some()
    }

    fn next(&self, t: f64) -> Option<f64> {
        let wanted = self.wanted?;
        let forward = wanted.len() < 2 || wanted[0] < wanted[1];
        let next = *wanted.get(self.times.len())?;
        (next == t || (next < t) == forward).then_some(next)
    }

    /// Adds what is wanted up to the state `x` at `t`.
    fn add(&mut self, t: f64, x: &[f64], inside: &impl Fn(f64, &mut [f64])) {
        if self.wanted.is_none() {
            return self.keep(t, x);
        }
        while let Some(next) = self.next(t) {
            let filled = self.states.len();
            self.times.push(next);
            self.states.resize(filled + x.len(), 0.0);
            inside(next, &mut self.states[filled..]);
        }
    }
}

/// What the events are doing.
struct Watch<'a> {
    events: &'a [Event],
    before: Vec<f64>,
    now: Vec<f64>,
    seen: Vec<(Vec<f64>, Vec<f64>)>,
    state: Vec<f64>,
}

impl<'a> Watch<'a> {
    fn new(events: &'a [Event], t: f64, x: &[f64]) -> Watch<'a> {
        let before: Vec<f64> = events.iter().map(|event| event.value(t, x)).collect();
        let seen = vec![Default::default(); events.len()];
        Watch { events, now: before.clone(), before, seen, state: vec![0.0; x.len()] }
    }

    /// Whether an event happens in the step to the state `x` at `t`.
    fn happens(&mut self, t: f64, x: &[f64]) -> bool {
        std::mem::swap(&mut self.before, &mut self.now);
        self.now.iter_mut().zip(self.events).for_each(|(now, event)| *now = event.value(t, x));
        self.active().next().is_some()
    }

    fn active(&self) -> impl Iterator<Item = usize> {
        let changes = self.before.iter().zip(&self.now).zip(self.events);
        changes.enumerate().filter(|(_, ((before, now), event))| event.happens_between(**before, **now)).map(|(i, _)| i)
    }

    /// Notes the events of a step in their order; the one that ends the run, and when.
    fn note(&mut self, (t_old, t): (f64, f64), inside: &impl Fn(f64, &mut [f64])) -> Option<(usize, f64)> {
        let mut roots = Vec::new();
        for event in self.active().collect::<Vec<usize>>() {
            let state = &mut self.state;
            let mut value = |t: f64| {
                inside(t, state);
                self.events[event].value(t, state)
            };
            roots.push((events::root(&mut value, t_old, t), event));
        }
        roots.sort_by(|(one, _), (other, _)| if t > t_old { one.total_cmp(other) } else { other.total_cmp(one) });
        for (root, event) in roots {
            inside(root, &mut self.state);
            let (times, states) = &mut self.seen[event];
            times.push(root);
            states.extend(&self.state);
            if self.events[event].stops_at(times.len()) {
                return Some((event, root));
            }
        }
        None
    }

    fn happened(self, names: &[String]) -> Result<Vec<Trajectory>> {
        self.seen.into_iter().map(|(times, states)| from_samples(times, &states, names.to_vec())).collect()
    }
}
