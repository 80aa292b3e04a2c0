"""Makes metronomes.json: two metronomes on a board by scipy's solve_ivp, from the equations in src/models/metronomes.rs."""

import json
from pathlib import Path

import numpy
from scipy.integrate import solve_ivp

START = [0.5, -0.3, 0.0, 0.0, 0.0, 0.0]
ESCAPEMENT, TURNING_ANGLE = 0.03, 0.39
TIMES = [25.0, 50.0, 100.0]


def rate(_, state, mass, friction):
    """Solves the three equations for the accelerations as a linear system, which the crate does by hand."""
    angle, turn, speed = state[:2], state[2:4], state[5]
    share = 1.0 / (mass + 2.0)
    alone = -numpy.sin(angle) - ESCAPEMENT * ((angle / TURNING_ANGLE) ** 2 - 1.0) * turn
    matrix = numpy.eye(3)
    matrix[:2, 2] = numpy.cos(angle)
    matrix[2, :2] = share * numpy.cos(angle)
    right = [*alone, -friction * speed + share * numpy.sum(numpy.sin(angle) * turn**2)]
    swing = numpy.linalg.solve(matrix, right)
    return [*turn, *swing[:2], speed, swing[2]]


cases = []
for mass, friction in [(18.0, 0.05), (3.0, 0.05), (48.0, 0.5), (8.0, 1.0)]:
    run = solve_ivp(rate, (0.0, 100.0), START, "DOP853", TIMES, args=(mass, friction), rtol=1e-11, atol=1e-11)
    cases.append({"board_mass": mass, "friction": friction, "states": run.y.T.tolist()})
text = json.dumps({"times": TIMES, "cases": cases}, indent=1)
(Path(__file__).parent / "metronomes.json").write_text(text + "\n")
