"""tvboptim: three Kuramoto nodes, with delays and without, and its noise."""

import jax

jax.config.update("jax_enable_x64", True)
import jax.numpy as jnp
import numpy as np
from tvboptim.experimental.network_dynamics import Network, prepare
from tvboptim.experimental.network_dynamics.coupling import DelayedKuramotoCoupling
from tvboptim.experimental.network_dynamics.dynamics.tvb import Kuramoto
from tvboptim.experimental.network_dynamics.graph import DenseDelayGraph
from tvboptim.experimental.network_dynamics.noise import AdditiveNoise
from tvboptim.experimental.network_dynamics.result import NativeSolution
from tvboptim.experimental.network_dynamics.solvers import Euler

import probe


def held(phases):
    """A past in which every node has had its initial phase: the package gives all nodes one number otherwise."""
    times = np.arange(-100, 1) * probe.DT
    return NativeSolution(jnp.asarray(times), jnp.tile(jnp.asarray(phases), (len(times), 1, 1)), dt=probe.DT, variable_names=("theta",))


def run(weights, delays, omega, phases, gain, steps, noise=None):
    model = Kuramoto(omega=jnp.asarray(omega))
    coupling = DelayedKuramotoCoupling(incoming_states="theta", local_states="theta", G=gain)
    network = Network(model, {"delayed": coupling}, DenseDelayGraph(jnp.asarray(weights), jnp.asarray(delays)), noise=noise, history=held(phases))
    solve, config = prepare(network, Euler(), t0=0.0, t1=steps * probe.DT, dt=probe.DT)
    found = solve(config)
    return {"t": np.asarray(found.ts), "theta": np.asarray(found.ys)[:, 0, :].T}


def spread():
    nothing = np.zeros((probe.NODES, probe.NODES))
    one, long = [], []
    for seed in range(20):
        noise = AdditiveNoise(sigma=probe.SIGMA, key=jax.random.key(seed))
        moved = run(nothing, nothing, 0.0, np.zeros(probe.NODES), 0.0, probe.LONG, noise)["theta"]
        one.append(moved[:, 0])
        long.append(moved[:, probe.LONG - 1])
    return probe.spread(one, long)


plain = (probe.OMEGA, probe.PHASES, probe.COUPLING, probe.STEPS)
probe.write(
    "tvboptim", at_once=run(probe.WEIGHTS, probe.NONE, *plain), delayed=run(probe.WEIGHTS, probe.DELAYS, *plain), noise=spread(),
    turning=run(probe.NONE, probe.NONE, probe.TURNING, probe.FROM, 0.0, probe.STEPS),
)
