"""PyRates: three Kuramoto nodes, with delays and without. It has no noise of its own."""

import numpy as np
from pyrates.frontend import CircuitTemplate, EdgeTemplate, NodeTemplate, OperatorTemplate

import probe

PHASE = OperatorTemplate(
    name="phase_op", equations=["d/dt * theta = omega + K*s_in"], variables={"theta": "output(0.0)", "omega": 0.1, "K": probe.COUPLING, "s_in": "input(0.0)"}
)
SINE = OperatorTemplate(name="sine_op", equations=["s = sin(source - target)"], variables={"source": "input", "target": "input", "s": "output"})


def run(delays, omega=probe.OMEGA, phases=probe.PHASES, weights=probe.WEIGHTS):
    edge = EdgeTemplate(name="sine_edge", operators=[SINE])
    nodes = {f"p{n}": NodeTemplate(name=f"p{n}", operators={PHASE: {"omega": omega[n], "theta": phases[n]}}) for n in range(3)}
    edges = []
    for n, m in np.argwhere(weights != 0.0):
        values = {"weight": weights[n, m], "sine_edge/sine_op/source": "source", "sine_edge/sine_op/target": f"p{n}/phase_op/theta"}
        if delays[n, m] > 0.0:
            values["delay"] = delays[n, m]
        edges.append((f"p{m}/phase_op/theta", f"p{n}/phase_op/s_in", edge, values))
    circuit = CircuitTemplate(name="three", nodes=nodes, edges=edges)
    outputs = {f"theta{n}": f"p{n}/phase_op/theta" for n in range(3)}
    found = circuit.run(
        simulation_time=probe.STEPS * probe.DT, step_size=probe.DT, solver="euler", outputs=outputs, verbose=False, clear=True, vectorize=False,
        float_precision="float64",
    )
    return {"t": np.asarray(found.index), "theta": np.array([np.asarray(found[name]).ravel() for name in outputs])}


probe.write("pyrates", at_once=run(probe.NONE), delayed=run(probe.DELAYS), turning=run(probe.NONE, probe.TURNING, probe.FROM, probe.NONE))
