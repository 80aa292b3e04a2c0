//! A run with adaptive steps: the samples, events and quartics of every step.

use super::dormand_prince::{DormandPrince, interpolate};
use super::events::{self, Event};
use super::options::{Adaptive, Method, Options};
use super::radau::Radau;
use super::solution::{Dense, Solution, from_samples};
use super::stepper::{Bounds, Step, Stepper};
use super::{Integrator, System};
use crate::validate::{all_finite, clamped, ensure_fits, finite, not_negative, one_or_each, positive};
use crate::{Error, Result, Trajectory};
use ndarray::Array1;

/// Below this a relative tolerance asks for digits that f64 does not have.
const LEAST_RTOL: f64 = 100.0 * f64::EPSILON;

impl<M: Method> Integrator for Adaptive<M> {
    fn integrate(&mut self, system: System, duration: f64) -> Result<Trajectory> {
        simulate(system, duration, &self.options)
    }
}

/// Runs the system from time 0 on.
pub fn simulate(system: System, duration: f64, options: &Options) -> Result<Trajectory> {
    not_negative("duration", duration)?;
    Ok(solve(system, (0.0, duration), options)?.trajectory)
}

/// Runs the system over the span of time.
pub fn solve(system: System, t_span: (f64, f64), options: &Options) -> Result<Solution> {
    let (t_start, t_end) = t_span;
    let variables = system.initial.len();
    let bounds = bounds(&system, t_span, options)?;
    let wanted = options.t_eval.as_deref().map(|times| requested(times, t_span)).transpose()?;
    if let Some(wanted) = &wanted {
        ensure_fits("the states at the times of t_eval", variables, wanted.len(), "give fewer times")?;
    }
    let (rule, x0, first_step) = (system.rule, system.initial.clone(), options.first_step);
    let mut run: Box<dyn Stepper> = if options.implicit {
        ensure_fits("the equations of a step", 3 * variables, 3 * variables, "take Rk45 for so many variables")?;
        Box::new(Radau::new(rule, t_start, x0, bounds, first_step))
    } else {
        Box::new(DormandPrince::new(rule, t_start, x0, bounds, first_step))
    };
    all_finite("the rate at the start, x0", run.rate())?;

    let mut kept = Samples::new(wanted, t_end >= t_start, t_start, &system.initial);
    let mut tracker = EventTracker::new(&options.events, t_start, &system.initial);
    let mut dense = options.dense_output.then(Dense::default);
    let mut step_times = vec![t_start];
    let (mut quartic, mut stopped_by, mut at_stop) = (Vec::new(), None, system.zeros());
    while run.last().t != t_end && stopped_by.is_none() {
        if step_times.len() > options.step_limit {
            return Err(too_many_steps(run.last(), t_span, options));
        }
        if !run.step() {
            if system.keep_divergence {
                break;
            }
            return Err(no_step(&system, run.last(), t_end, options));
        }
        let last = run.last();
        quartic.clear();
        let step = (last.t_old, last.t);
        let crosses = tracker.crosses_zero(step.1, &last.x);
        if dense.is_some() || crosses || kept.is_due(step.1) {
            run.quartic(&mut quartic);
        }
        if let Some(dense) = &mut dense {
            dense.states.extend(&last.x_old);
            dense.quartics.extend(&quartic);
            dense.lengths.push(step.1 - step.0);
        }
        let inside = |t: f64, out: &mut [f64]| interpolate(t - step.0, step.1 - step.0, &last.x_old, &quartic, out);
        let stop = tracker.record(step, &inside);
        match stop {
            None => kept.add(step.1, &last.x, &inside),
            Some((_, t)) => {
                inside(t, &mut at_stop);
                kept.add(t, &at_stop, &inside);
            }
        }
        step_times.push(stop.map_or(step.1, |(_, t)| t));
        stopped_by = stop.map(|(event, _)| event);
        let numbers = step_times.len() + kept.numbers() + tracker.numbers() + dense.as_ref().map_or(0, Dense::numbers);
        ensure_fits("what is kept of the solution", 1, numbers, WAY_OUT_OF_MEMORY)?;
    }
    let (evaluations, rejected) = (run.last().evaluations, run.last().rejected);
    Ok(Solution {
        trajectory: from_samples(kept.times, &kept.states, system.names.clone())?,
        events: tracker.happened(&system.names)?,
        stopped_by,
        evaluations,
        rejected,
        step_times: Array1::from_vec(step_times),
        dense,
    })
}

const WAY_OUT_OF_MEMORY: &str =
    "give the times that you want with t_eval, larger tolerances, no dense_output or an earlier end";

fn bounds(system: &System, (t_start, t_end): (f64, f64), options: &Options) -> Result<Bounds> {
    finite("the start of t_span", t_start)?;
    finite("the end of t_span", t_end)?;
    not_negative("rtol", options.rtol)?;
    let atol = one_or_each("atol", &options.atol, system.initial.len())?;
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

/// The times of `t_eval`, without what rounding put beyond the ends of the run.
fn requested(times: &[f64], (t_start, t_end): (f64, f64)) -> Result<Vec<f64>> {
    let times: Vec<f64> = times.iter().map(|t| clamped(*t, t_start, t_end)).collect();
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
    Ok(times)
}

fn no_step(system: &System, last: &Step, t_end: f64, options: &Options) -> Error {
    let largest = (0..last.x.len()).max_by(|i, j| last.x[*i].abs().total_cmp(&last.x[*j].abs())).unwrap_or(0);
    // Explicit steps can throw the state of a stiff rule off so far that it explodes, though its solution does not.
    let why = if options.implicit {
        "the run diverges or its rule jumps; "
    } else {
        "the run diverges, its rule jumps, or its rule is stiff: then take Radau::new(), or smaller rtol and atol; otherwise "
    };
    Error::new(format!(
        "{} is {} at t = {}, and no step from there is short enough: {why}end it earlier than {t_end}, or look at rule, \
         parameters and x0",
        system.names[largest], last.x[largest], last.t
    ))
}

fn too_many_steps(last: &Step, (t_start, t_end): (f64, f64), options: &Options) -> Error {
    let limit = options.step_limit;
    let way_out = if options.implicit { "" } else { "the rule may be stiff: solve it with Radau::new(); else " };
    Error::new(format!(
        "{limit} steps have only come from t = {t_start} to {} of {t_end}: {way_out}give larger rtol and atol, an earlier end, or \
         a larger step_limit",
        last.t
    ))
}

/// The samples to keep: at the wanted times, or at the start and after every step.
struct Samples {
    wanted: Option<Vec<f64>>,
    forward: bool,
    times: Vec<f64>,
    states: Vec<f64>,
}

impl Samples {
    fn new(wanted: Option<Vec<f64>>, forward: bool, t: f64, x: &[f64]) -> Samples {
        let room = wanted.as_ref().map_or(0, Vec::len);
        let starts = wanted.as_ref().is_none_or(|wanted| wanted.first() == Some(&t));
        let (times, states) = (Vec::with_capacity(room), Vec::with_capacity(room * x.len()));
        let mut samples = Samples { wanted, forward, times, states };
        if starts {
            samples.push(t, x);
        }
        samples
    }

    fn numbers(&self) -> usize {
        self.times.len() + self.states.len()
    }

    fn push(&mut self, t: f64, x: &[f64]) {
        self.times.push(t);
        self.states.extend(x);
    }

    /// Whether the next wanted time is not after `t`, in the order of the run.
    fn is_due(&self, t: f64) -> bool {
        self.next(t).is_some()
    }

    fn next(&self, t: f64) -> Option<f64> {
        let next = *self.wanted.as_ref()?.get(self.times.len())?;
        (next == t || (next < t) == self.forward).then_some(next)
    }

    /// Adds what is wanted up to the state `x` at `t`.
    fn add(&mut self, t: f64, x: &[f64], inside: &impl Fn(f64, &mut [f64])) {
        if self.wanted.is_none() {
            return self.push(t, x);
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
struct EventTracker<'a> {
    events: &'a [Event],
    at_start: bool,
    before: Vec<f64>,
    now: Vec<f64>,
    seen: Vec<(Vec<f64>, Vec<f64>)>,
    state: Vec<f64>,
}

impl<'a> EventTracker<'a> {
    fn new(events: &'a [Event], t: f64, x: &[f64]) -> EventTracker<'a> {
        let before: Vec<f64> = events.iter().map(|event| event.value(t, x)).collect();
        let seen = vec![Default::default(); events.len()];
        EventTracker { events, at_start: true, now: before.clone(), before, seen, state: vec![0.0; x.len()] }
    }

    /// Whether an event happens in the step to the state `x` at `t`.
    fn crosses_zero(&mut self, t: f64, x: &[f64]) -> bool {
        std::mem::swap(&mut self.before, &mut self.now);
        self.now.iter_mut().zip(self.events).for_each(|(now, event)| *now = event.value(t, x));
        self.active().next().is_some()
    }

    fn active(&self) -> impl Iterator<Item = usize> {
        let changes = self.before.iter().zip(&self.now).zip(self.events);
        changes
            .enumerate()
            .filter(|(_, ((before, now), event))| event.happens_between(**before, **now, self.at_start))
            .map(|(i, _)| i)
    }

    /// Notes the events of a step in their order; the one that ends the run, and when.
    fn record(&mut self, (t_old, t): (f64, f64), inside: &impl Fn(f64, &mut [f64])) -> Option<(usize, f64)> {
        let mut roots = Vec::new();
        for event in self.active().collect::<Vec<usize>>() {
            let state = &mut self.state;
            let mut value = |t: f64| {
                inside(t, state);
                self.events[event].value(t, state)
            };
            roots.push((events::root(&mut value, t_old, t), event));
        }
        self.at_start = false;
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

    fn numbers(&self) -> usize {
        self.seen.iter().map(|(times, states)| times.len() + states.len()).sum()
    }

    fn happened(self, names: &[String]) -> Result<Vec<Trajectory>> {
        self.seen.into_iter().map(|(times, states)| from_samples(times, &states, names.to_vec())).collect()
    }
}
