"""Makes jansen_rit.json from the equation in src/models/jansen_rit.rs."""

import numpy
from network import alone, euler, write
from scipy.integrate import solve_ivp

A, B, FAST, SLOW, E0, V0, R = 3.25, 22.0, 0.1, 0.05, 0.0025, 6.0, 0.56
C1, C2, C3, C4 = 135.0, 108.0, 33.75, 33.75
TIMES = [20.0, 100.0, 500.0]
STARTS = [[0.0] * 6, [0.1, 15.0, 10.0, 0.02, 0.5, -0.3]]
START = [[0.05, 10.0, 5.0, 0.0, 0.1, 0.0], [0.1, 15.0, 10.0, 0.02, 0.5, -0.3], [0.0] * 6]
INPUTS = [0.01, 0.0, -0.05]


def firing_rate(potential):
    return 2.0 * E0 / (1.0 + numpy.exp(R * (V0 - potential)))


def rate(state, coupling, pulses, p=0.22):
    y0, y1, y2, *slopes = state
    forces = [
        A * FAST * firing_rate(y1 - y2),
        A * FAST * (p + coupling + pulses + C2 * firing_rate(C1 * y0)),
        B * SLOW * C4 * firing_rate(C3 * y0),
    ]
    pace = [FAST, FAST, SLOW]
    bends = [force - 2.0 * k * slope - k * k * y for force, k, slope, y in zip(forces, pace, slopes, state)]
    return [*slopes, *bends]


def case(start, p):
    return {"start": start, "input": p, "states": alone(lambda y: rate(y, 0.0, 0.0, p), start, TIMES)}


def frequency(p):
    """Cycles per second from the upward crossings of the mean of y1 - y2, from 2 to 12 s."""
    times = numpy.arange(2_000.0, 12_000.0, 0.5)
    run = solve_ivp(lambda _, y: rate(y, 0.0, 0.0, p), (0.0, 12_000.0), [0.0] * 6, "DOP853", times, rtol=1e-9, atol=1e-9)
    potential = run.y[1] - run.y[2]
    above = potential > potential.mean()
    crossings = times[1:][above[1:] & ~above[:-1]]
    return 1_000.0 / numpy.diff(crossings).mean()


write("jansen_rit", {
    "dt": 0.1,
    "times": TIMES,
    "cases": [case(start, p) for start in STARTS for p in (0.12, 0.22, 0.32)],
    "frequency": frequency(0.22),
    "network": euler(rate, lambda y: firing_rate(y[1] - y[2]), START, 2.0, INPUTS, 0.1, 400, 20),
})
