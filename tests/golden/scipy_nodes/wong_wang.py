"""Makes wong_wang.json from the equation in src/models/wong_wang.rs."""

import numpy
from network import alone, euler, write
from scipy.optimize import brentq

TAU, GAMMA, W, J, BACKGROUND, A, B, D = 100.0, 0.641, 0.9, 0.2609, 0.3, 0.27, 0.108, 154.0
TIMES = [50.0, 200.0, 1000.0]
START, INPUTS = [[0.05], [0.3], [0.1]], [0.01, 0.0, -0.02]


def firing_rate(current):
    above = A * current - B
    return above / (1.0 - numpy.exp(-D * above))


def rate(state, coupling, current, w=W):
    s = state[0]
    x = w * J * s + J * coupling + BACKGROUND + current
    return [-s / TAU + (1.0 - s) * GAMMA * firing_rate(x)]


def case(start, current):
    return {"start": start, "input": current, "states": alone(lambda s: rate(s, 0.0, current), start, TIMES)}


def fixed_points(w):
    slope = lambda s: rate([s], 0.0, 0.0, w)[0]
    grid = numpy.linspace(0.0, 1.0, 2001)
    pairs = zip(grid, grid[1:])
    return [brentq(slope, low, high, xtol=1e-14) for low, high in pairs if slope(low) * slope(high) < 0.0]


write("wong_wang", {
    # The step at which the crate comes within 1e-7.
    "dt": 0.1,
    "times": TIMES,
    "cases": [case([start], current) for start in (0.0, 0.2, 0.6) for current in (0.0, 0.02)],
    "fixed_points": {str(w): fixed_points(w) for w in (W, 1.4)},
    "firing_rates": {str(current): firing_rate(current) for current in (0.1, 0.3, 0.39, 0.41, 0.8)},
    "network": euler(rate, lambda state: state[0], START, 0.7, INPUTS, 0.5, 400, 20),
})
