"""What is compared: for each row of the table, the call on either side and the ratio that is asked for."""
from dataclasses import dataclass, field

# The learner's own function: the notebook's cell with the solution defines it.
EULER = "measure({runs}, || integrate_exponential(Complex64::new(0.2, 2.0), 1.0, 0.0001, 5.0), |(x, _)| { let last = x[x.len() - 1]; vec![last.re, last.im] });"


@dataclass
class Case:
    """A piece of work that both sides do.

    `work` is its name in the table, and `target` how many times faster ours is to be. `cell` is what a notebook's cell runs, `{runs}`
    times; `case` and `parameters` are what peer.py runs. Short runs stand together on one side before it is the other's turn. With
    `first_call`, theirs is the first call of a new process, which compiles.
    """

    work: str
    target: int
    cell: str
    case: str
    parameters: dict = field(default_factory=dict)
    runs: int = 1
    first_call: bool = False


def kuramoto(work, target, nodes, steps, delayed=False, noise=0.0, **more):
    """A Kuramoto network."""
    cell = f"kuramoto({{runs}}, {nodes}, {steps}, {str(delayed).lower()}, {noise})"
    return Case(work, target, cell, "kuramoto", {"nodes": nodes, "steps": steps, "delayed": delayed, "noise": noise}, **more)


def cases(quick):
    """All rows, or the same with less work."""
    steps, runs = (1000, 3) if quick else (100_000, 20)
    return [
        kuramoto(f"Kuramoto, 80 nodes, delays, noise, {steps:,} steps", 10, 80, steps, delayed=True, noise=0.1),
        kuramoto("the same without delays", 20, 80, steps, noise=0.1),
        kuramoto(f"Kuramoto, 400 nodes, delays, noise, {steps // 50:,} steps", 10, 400, steps // 50, delayed=True, noise=0.1),
        kuramoto("Kuramoto, 1 node, 1000 steps", 3, 1, 1000, runs=runs),
        kuramoto("Kuramoto, 6 nodes, 500 steps", 3, 6, 500, runs=runs),
        Case("`solve_ivp`, 2 variables, 60 samples, dense output", 100, "spiral({runs})", "spiral", runs=runs),
        Case("Euler, 50,000 complex steps, the learner's own function", 50, EULER, "euler", runs=1 if quick else 5),
        Case("stream plot, 41 × 41, to SVG", 20, "streams({runs})", "streams"),
        kuramoto("1 node, beside the first call, which compiles the Python", 1000, 1, 1000, first_call=True),
        kuramoto("6 nodes, beside the first call", 1000, 6, 500, first_call=True),
    ]


def agreements():
    """Runs without noise whose numbers have to be the same on both sides."""
    return [
        kuramoto("Kuramoto, 80 nodes, delays", 0, 80, 1000, delayed=True),
        kuramoto("Kuramoto, 80 nodes", 0, 80, 1000),
        kuramoto("Kuramoto, 6 nodes", 0, 6, 500),
        kuramoto("Kuramoto, 1 node", 0, 1, 1000),
        Case("solve_ivp", 0, "spiral({runs})", "spiral"),
        Case("Euler", 0, EULER, "euler"),
    ]
