"""Makes subcritical_hopf.json: runs, cycles and their fold of the node with two answers, by scipy."""

import json
from math import log, pi
from pathlib import Path

from scipy.integrate import solve_ivp
from scipy.optimize import brentq, minimize_scalar

B, OMEGA = 0.4, 0.04
PRECISE = {"method": "DOP853", "rtol": 1e-11, "atol": 1e-13}


def rate(a, x, y, b=B):
    squared = x * x + y * y
    growth = a + b * squared - squared * squared
    return [growth * x - OMEGA * y, growth * y + OMEGA * x]


def run(a, start, times, b=B):
    solution = solve_ivp(lambda _, s: rate(a, *s, b), (0.0, times[-1]), start, t_eval=times, **PRECISE)
    return solution.y.T.tolist()


def growth_in_a_turn(radius, a, b=B):
    """How much larger a state is when it is back on the half line where it began, as a logarithm: the flow alone is used."""

    def back(_, state):
        return state[1]

    back.direction = 1
    turned = solve_ivp(
        lambda _, s: rate(a, *s, b), (0.0, 3 * pi / OMEGA), [radius, 0.0], events=back, **PRECISE
    )
    times = [(t, s[0]) for t, s in zip(turned.t_events[0], turned.y_events[0]) if t > pi / OMEGA and s[0] > 0.0]
    return log(times[0][1] / radius)


def cycles(a, b=B):
    """The radii at which a turn leads back, the unstable one first."""
    top = best_radius(a, b)
    return [
        brentq(growth_in_a_turn, 1e-3, top, args=(a, b), xtol=1e-13),
        brentq(growth_in_a_turn, top, 1.5, args=(a, b), xtol=1e-13),
    ]


def best_radius(a, b=B):
    best = minimize_scalar(lambda r: -growth_in_a_turn(r, a, b), bounds=(0.05, 1.2), method="bounded", options={"xatol": 1e-10})
    return best.x


def fold(b):
    """The a at which not even the radius that grows most in a turn grows."""
    return brentq(lambda a: growth_in_a_turn(best_radius(a, b), a, b), -b * b / 2, -b * b / 8, xtol=1e-12)


WEIGHTS = [[0.0, 0.2, 0.05], [0.1, 0.0, 0.15], [0.0, 0.3, 0.0]]
COUPLING = 0.1
A = [0.01, -0.02, -0.03]
START = [0.6, 0.05, -0.1, 0.0, 0.1, 0.02]


def network(_, state):
    """Both variables hear each other, each its own kind; the first ones of all nodes come first."""
    x, y = state[:3], state[3:]
    rates = [rate(A[n], x[n], y[n]) for n in range(3)]
    heard = [[sum(COUPLING * WEIGHTS[n][m] * (v[m] - v[n]) for m in range(3)) for n in range(3)] for v in (x, y)]
    return [rates[n][k] + heard[k][n] for k in range(2) for n in range(3)]


TIMES = [20.0 * k for k in range(1, 41)]
golden = {
    "times": TIMES,
    "runs": [
        {"a": a, "b": b, "start": start, "states": run(a, start, TIMES, b)}
        for a, b, start in [
            (-0.02, 0.4, [0.2, 0.1]),
            (-0.02, 0.4, [0.2, 0.15]),
            (-0.05, 0.4, [0.7, 0.0]),
            (0.01, 0.4, [0.0, 0.01]),
            (0.05, -0.3, [0.1, 0.0]),
        ]
    ],
    "cycles": [
        {"a": a, "b": b, "threshold": both[0], "radius": both[1]}
        for a, b in [(-0.039, 0.4), (-0.03, 0.4), (-0.02, 0.4), (-0.01, 0.4), (-0.002, 0.4), (-0.05, 0.6)]
        for both in [cycles(a, b)]
    ],
    "folds": [{"b": b, "a": fold(b)} for b in (0.2, 0.4, 0.6)],
    "network": solve_ivp(network, (0.0, TIMES[-1]), START, t_eval=TIMES, **PRECISE).y.T.tolist(),
}
(Path(__file__).parent / "subcritical_hopf.json").write_text(json.dumps(golden, indent=1) + "\n")
