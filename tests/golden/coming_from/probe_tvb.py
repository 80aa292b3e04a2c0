"""tvb-library: three Kuramoto nodes, with delays and without, on their own history and on a constant one, and its noise."""

import numpy as np
from tvb.datatypes.connectivity import Connectivity
from tvb.simulator import coupling, integrators, models, monitors, noise, simulator

import probe


def run(weights, lengths, omega, phases, scheme, steps, gain=probe.COUPLING):
    """`phases` are held before the start, for 100 steps; without them the package makes a history up."""
    nodes = len(weights)
    connectivity = Connectivity(
        weights=weights, tract_lengths=lengths, centres=np.zeros((nodes, 3)), region_labels=np.array([f"r{n}" for n in range(nodes)]),
        speed=np.array([1.0]),
    )
    made = simulator.Simulator(
        model=models.Kuramoto(omega=omega), connectivity=connectivity, coupling=coupling.Kuramoto(a=np.array([gain])),
        integrator=scheme, monitors=(monitors.Raw(),), simulation_length=steps * probe.DT,
        initial_conditions=None if phases is None else np.tile(phases[None, None, :, None], (100, 1, 1, 1)),
    )
    made.configure()
    ((times, states),) = made.run()
    return {"t": times, "theta": states[:, 0, :, 0].T}


def plain(delays, phases=probe.PHASES):
    euler = integrators.EulerDeterministic(dt=probe.DT)
    return run(probe.WEIGHTS, delays, probe.OMEGA, phases, euler, probe.STEPS)


def spread():
    nothing = np.zeros((probe.NODES, probe.NODES))
    one, long = [], []
    for seed in range(20):
        scheme = integrators.EulerStochastic(dt=probe.DT, noise=noise.Additive(nsig=np.array([probe.SIGMA]), noise_seed=seed))
        moved = run(nothing, nothing, np.zeros(1), np.zeros(probe.NODES), scheme, probe.LONG, 0.0)["theta"]
        one.append(moved[:, 0])
        long.append(moved[:, -1])
    return probe.spread(one, long)


probe.write(
    "tvb-library", at_once=plain(probe.NONE), delayed=plain(probe.DELAYS), turning=run(probe.NONE, probe.NONE, probe.TURNING, probe.FROM, integrators.EulerDeterministic(dt=probe.DT), probe.STEPS, 0.0),
    made_up=plain(probe.DELAYS, None), noise=spread(),
)
