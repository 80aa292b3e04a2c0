"""What all probes have in common: the small system that every package runs, and how its numbers are written down."""

import json
import platform
from importlib.metadata import version
from pathlib import Path

import numpy as np

# Three nodes. Weights differ in all places, so that a row is no column; in ms, delays of 2.6, 7.5, 1.4, 5.2 and 2.5 steps tell
# rounding (half to even) from cutting off.
DT = 0.1
STEPS = 40
COUPLING = 0.6
WEIGHTS = np.array([[0.0, 0.7, 0.2], [0.5, 0.0, 0.0], [0.3, 0.9, 0.0]])
DELAYS = np.array([[0.0, 0.26, 0.75], [0.14, 0.0, 0.0], [0.52, 0.25, 0.0]])
NONE = np.zeros((3, 3))
# Phase oscillators.
OMEGA = np.array([0.1, 0.25, 0.4])
PHASES = np.array([0.3, 1.4, 2.6])
# Phases that turn alone, past a whole turn.
TURNING = np.full(3, 2.0)
FROM = np.ones(3)
# Hopf oscillators.
A, W = 0.25, 0.2
X = np.array([0.3, -0.4, 0.5])
Y = np.array([-0.2, 0.1, 0.35])
# Noise: this strength, on this many nodes that hear nobody, for one step and for many.
SIGMA = 0.001
NODES = 200
LONG = 400


def spread(one, long):
    """Variances of what nodes moved by: after one step, and per step after many; `long` are their places after LONG steps."""
    one, long = np.asarray(one, float).ravel(), np.asarray(long, float).ravel()
    return {
        "sigma": SIGMA,
        "one_step": float(np.mean(one**2)),
        "per_step": float(np.mean(long**2) / LONG),
        "samples": [one.size, long.size],
    }


def write(package, **parts):
    """Writes PACKAGE.json beside this file."""
    origin = {"package": package, "version": version(package), "python": platform.python_version(), "numpy": np.__version__}
    system = {
        "dt": DT, "steps": STEPS, "coupling": COUPLING, "weights": WEIGHTS, "delays": DELAYS, "omega": OMEGA, "phases": PHASES,
        "a": A, "w": W, "x": X, "y": Y,
    }
    path = Path(__file__).parent / f"{package.replace('-', '_').lower()}.json"
    golden = {**origin, "system": system, **parts}
    path.write_text(json.dumps(golden, default=lambda array: np.asarray(array).tolist()) + "\n", encoding="utf-8")
    print(f"{path.name}: {package} {origin['version']}")
