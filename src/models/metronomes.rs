//! Two metronomes on a board that can move.

use crate::Result;
use crate::model::Model;
use crate::validate::check_fields;

/// Two metronomes whose only link is the board that both stand on.
///
/// With angles `θ`, the board's speed `v`, and time in units in which a metronome swings once in about 2π:
/// `θ'' = -sin θ - μ ((θ/θ0)² - 1) θ' - v' cos θ` and `v' = -γ v - β Σ (cos θ · θ'' - sin θ · θ'²)`, with
/// `β = 1 / (M + 2)`. `M` is the board's mass in units of a bob's. Lengths are in units of the pendulum's.
///
/// The second equation is Newton's law for board and bobs together. The board's position is the fifth variable, its
/// speed `v` the sixth.
///
/// Source: the idea and the escapement, J. Pantaleone, *American Journal of Physics* 70 (2002), 992.
///
/// ```
/// use neurobook::prelude::*;
/// let heavy = Metronomes { board_mass: 18.0, ..Metronomes::default() };
/// let run = heavy.simulate([0.5, -0.3, 0.0, 0.0, 0.0, 0.0], Rk4::new(0.05), 800.0)?.after(700.0);
/// assert!(analysis::correlation(&run.variable("left")?, &run.variable("right")?)? > 0.99, "in phase");
/// # Ok::<(), neurobook::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Metronomes {
    /// The board's mass `M`, in units of a bob's.
    pub board_mass: f64,
    /// The board's friction `γ`.
    pub friction: f64,
    /// How strongly the spring feeds small swings and brakes large ones, `μ`.
    pub escapement: f64,
    /// The angle `θ0` beyond which it brakes, in radians.
    pub turning_angle: f64,
}

impl Default for Metronomes {
    fn default() -> Metronomes {
        Metronomes { board_mass: 18.0, friction: 0.05, escapement: 0.03, turning_angle: 0.39 }
    }
}

impl Model for Metronomes {
    type Rate = [f64; 6];

    fn rate(&self, _t: f64, state: &[f64]) -> [f64; 6] {
        let share = 1.0 / (self.board_mass + 2.0);
        let (angles, turns, speed) = ([state[0], state[1]], [state[2], state[3]], state[5]);
        // What a metronome does by itself; then the board, which all of them push; then its push on each.
        let alone = |one: usize| {
            let spring = self.escapement * ((angles[one] / self.turning_angle).powi(2) - 1.0);
            -angles[one].sin() - spring * turns[one]
        };
        let (mut push, mut inertia) = (0.0, 1.0);
        for one in 0..2 {
            push += angles[one].cos() * alone(one) - angles[one].sin() * turns[one].powi(2);
            inertia -= share * angles[one].cos().powi(2);
        }
        let board = (-self.friction * speed - share * push) / inertia;
        let swing = |one: usize| alone(one) - board * angles[one].cos();
        [turns[0], turns[1], swing(0), swing(1), speed, board]
    }

    fn names(&self) -> &[&str] {
        &["left", "right", "left's speed", "right's speed", "board", "board's speed"]
    }

    fn check(&self) -> Result<()> {
        check_fields!(self, positive: board_mass, turning_angle; finite: friction, escapement);
        Ok(())
    }
}
