"""The network that each node is tried in: Euler's steps, edge by edge."""

import json
from pathlib import Path

import numpy

WEIGHTS = numpy.array([[0.0, 0.8, 0.3], [0.5, 0.0, 0.0], [1.2, 0.4, 0.1]])
DELAYS = numpy.array([[0, 0, 13], [5, 0, 0], [40, 1, 0]])


def euler(rate, sent, start, coupling, inputs, dt, steps, stride):
    """A network whose nodes begin at `start`, and every `stride`-th state; `rate(state, coupling, input)` is one node's."""
    states = [numpy.array(start, dtype=float)]
    for step in range(steps):
        after = states[-1].copy()
        for n, state in enumerate(states[-1]):
            then = [states[max(step - DELAYS[n, m], 0)][m] for m in range(3)]
            received = sum(coupling * WEIGHTS[n, m] * sent(then[m]) for m in range(3))
            after[n] += dt * numpy.array(rate(state, received, inputs[n]))
        states.append(after)
    return {
        "weights": WEIGHTS.tolist(),
        "delays": (dt * DELAYS).tolist(),
        "coupling": coupling,
        "start": start,
        "input": inputs,
        "dt": dt,
        "stride": stride,
        # As the crate has them: the first variable of all nodes, then the second.
        "states": [state.T.ravel().tolist() for state in states[stride::stride]],
    }


def write(name, numbers):
    (Path(__file__).parent / f"{name}.json").write_text(json.dumps(numbers, indent=1) + "\n")
