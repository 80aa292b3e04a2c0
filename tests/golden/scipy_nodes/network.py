"""What each node is tried in: scipy's solution on its own, and a network, in Euler's steps, edge by edge."""

import json
from pathlib import Path

import numpy
from scipy.integrate import solve_ivp

WEIGHTS = numpy.array([[0.0, 0.8, 0.3], [0.5, 0.0, 0.0], [1.2, 0.4, 0.1]])
DELAYS = numpy.array([[0, 0, 13], [5, 0, 0], [40, 1, 0]])


def alone(rate, start, times):
    """The states at these times of a node without a network; `rate(state)` gives a number for each variable."""
    options = {"t_eval": times, "rtol": 1e-12, "atol": 1e-12}
    return solve_ivp(lambda _, state: rate(state), (0.0, times[-1]), start, "DOP853", **options).y.T.tolist()


def euler(rate, sent, start, coupling, inputs, dt, steps, stride, difference=False):
    """Every `stride`-th state of a network of three nodes that begin at `start`, a list of variables for each node.

    `rate(state, received, input)` is one node's; `sent(state)` is the number that it sends. It receives the weighted sum of
    what the others send, or, where `KIND` is `Diffusive`, of the differences to what it sends itself. `inputs` come on top of
    the node's own parameters.
    """
    states = [numpy.array(start, dtype=float)]
    for step in range(steps):
        after = states[-1].copy()
        for n, state in enumerate(states[-1]):
            then = [states[max(step - DELAYS[n, m], 0)][m] for m in range(3)]
            own = sent(state) if difference else 0.0
            received = sum(coupling * WEIGHTS[n, m] * (sent(then[m]) - own) for m in range(3))
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
