"""neuromass: three Kuramoto nodes. It has no delays and no noise."""

from neuromass.models.kuramoto import NaiveKuramotoModel

import probe

model = NaiveKuramotoModel(n_nodes=3, omega=probe.OMEGA, epsilon=probe.COUPLING, adjacency=probe.WEIGHTS)
runs = {}
for backend in model.available_backends():
    t, theta = model.solve(probe.PHASES, T=probe.STEPS * probe.DT, dt=probe.DT, backend=backend)
    runs[backend] = {"t": t, "theta": theta}
turning = NaiveKuramotoModel(n_nodes=3, omega=probe.TURNING, epsilon=0.0, adjacency=probe.NONE)
t, theta = turning.solve(probe.FROM, T=probe.STEPS * probe.DT, dt=probe.DT)
probe.write("neuromass", at_once=runs["python"], backends=runs, turning={"t": t, "theta": theta})
