"""Makes wilson_cowan.json: fixed points, bifurcations and rhythms of the node of chapter 03's second preparation, by scipy."""

import json
from math import exp, log, pi, sqrt
from pathlib import Path

from numpy import linspace
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

TAU_E, GAIN, THRESHOLD = 2.5, 1.5, 3.0


def response(drive):
    return 1.0 / (1.0 + exp(-GAIN * (drive - THRESHOLD)))


def rate(_, state, drive, strength, tau_i):
    e, i = state
    to_e, to_i = 16.0 * e - 12.0 * strength * i + drive, 15.0 * e - 3.0 * strength * i
    return [(-e + (1.0 - e) * response(to_e)) / TAU_E, (-i + (1.0 - i) * response(to_i)) / tau_i]


def on_the_inhibitory_nullcline(i, strength):
    """The E at which I does not change."""
    return (3.0 * strength * i + THRESHOLD + log(i / (1.0 - 2.0 * i)) / GAIN) / 15.0


def fixed_points(drive, strength):
    """Along the nullcline of I: where E does not change either."""

    def change(i):
        return rate(0.0, [on_the_inhibitory_nullcline(i, strength), i], drive, strength, 3.75)[0]

    grid = [0.4999 * (k + 0.5) / 20000 for k in range(20000)]
    values = [change(i) for i in grid]
    found = []
    for k in range(len(grid) - 1):
        if values[k] * values[k + 1] < 0.0:
            i = brentq(change, grid[k], grid[k + 1], xtol=1e-14)
            found.append((on_the_inhibitory_nullcline(i, strength), i))
    return found


def trace_and_determinant(e, i, drive, strength, tau_i=3.75):
    """The Jacobian by central differences, which the learner writes from the formulas."""
    h = 1e-6
    (a, c), (b, d) = [
        [(up - down) / (2 * h) for up, down in zip(
            rate(0, [e + h * x, i + h * y], drive, strength, tau_i), rate(0, [e - h * x, i - h * y], drive, strength, tau_i)
        )]
        for x, y in ((1, 0), (0, 1))
    ]
    return a + d, a * d - b * c


def rhythm(drive, strength, tau_i):
    """The smallest and the largest E after the transient, and the frequency in Hz: 0 at rest."""

    def middle(_, state, *parameters):
        return rate(0.0, state, *parameters)[0]

    middle.direction = -1
    run = solve_ivp(
        rate, (0.0, 4000.0), [0.05, 0.05], "DOP853", args=(drive, strength, tau_i), rtol=1e-9, atol=1e-11, events=middle,
        max_step=1.0, t_eval=linspace(3000.0, 4000.0, 50001),
    )
    late = run.y[0]
    peaks = [time for time in run.t_events[0] if time > 3000.0]
    if late.max() - late.min() < 1e-4:
        return late.min(), late.max(), 0.0
    return late.min(), late.max(), 1000.0 * (len(peaks) - 1) / (peaks[-1] - peaks[0])


def hopf():
    def trace(drive):
        return trace_and_determinant(*fixed_points(drive, 1.0)[0], drive, 1.0)[0]

    drive = brentq(trace, 0.7, 0.9, xtol=1e-9)
    e, i = fixed_points(drive, 1.0)[0]
    return {"drive": drive, "e": e, "i": i, "hertz": 1000.0 * sqrt(trace_and_determinant(e, i, drive, 1.0)[1]) / (2 * pi)}


def saddle_node():
    """The drive from which on there are three fixed points."""
    low, high = 2.6, 2.8
    while high - low > 1e-6:
        half = 0.5 * (low + high)
        low, high = (low, half) if len(fixed_points(half, 1.0)) > 1 else (half, high)
    return high


points = []
for drive in [0.0, 0.5, 1.0, 2.0, 2.8, 3.5]:
    for e, i in fixed_points(drive, 1.0):
        trace, determinant = trace_and_determinant(e, i, drive, 1.0)
        points.append({"drive": drive, "e": e, "i": i, "trace": trace, "determinant": determinant})
rhythms = []
for drive, strength, tau_i in [
    *[(drive, 1.0, 3.75) for drive in (0.5, 0.79, 0.8, 0.9, 1.0, 1.5, 1.9, 2.6, 2.7)],
    *[(1.0, strength, 3.75) for strength in (1.2, 1.4, 0.8, 0.7)],
    (1.0, 1.0, 5.0),
    (1.0, 1.0, 7.5),
]:
    low, high, hertz = rhythm(drive, strength, tau_i)
    rhythms.append({"drive": drive, "strength": strength, "tau_i": tau_i, "low": low, "high": high, "hertz": hertz})
golden = {"hopf": hopf(), "saddle_node": saddle_node(), "fixed_points": points, "rhythms": rhythms}
(Path(__file__).parent / "wilson_cowan.json").write_text(json.dumps(golden, indent=1) + "\n")
