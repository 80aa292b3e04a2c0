"""brainmass: three Kuramoto nodes, three Hopf nodes with delays and without, and its noise."""

import jax

jax.config.update("jax_enable_x64", True)
import brainmass
import brainstate
import braintools
import brainunit as u
import numpy as np

import probe

STEP = probe.DT * u.ms
brainstate.environ.set(precision=64, dt=STEP)


def constant(values):
    """An initial state of one number for each node."""
    return lambda *_, **__: np.asarray(values)


def kuramoto(divided, omega=probe.OMEGA, phases=probe.PHASES, weights=probe.WEIGHTS):
    model = brainmass.KuramotoNetwork(3, omega=omega, K=probe.COUPLING, conn=weights, normalize_by_n=divided, init_theta=constant(phases))
    found = brainmass.Simulator(model, dt=STEP).run(probe.STEPS * STEP, monitors=["theta"])
    return {"t": found["ts"].to_decimal(u.ms), "theta": found["theta"].T}


# The history before the start is the initial state here; by default it is drawn from 0 to 0.05.
HELD = {"delay_init": lambda shape, **_: np.broadcast_to(probe.X, shape)}


def hopf(delays, method="exp_euler", history=HELD):
    node = brainmass.HopfStep(3, a=probe.A, w=probe.W, init_x=constant(probe.X), init_y=constant(probe.Y), method=method)
    network = brainmass.Network(
        node, conn=probe.WEIGHTS, distance=delays, speed=1.0, coupled_var="x", k=probe.COUPLING, **history
    )
    found = brainmass.Simulator(network, dt=STEP).run(probe.STEPS * STEP, monitors=lambda net: (net.node.x.value, net.node.y.value))
    return {"t": found["ts"].to_decimal(u.ms), "x": found["output"][0].T, "y": found["output"][1].T}


def noise(kind, **parameters):
    one, long = [], []
    for seed in range(20):
        brainstate.random.seed(seed)
        made = kind(probe.NODES, sigma=probe.SIGMA, **parameters)
        model = brainmass.KuramotoNetwork(probe.NODES, conn=np.zeros((probe.NODES, probe.NODES)), noise_theta=made, init_theta=constant(np.zeros(probe.NODES)))
        moved = np.asarray(brainmass.Simulator(model, dt=STEP).run(probe.LONG * STEP, monitors=["theta"])["theta"])
        one.append(moved[0])
        long.append(moved[-1])
    return probe.spread(one, long)


probe.write(
    "brainmass",
    kuramoto=kuramoto(True), kuramoto_undivided=kuramoto(False),
    turning=kuramoto(True, probe.TURNING, probe.FROM, probe.NONE),
    at_once=hopf(probe.NONE), delayed=hopf(probe.DELAYS),
    euler=hopf(probe.DELAYS, "euler"), rk4=hopf(probe.DELAYS, "rk4"), default_history=hopf(probe.DELAYS, "euler", {}),
    noise=noise(brainmass.GaussianNoise),
    coloured={**noise(brainmass.OUProcess, tau=0.5 * u.ms, init=braintools.init.Constant(0.0)), "tau": 0.5},
)
