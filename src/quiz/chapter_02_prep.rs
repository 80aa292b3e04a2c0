//! The quiz of the preparation for chapter 2. It is here and not in its cell because a cell would show the answers.

use super::Quiz;
use crate::{Color, Figure};
use ndarray::Array1;

/// Ten questions on the words of dynamical systems: five, and five more for the curious.
pub fn quiz_dynamical_systems() -> Quiz {
    Quiz::new("A small dictionary of dynamical systems")
        .choice(
            "A model of a neuron reads dv/dt = −g (v − E). Which of these is its *state*?",
            [
                ("v", true, "It is what changes as time goes by, and it decides what comes next."),
                ("g", false, "g, the leak, is the same at all times of a run: a parameter."),
                (
                    "dv/dt",
                    false,
                    "That is the rate of change. It follows from the state, so it is no news about the \
                     present.",
                ),
                ("t", false, "Time passes, but the rule does not even contain it. The state is what the rule moves."),
            ],
        )
        .choice(
            "You run that model twice from the same voltage. For the second run you set g to twice \
             its value. What did you change?",
            [
                ("the state", false, "The state is v, and it started from the same voltage both times."),
                (
                    "a parameter",
                    true,
                    "g belongs to the rule. Another g is another system: here one that returns to E twice as \
                     fast.",
                ),
                ("the initial condition", false, "That is the value of v at the start, and it was the same."),
                (
                    "the trajectory",
                    false,
                    "The trajectory did change, but as a result. What you changed yourself is one of the \
                     rule's numbers.",
                ),
            ],
        )
        .number(
            "An *ordinary differential equation* gives the rate of change for each state. Here it is \
             dx/dt = −2 x. What is the rate of change where x = 3?",
            -6.0,
            0.001,
            "",
            "Put the state into the right-hand side: −2 × 3. The minus says that x falls.",
        )
        .wrong("-2", "That is the constant in front of x. The rate is that constant times x.")
        .wrong("1", "Here something was added. −2 x means −2 times x.")
        .wrong("3", "That is the state itself. What does the right-hand side make of it?")
        .wrong("-5", "Here −2 and −3 were added. −2 x means −2 times x.")
        .text(
            "The same equation, the same parameters, and yet two different curves. Which thing, \
             chosen before the run, was different?",
            [
                "initial condition",
                "initial value",
                "initial state",
                "starting value",
                "start value",
                "starting point",
                "starting state",
                "start",
            ],
            "The *initial condition*: the state at the time 0.",
        )
        .wrong("parameter|rule|equation", "The question says that this was the same in both.")
        .wrong("state", "Nearly. The state at which time?")
        .wrong(
            "time|time step|step|dt",
            "That belongs to the method of computing. Even an exact solution would give two curves \
             here.",
        )
        .wrong("noise", "A fair thought. But this equation has no noise in it.")
        .choice(
            "The state moves through the phase plane as time goes by. What is the line that it \
             leaves called?",
            [
                (
                    "a time series",
                    false,
                    "A time series shows one number of the state against time. In the phase plane there is \
                     no time axis.",
                ),
                ("a trajectory", true, "It is the way of the state from one initial condition. Another word is orbit."),
                ("a fixed point", false, "A fixed point is a state that does not move. It would leave a single dot."),
                (
                    "a gradient",
                    false,
                    "A gradient is a slope, a property of one point. Here we mean the way that was gone.",
                ),
            ],
        )
        .section("Bonus: five more")
        .number(
            "A virtual brain has 80 regions, and the state of each region is two numbers. How many \
             dimensions has its *phase space*?",
            160.0,
            0.0,
            "",
            "One for each number of the state: 80 × 2. Nobody can draw that, but the words are the \
             same as in the plane. (If signals take time, as between real regions, the state is also what is \
             still under way: then there is no end to its dimensions.)",
        )
        .wrong(
            "2",
            "That is the phase plane of a single region. All regions together make the state of the \
             brain.",
        )
        .wrong("80", "That would do if each region had one number. It has two.")
        .wrong("82", "The numbers of all regions count: 80 times 2, not 80 plus 2.")
        .wrong(
            "3",
            "The brain lies in a space of three dimensions, its state does not. Count the numbers \
             that make up the state.",
        )
        .wrong("6400", "That is 80 × 80, the number of possible links. The links are parameters.")
        .number(
            "At which voltage is the *fixed point* of dv/dt = −(v + 70)/10?",
            -70.0,
            0.001,
            "mV",
            "There the rate is −(−70 + 70)/10 = 0, so the voltage stays.",
        )
        .wrong("0", "It is the rate of change that must be 0, not v. At v = 0 the rate is −7 mV per ms.")
        .wrong("-7", "That is the rate at v = 0. Ask for which v the rate is 0.")
        .wrong("10", "10 ms is the time constant: how fast, not where to.")
        .choice(
            "The curve shows the rate of change of x. Which of its three fixed points are *stable*?",
            [
                (
                    "only the one at 0",
                    false,
                    "A little to the right of 0 the rate is positive: x moves further away. To the left it \
                     is negative: away again.",
                ),
                (
                    "those at −1 and 1",
                    true,
                    "A little above 1 the rate is negative, a little below it is positive: x comes back. At \
                     −1 likewise.",
                ),
                (
                    "all three",
                    false,
                    "All three are fixed points. Stable means more: from next to it the state comes back. \
                     Try it at 0.",
                ),
                (
                    "none",
                    false,
                    "Look at x = 1. Above it the rate is negative, below it positive. Where does that lead?",
                ),
            ],
        )
        .figure(&three_fixed_points())
        .choice(
            "The ellipse of the mass on a spring is closed. Why is it no *limit cycle*?",
            [
                (
                    "because it is an ellipse and no circle",
                    false,
                    "The shape does not matter. Many limit cycles look like anything but a circle.",
                ),
                ("because it never ends", false, "A limit cycle never ends either: both go round for ever."),
                (
                    "because the states next to it do not end on it",
                    true,
                    "Give the mass a little push, and it stays on another ellipse. A limit cycle draws its \
                     neighbours in, or pushes them away.",
                ),
                (
                    "because its velocity changes on the way",
                    false,
                    "So it does on most limit cycles. What counts is what the neighbours do.",
                ),
            ],
        )
        .text(
            "You turn up one parameter, slowly. All at once a rest turns into a rhythm. What is such \
             a change in kind called?",
            [
                "bifurcation",
                "Hopf bifurcation",
                "supercritical Hopf bifurcation",
                "Andronov-Hopf bifurcation",
                "subcritical Hopf bifurcation",
                "SNIC",
                "SNIC bifurcation",
                "saddle-node on an invariant circle",
                "saddle node on invariant circle",
                "fold of cycles",
                "fold of limit cycles",
                "homoclinic bifurcation",
            ],
            "A *bifurcation*. There are several from rest to rhythm: Hopf's, in which the fixed point itself becomes \
             unstable; a saddle-node on an invariant circle (SNIC), whose rhythm begins infinitely slowly; and \
             others. Which one it is says how a neuron or a region begins to fire.",
        )
        .wrong("limit cycle|oscillation|rhythm", "That is what is there afterwards. How is the change itself called?")
        .wrong(
            "phase transition|transition",
            "So physicists say of very many particles. For a system of a few equations there is \
             another word.",
        )
        .wrong(
            "instability|stability|unstable",
            "The fixed point does lose its stability. The event as a whole has a name.",
        )
        .wrong(
            "saddle-node|saddle-node bifurcation|saddle node bifurcation|fold",
            "In a saddle-node, two fixed points meet and vanish. A rhythm follows only if it happens on a closed \
             way round: then it has a longer name (SNIC). What is the general word?",
        )
        .wrong(
            "chaos",
            "Chaos is one kind of motion. A rhythm is another, and neither is the name of the \
             change.",
        )
}

fn three_fixed_points() -> Figure {
    let x: Array1<f64> = Array1::linspace(-1.4, 1.4, 141);
    Figure::new()
        .size(4.6, 2.8)
        .x_label("State x")
        .y_label("Rate of change")
        .y_range(-0.8, 0.8)
        .line([-1.4, 1.4], [0.0, 0.0])
        .color(Color::Gray)
        .width(1.0)
        .line(&x, x.iter().map(|x| x - x * x * x))
        .color(Color::Blue)
        .points([-1.0, 0.0, 1.0], [0.0, 0.0, 0.0])
        .color(Color::Orange)
        .alternative_text(
            "The rate of change against the state. It is 0 at x = -1, 0 and 1; positive below -1 and \
             \
             between 0 and 1, negative between -1 and 0 and above \
             1.",
        )
}
