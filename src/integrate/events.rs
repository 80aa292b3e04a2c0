//! Events: when something about the state crosses zero.

use std::fmt;
use std::sync::Arc;

/// Something that happens when a function of time and state crosses zero.
///
/// [`event`](super::Adaptive::event) watches for it, by the sign at the end of every step. As in scipy, what is
/// exactly zero at the start counts as a crossing. A zero that falls on the end of a step counts once,
/// for the step that ends there; scipy counts it for the next one, too.
///
/// **Two crossings within one step are not seen**, for the sign is the same at its ends. Steps may be
/// long where the solution is smooth: bound them with [`max_step`](super::Adaptive::max_step) to less than
/// the time between two crossings.
///
/// ```
/// use neurobook::prelude::*;
///
/// let falls = |_t: f64, x: &[f64]| [x[1], -9.81];
/// let ground = Event::new(|_t, x| x[0]).falling().terminal();
/// let fall = solve_ivp(falls, (0.0, 10.0), [20.0, 0.0], Rk45::new().event(ground))?;
/// assert!((fall.events[0].times[0] - (40.0 / 9.81_f64).sqrt()).abs() < 1e-9);
/// assert_eq!(fall.stopped_by, Some(0));
/// # Ok::<(), neurobook::Error>(())
/// ```
#[derive(Clone)]
pub struct Event {
    condition: Arc<Condition>,
    crossing: Crossing,
    stops_after: Option<usize>,
}

type Condition = dyn Fn(f64, &[f64]) -> f64 + Send + Sync;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Crossing {
    Either,
    Rising,
    Falling,
}

impl Event {
    /// The event of `condition(t, x)` crossing zero in either direction.
    pub fn new(condition: impl Fn(f64, &[f64]) -> f64 + Send + Sync + 'static) -> Event {
        Event { condition: Arc::new(condition), crossing: Crossing::Either, stops_after: None }
    }

    /// Only from below zero to above, in the order of the run.
    #[doc(alias = "direction")]
    pub fn rising(self) -> Event {
        Event { crossing: Crossing::Rising, ..self }
    }

    /// Only from above zero to below, in the order of the run.
    #[doc(alias = "direction")]
    pub fn falling(self) -> Event {
        Event { crossing: Crossing::Falling, ..self }
    }

    /// Ends the run where it happens.
    pub fn terminal(self) -> Event {
        self.terminal_after(1)
    }

    /// Ends the run where it happens for the `count`-th time; 0 never does.
    pub fn terminal_after(self, count: usize) -> Event {
        Event { stops_after: (count > 0).then_some(count), ..self }
    }

    pub(super) fn value(&self, t: f64, x: &[f64]) -> f64 {
        (self.condition)(t, x)
    }

    /// Whether it happens in a step from one value to another; only at the start of a run does a zero
    /// belong to the step that begins there.
    pub(super) fn happens_between(&self, before: f64, now: f64, at_start: bool) -> bool {
        let rising = (before < 0.0 || (at_start && before == 0.0)) && now >= 0.0;
        let falling = (before > 0.0 || (at_start && before == 0.0)) && now <= 0.0;
        match self.crossing {
            Crossing::Either => rising || falling,
            Crossing::Rising => rising,
            Crossing::Falling => falling,
        }
    }

    pub(super) fn stops_at(&self, count: usize) -> bool {
        self.stops_after.is_some_and(|after| count >= after)
    }
}

impl fmt::Debug for Event {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Event { crossing, stops_after, .. } = self;
        write!(formatter, "Event {{ crossing: {crossing:?}, stops_after: {stops_after:?} }}")
    }
}

/// A root is found to four units in its last place, as scipy asks of `brentq`.
const TOLERANCE: f64 = 4.0 * f64::EPSILON;

/// After this many bisections nothing is left to halve.
const MOST_ROUNDS: usize = 100;

/// Where `f` is zero between `a` and `b`, by the method of R. P. Brent, *Algorithms for Minimization
/// without Derivatives* (1973), chapter 4. Where `f` has the same sign at both ends, which rounding can
/// do to a zero at an end, it is the end at which it is smaller.
pub(super) fn root(f: &mut dyn FnMut(f64) -> f64, a: f64, b: f64) -> f64 {
    // The best guess, the one before it, and the other side of the root.
    let ((mut x, mut fx), (mut last, mut f_last)) = ((b, f(b)), (a, f(a)));
    if f_last == 0.0 || fx * f_last > 0.0 {
        return if f_last.abs() < fx.abs() { last } else { x };
    }
    let (mut other, mut f_other) = (last, f_last);
    let (mut step, mut step_before) = (x - last, x - last);
    for _ in 0..MOST_ROUNDS {
        if fx.signum() != f_last.signum() {
            (other, f_other) = (last, f_last);
            (step, step_before) = (x - last, x - last);
        }
        if f_other.abs() < fx.abs() {
            ((last, f_last), (x, fx), (other, f_other)) = ((x, fx), (other, f_other), (x, fx));
        }
        let tolerance = (TOLERANCE + TOLERANCE * x.abs()) / 2.0;
        let half = (other - x) / 2.0;
        if fx == 0.0 || half.abs() < tolerance {
            break;
        }
        let guess = if step_before.abs() > tolerance && fx.abs() < f_last.abs() {
            interpolated((x, fx), (last, f_last), (other, f_other))
        } else {
            f64::INFINITY
        };
        if 2.0 * guess.abs() < step_before.abs().min(3.0 * half.abs() - tolerance) {
            (step_before, step) = (step, guess);
        } else {
            (step_before, step) = (half, half);
        }
        (last, f_last) = (x, fx);
        x += if step.abs() > tolerance { step } else { tolerance.copysign(half) };
        fx = f(x);
    }
    x
}

/// The way from `x` to the root of the line through two points, or of the inverse curve through three.
fn interpolated((x, fx): (f64, f64), (last, f_last): (f64, f64), (other, f_other): (f64, f64)) -> f64 {
    if last == other {
        return -fx * (x - last) / (fx - f_last);
    }
    let slope_last = (f_last - fx) / (last - x);
    let slope_other = (f_other - fx) / (other - x);
    -fx * (f_other * slope_other - f_last * slope_last) / (slope_other * slope_last * (f_other - f_last))
}
