"""vbi: three Stuart-Landau nodes (numba), with delays and without, three Kuramoto nodes (C++), and the noise of both."""

import numpy as np
from vbi.models.cpp.km import KM_sde
from vbi.models.numba.sl import SL_sde

import probe


def stuart_landau(delays, dt, every=1):
    """What comes after every so many steps."""
    made = SL_sde({
        "weights": probe.WEIGHTS, "tr_len": delays, "speed": 1.0, "a": probe.A, "omega": probe.W, "G": probe.COUPLING, "sigma": 0.0, "dt": dt,
        "t_end": probe.STEPS * probe.DT, "t_cut": -1.0, "initial_state": probe.X + 1j * probe.Y, "seed": 1,
    })
    found = made.run()
    states = found["X"][every - 1 :: every].T
    return {"t": found["t"][every - 1 :: every], "x": states.real, "y": states.imag, "dt": dt}


def stuart_landau_noise():
    # Its loop over pairs of nodes is plain Python: fewer nodes and more seeds.
    nodes = 10
    nothing = np.zeros((nodes, nodes))
    one, long = [], []
    for seed in range(2 * probe.NODES):
        made = SL_sde({
            "weights": nothing, "a": 0.0, "omega": 0.0, "G": 0.0, "sigma": probe.SIGMA, "dt": probe.DT, "t_end": probe.LONG * probe.DT, "t_cut": -1.0,
            "initial_state": np.zeros(nodes, complex), "seed": seed,
        })
        x = made.run()["X"].real
        one.append(x[0])
        long.append(x[probe.LONG - 1])
    return probe.spread(one, long)


def kuramoto(weights, omega, phases, gain, noise, steps):
    made = KM_sde({
        "G": gain, "dt": probe.DT, "noise_amp": noise, "weights": weights, "omega": omega,
        "t_end": steps * probe.DT + probe.DT / 2, "type": np.float64, "noise_seed": 1,
    })
    # Given among the parameters, the initial state ends the program with an AttributeError.
    found = made.run(x0=phases)
    return {"t": found["t"], "theta": found["x"]}


def kuramoto_noise():
    nothing = np.zeros((probe.NODES, probe.NODES))
    one, long = [], []
    for _ in range(20):
        moved = kuramoto(nothing, np.zeros(probe.NODES), np.zeros(probe.NODES), 0.0, probe.SIGMA, probe.LONG)["theta"]
        one.append(moved[:, 0])
        long.append(moved[:, probe.LONG - 1])
    return probe.spread(one, long)


probe.write(
    "vbi",
    at_once=stuart_landau(probe.NONE, 0.1), delayed=stuart_landau(probe.DELAYS, 0.1), fine=stuart_landau(probe.DELAYS, 0.001, 100),
    noise=stuart_landau_noise(),
    kuramoto=kuramoto(probe.WEIGHTS, probe.OMEGA, probe.PHASES, probe.COUPLING, 0.0, probe.STEPS), turning=kuramoto(probe.NONE, probe.TURNING, probe.FROM, 0.0, 0.0, probe.STEPS), kuramoto_noise=kuramoto_noise(),
)
