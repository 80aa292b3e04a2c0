//! A model is a state, a rule and parameters; [`simulate`] runs its rule, and so does a model itself.

use crate::integrate::{Adaptive, Integrator, Method, Solution, System, solve};
use crate::{Result, Trajectory};
use ndarray::{ArrayBase, Data, Ix1};

/// A rule with parameters.
///
/// A model of the course implements `Default` with the values of its source. One of the learner's own
/// needs no more than this:
///
/// ```
/// use neurobook::prelude::*;
///
/// struct VanDerPol {
///     mu: f64,
/// }
/// impl Model for VanDerPol {
///     type Rate = [f64; 2];
///     fn rate(&self, _t: f64, x: &[f64]) -> [f64; 2] {
///         [x[1], self.mu * (1.0 - x[0] * x[0]) * x[1] - x[0]]
///     }
/// }
///
/// let run = VanDerPol { mu: 1.0 }.simulate([2.0, 0.0], Rk4::new(0.01), 20.0)?;
/// assert!(run.row(0).iter().all(|x| x.abs() < 2.1));
/// # Ok::<(), neurobook::Error>(())
/// ```
pub trait Model {
    /// What the rule gives: `[f64; 2]` for two variables; `Vec<f64>` or `Array1<f64>` for a number of
    /// variables that is only known when the model runs; `f64` for a single one.
    type Rate: Values;

    /// The rule: the rate of change `dx/dt` at time `t` and state `x`, one number per variable.
    fn rate(&self, t: f64, x: &[f64]) -> Self::Rate;

    /// The variables' names; without them they are `x1`, `x2` ….
    fn names(&self) -> &[&str] {
        &[]
    }

    /// Refuses parameters with which the model makes no sense; [`crate::validate`] has the words.
    ///
    /// # Errors
    /// Names the parameter, its value and the way out.
    fn check(&self) -> Result<()> {
        Ok(())
    }

    /// Simulates the model from `x0` at time 0 for `duration`, as [`simulate`] does.
    ///
    /// # Errors
    /// Those of [`Model::check`] and [`simulate`].
    fn simulate(&self, x0: impl Values, integrator: impl Integrator, duration: f64) -> Result<Trajectory>
    where
        Self: Sized,
    {
        self.check()?;
        run(|t, x| self.rate(t, x), 0.0, x0.list(), self.names(), integrated(integrator, duration))
    }

    /// Solves the model over a span of time, as [`solve_ivp`] does.
    ///
    /// # Errors
    /// Those of [`Model::check`] and [`solve_ivp`].
    fn solve_ivp(&self, t_span: (f64, f64), x0: impl Values, options: Adaptive<impl Method>) -> Result<Solution>
    where
        Self: Sized,
    {
        self.check()?;
        run(|t, x| self.rate(t, x), t_span.0, x0.list(), self.names(), |system| solve(system, t_span, &options.options))
    }
}

/// Simulates the rule `dx/dt = rate(t, x)` from `x0` at time 0 for `duration`.
///
/// `rate` gets the time and the state and gives one number per variable: an array, a `Vec`, an
/// `Array1`, or a number when there is one variable. `x0` may be the same. The result has the initial
/// state first, then a sample after each step. Its variables are `x1`, `x2` …
/// ([`Trajectory::named`] gives them other names).
///
/// ```
/// use neurobook::prelude::*;
///
/// let run = simulate(|_t, x| array![x[1], -x[0]], [1.0, 0.0], Rk4::new(0.01), 10.0)?;
/// assert!((run.variable("x1")?[1000] - 10_f64.cos()).abs() < 1e-8);
/// # Ok::<(), neurobook::Error>(())
/// ```
///
/// # Errors
/// When a parameter of the integrator makes no sense, `duration` is negative, shorter than a step or
/// too long to keep, `x0` is empty or not finite, or the rule gives another number of rates than
/// there are variables. A run that diverges is an error that says where and when;
/// [`Integrator::keep_divergence`] keeps such a run.
#[doc(alias = "odeint")]
pub fn simulate<R: Values>(
    rate: impl Fn(f64, &[f64]) -> R,
    x0: impl Values,
    integrator: impl Integrator,
    duration: f64,
) -> Result<Trajectory> {
    run(rate, 0.0, x0.list(), &[], integrated(integrator, duration))
}

/// Solves `dx/dt = rate(t, x)` over a span of time with steps that are as long as the tolerances
/// allow, as `scipy.integrate.solve_ivp` does: with `Rk45`, same steps, same number of evaluations.
///
/// `t_span` is the first and the last time; backward in time when the last one is the smaller one.
/// [`Adaptive`] has the options; [`Rk45`](crate::integrate::Rk45) is the method to begin with, and
/// [`Radau`](crate::integrate::Radau) the one for stiff rules.
///
/// ```
/// use neurobook::prelude::*;
///
/// let times = Array1::range(0.0, 6.0, 0.1);
/// let spiral = |_t: f64, x: &[f64]| [-0.5 * x[0] - 2.0 * x[1], 2.0 * x[0] - 0.5 * x[1]];
/// let solution = solve_ivp(spiral, (0.0, 6.0), [1.0, 0.5], Rk45::new().t_eval(&times))?;
/// assert_eq!(solution.trajectory.len(), 60);
/// assert_eq!(solution.evaluations, 110);
/// # Ok::<(), neurobook::Error>(())
/// ```
///
/// # Errors
/// When an option makes no sense, a requested time is outside of the span or out of order, `x0` is
/// empty or not finite, the rule gives another number of rates than there are variables, the step
/// becomes too small because the solution diverges or the rule jumps or is stiff, or there are more steps
/// than [`Adaptive::step_limit`] or more kept than 2 GiB.
pub fn solve_ivp<R: Values>(
    rate: impl Fn(f64, &[f64]) -> R,
    t_span: (f64, f64),
    x0: impl Values,
    options: Adaptive<impl Method>,
) -> Result<Solution> {
    run(rate, t_span.0, x0.list(), &[], |system| solve(system, t_span, &options.options))
}

fn integrated(mut integrator: impl Integrator, duration: f64) -> impl FnOnce(System) -> Result<Trajectory> {
    move |system| integrator.integrate(system, duration)
}

/// Makes a system of a rule that starts at `t`, and runs it: a thin shell, for what is generic is
/// compiled again in each of the learner's cells.
fn run<R: Values, T>(
    rate: impl Fn(f64, &[f64]) -> R,
    t: f64,
    x0: Vec<f64>,
    names: &[&str],
    run: impl FnOnce(System) -> Result<T>,
) -> Result<T> {
    let rule = |t: f64, x: &[f64], out: &mut [f64]| rate(t, x).write(out);
    let rates = |x: &[f64]| R::COUNT.unwrap_or_else(|| rate(t, x).count());
    run(System::new(&rule, &rates, x0, names)?)
}

/// The names of that many variables, which are `x1`, `x2` … where none are given.
pub(crate) fn variable_names(names: &[&str], variables: usize) -> Vec<String> {
    match names {
        [] => (1..=variables).map(|number| format!("x{number}")).collect(),
        names => names.iter().map(|name| String::from(*name)).collect(),
    }
}

/// One number per variable: `[1.0, 0.0]`, a `Vec`, an `Array1`, or a number alone.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a state: one number is wanted for each variable",
    label = "write numbers with a decimal point, as in [1.0, 0.0] or array![1.0, 0.0]"
)]
pub trait Values {
    /// How many numbers there are, where the type says it.
    const COUNT: Option<usize> = None;

    /// How many numbers there are.
    fn count(&self) -> usize;

    /// Writes them into `out`.
    ///
    /// # Panics
    /// When `out` has another length.
    fn write(&self, out: &mut [f64]);

    /// The numbers as a list.
    fn list(&self) -> Vec<f64> {
        let mut list = vec![0.0; self.count()];
        self.write(&mut list);
        list
    }
}

impl Values for f64 {
    const COUNT: Option<usize> = Some(1);

    fn count(&self) -> usize {
        1
    }
    fn write(&self, out: &mut [f64]) {
        out.copy_from_slice(std::slice::from_ref(self));
    }
}

impl Values for [f64] {
    fn count(&self) -> usize {
        self.len()
    }
    fn write(&self, out: &mut [f64]) {
        assert_eq!(self.len(), out.len(), "the number of rates changed during the run");
        out.copy_from_slice(self);
    }
}

impl<const N: usize> Values for [f64; N] {
    const COUNT: Option<usize> = Some(N);

    fn count(&self) -> usize {
        N
    }
    fn write(&self, out: &mut [f64]) {
        // The length is a constant here, so this is a move or two and no call.
        let out: Result<&mut [f64; N], _> = out.try_into();
        *out.unwrap_or_else(|_| panic!("the state has not {N} variables")) = *self;
    }
}

impl Values for Vec<f64> {
    fn count(&self) -> usize {
        self.len()
    }
    fn write(&self, out: &mut [f64]) {
        self.as_slice().write(out);
    }
}

impl<S: Data<Elem = f64>> Values for ArrayBase<S, Ix1> {
    fn count(&self) -> usize {
        self.len()
    }
    fn write(&self, out: &mut [f64]) {
        assert_eq!(self.len(), out.len(), "the number of rates changed during the run");
        out.iter_mut().zip(self).for_each(|(out, value)| *out = *value);
    }
}

impl<T: Values + ?Sized> Values for &T {
    const COUNT: Option<usize> = T::COUNT;

    fn count(&self) -> usize {
        (**self).count()
    }
    fn write(&self, out: &mut [f64]) {
        (**self).write(out);
    }
}
