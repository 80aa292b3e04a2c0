"""neurolib: three Hopf nodes, with delays and without, and its noise."""

import numpy as np
from neurolib.models.hopf import HopfModel

import probe


def model(weights, lengths, **parameters):
    made = HopfModel(Cmat=weights, Dmat=lengths, seed=1)
    made.params.update({"dt": probe.DT, "signalV": 1.0, "a": probe.A, "w": probe.W, "K_gl": probe.COUPLING, **parameters})
    return made


def run(delays):
    made = model(probe.WEIGHTS, delays, duration=probe.STEPS * probe.DT, xs_init=probe.X[:, None], ys_init=probe.Y[:, None])
    made.run()
    return {"t": made.t, "x": made.x, "y": made.y}


def noise():
    """Without a pace of their own, and so near 0 that only noise moves them."""
    nothing = np.zeros((probe.NODES, probe.NODES))
    rest = np.zeros((probe.NODES, 1))
    one, two, long = [], [], []
    for seed in range(20):
        made = model(nothing, nothing, duration=probe.LONG * probe.DT, a=0.0, w=0.0, K_gl=0.0, sigma_ou=probe.SIGMA, tau_ou=0.5, seed=seed,
                     xs_init=rest, ys_init=rest)
        made.run()
        one.append(made.x[:, 0])
        two.append(made.x[:, 1])
        long.append(made.x[:, -1])
    return {**probe.spread(one, long), "two_steps": float(np.mean(np.square(two))), "tau": 0.5}


probe.write("neurolib", at_once=run(probe.NONE), delayed=run(probe.DELAYS), noise=noise())
