"""kuramoto: three nodes. It has no delays and no noise."""

import numpy as np
from kuramoto import Kuramoto

import probe

model = Kuramoto(coupling=probe.COUPLING, dt=probe.DT, T=probe.STEPS * probe.DT, natfreqs=probe.OMEGA)
theta = model.run(adj_mat=probe.WEIGHTS, angles_vec=probe.PHASES)
# The grid of times stays inside the package; a node that nobody reaches tells it by its phase.
alone = Kuramoto(coupling=0.0, dt=probe.DT, T=probe.STEPS * probe.DT, natfreqs=probe.TURNING)
turning = alone.run(adj_mat=np.ones((3, 3)), angles_vec=probe.FROM)
clock = (turning[0] - probe.FROM[0]) / probe.TURNING[0]
probe.write("kuramoto", at_once={"t": clock, "theta": theta}, turning={"t": clock, "theta": turning})
