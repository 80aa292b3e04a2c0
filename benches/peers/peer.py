"""The Python side: a process that stays warm. Each line of its input names a case and its parameters; each line of its output has the
seconds of the runs, what can be compared with the other side's numbers, and by how many bytes the process grew at most."""
import io
import json
import os
import sys
import time
from pathlib import Path

os.environ["MPLBACKEND"] = "Agg"

import numba  # noqa: E402: the line above chooses matplotlib's backend
import numpy as np  # noqa: E402
from matplotlib import pyplot  # noqa: E402
from scipy.integrate import solve_ivp  # noqa: E402

TAU = 2 * np.pi


@numba.njit
def advance(phases, first, dt, omega, weights, delays, noise_time, noise, normals):
    """neurolib's scheme: Euler, one sine an edge and step, wrapped phases; fills the columns from `first` on."""
    nodes, columns = phases.shape
    eta = np.zeros(nodes)
    for column in range(first, columns):
        for node in range(nodes):
            pull = 0.0
            for other in range(nodes):
                pull += weights[node, other] * np.sin(phases[other, column - 1 - delays[node, other]] - phases[node, column - 1])
            phases[node, column] = (phases[node, column - 1] + dt * (omega[node] + pull + eta[node])) % TAU
        for node in range(nodes):
            eta[node] += -eta[node] * dt / noise_time + noise * np.sqrt(dt) * normals[node, column - first]


def spread(count, step):
    """Numbers spread over [0, 1) by a rule that both sides know."""
    return (np.arange(1, count + 1) * step) % 1.0


def kuramoto(nodes, steps, delayed, noise):
    """A network with the whole history kept; as in neurolib, its random numbers are drawn before the run, also where the noise is 0."""
    dt, coupling, noise_time = 0.1, 2.0, 5.0
    omega = 0.001 * TAU * (9.0 + 2.0 * spread(nodes, 0.7548776662466927))
    start = TAU * spread(nodes, 0.5698402909980532)
    weights = spread(nodes * nodes, 0.6180339887498949).reshape(nodes, nodes)
    np.fill_diagonal(weights, 0.0)
    times = 12.4 * spread(nodes * nodes, 0.41421356237309515).reshape(nodes, nodes)
    delays = np.around((times if delayed else 0.0 * times) / dt).astype(np.int64)
    first = int(delays.max()) + 1
    weights *= coupling / nodes

    def run():
        normals = np.random.standard_normal((nodes, steps))
        phases = np.empty((nodes, first + steps))
        phases[:, :first] = start[:, None]
        advance(phases, first, dt, omega, weights, delays, noise_time, noise, normals)
        return phases

    return run, lambda phases: [] if noise else phases[:, -1].tolist()


def euler():
    """The loop that the original workshop asks its learners for: 50,000 complex steps."""
    def integrate_exponential(a, x0, dt, t_end):
        t = np.arange(0, t_end, dt)
        x = np.zeros_like(t, dtype=complex)
        x[0] = x0
        for k in range(1, len(t)):
            xdot = a * x[k - 1]
            x[k] = x[k - 1] + dt * xdot
        return x, t

    return lambda: integrate_exponential(0.2 + 2j, 1.0, 0.0001, 5.0), lambda result: [result[0][-1].real, result[0][-1].imag]


def spiral():
    """A linear system of two variables, RK45, 60 samples and dense output."""
    times = np.arange(0.0, 6.0, 0.1)

    def rate(_time, x):
        return [-0.5 * x[0] - 2.0 * x[1], 2.0 * x[0] - 0.5 * x[1]]

    return lambda: solve_ivp(rate, (0.0, 6.0), [1.0, 0.5], t_eval=times, dense_output=True), lambda solution: [solution.nfev, *solution.y[:, -1].tolist()]


def streams():
    """The stream plot of the workshop's centre on a grid of 41 x 41, to SVG."""
    grid = np.arange(-20.0, 21.0)
    x, y = np.meshgrid(grid, grid)
    u, v = 2.0 * x - 5.0 * y, x - 2.0 * y

    def run():
        figure, axes = pyplot.subplots(figsize=(6.2, 5.2))
        axes.streamplot(x, y, u, v, color=2.0 * np.log1p(np.hypot(u, v)), cmap="cividis", density=2)
        text = io.StringIO()
        figure.savefig(text, format="svg")
        pyplot.close(figure)
        return text.getvalue()

    return run, lambda _text: []


CASES = {"kuramoto": kuramoto, "euler": euler, "spiral": spiral, "streams": streams}


def resident(field):
    """A size of this process in bytes: VmRSS is now, VmHWM the most; None where the system does not say."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return next((1024 * int(line.split()[1]) for line in lines if line.startswith(field)), None)


def measure(case, runs, **parameters):
    """Runs a case."""
    run, compared = CASES[case](**parameters)
    before, seconds = resident("VmRSS"), []
    if before is not None:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the most begins anew
    for _ in range(runs):
        result = None  # two histories at a time would be one too many
        begin = time.perf_counter()
        result = run()
        seconds.append(time.perf_counter() - begin)
    growth = None if before is None else resident("VmHWM") - before
    return {"seconds": seconds, "numbers": compared(result), "growth": growth}


for line in sys.stdin:
    print(json.dumps(measure(**json.loads(line))), flush=True)
