"""400 regions with delays and noise: ours beside neurolib (numba, its Hopf model) and tvb-library (its Kuramoto model), in turns; and from 80 to 1,280
regions, what a pair of regions costs.

Usage: cargo build --release --example large_network && python3 benches/peers/large.py [--quick]
It installs both packages in target/peers-large, and prints a table.
"""

import subprocess
import sys
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
OURS = ROOT / "target" / "release" / "examples" / "large_network"
PACKAGES = ["neurolib==0.6.2", "tvb-library==2.10.0"]
QUICK = "--quick" in sys.argv[1:]
ROUNDS, REGIONS, STEPS = (1, 400, 100) if QUICK else (15, 400, 2000)
GROWTH = (80, 160, 320, 640, 1280)

THEIRS = '''
import sys, time, warnings, logging
warnings.simplefilter("ignore")
logging.disable(logging.WARNING)
import numpy as np

package, nodes = sys.argv[1], int(sys.argv[2])
spread = lambda step: (np.arange(1, nodes * nodes + 1) * step % 1.0).reshape(nodes, nodes)
weights = spread(0.6180339887498949) / nodes
np.fill_diagonal(weights, 0.0)
times = 12.4 * spread(0.41421356237309515)
if package == "neurolib":
    from neurolib.models.hopf import HopfModel

    def run(steps):
        model = HopfModel(Cmat=weights, Dmat=times * 20.0, seed=1)
        model.params.update({"duration": 0.1 * steps, "dt": 0.1, "signalV": 20.0, "sigma_ou": 0.01})
        begin = time.perf_counter()
        model.run()
        return time.perf_counter() - begin
else:
    from tvb.datatypes.connectivity import Connectivity
    from tvb.simulator import coupling, integrators, models, monitors, noise, simulator

    def run(steps):
        brain = Connectivity(
            weights=weights, tract_lengths=times, speed=np.array([1.0]), centres=np.zeros((nodes, 3)), region_labels=np.array([str(n) for n in range(nodes)])
        )
        made = simulator.Simulator(
            model=models.Kuramoto(omega=np.array([0.06])), connectivity=brain, coupling=coupling.Kuramoto(a=np.array([2.0])), monitors=(monitors.Raw(),),
            integrator=integrators.EulerStochastic(dt=0.1, noise=noise.Additive(nsig=np.array([1e-4]))), simulation_length=0.1 * steps,
        )
        made.configure()
        begin = time.perf_counter()
        made.run()
        return time.perf_counter() - begin

for line in sys.stdin:
    print(run(int(line)), flush=True)
'''


def installed():
    """The Python that has both packages."""
    python = ROOT / "target" / "peers-large" / "bin" / "python"
    if not python.is_file():
        subprocess.run([sys.executable, "-m", "venv", str(python.parents[1])], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", *PACKAGES], check=True)
    return python


def started(command):
    """A process that runs as many steps as it is told, warm."""
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    ask(process, 10)
    return process


def ask(process, steps):
    """Seconds of a run there: one number, or ours of Hopf nodes and of phase oscillators."""
    print(steps, file=process.stdin, flush=True)
    answer = process.stdout.readline()
    assert answer, f"{process.args[0]} ended: its error is above"
    return [float(word) for word in answer.split()]


def ended(process):
    """Its input ends, and so does the process."""
    process.stdin.close()
    process.wait()


def main():
    """Rounds in turns, then the growth."""
    assert OURS.is_file(), "cargo build --release --example large_network"
    python = installed()
    sides = [started([python, "-c", THEIRS, "neurolib", str(REGIONS)]), started([python, "-c", THEIRS, "tvb", str(REGIONS)]), started([OURS, str(REGIONS)])]
    rounds = [[seconds for side in sides for seconds in ask(side, STEPS)] for _ in range(ROUNDS)]
    for side in sides:
        ended(side)
    print(f"{REGIONS} regions, delays, noise, {STEPS:,} steps, one thread, medians of {ROUNDS}\n")
    print("| beside | theirs | ours | times faster | rounds | at least |\n|---|---|---|---|---|---|")
    for name, one, other in (("neurolib 0.6.2, Hopf", 0, 2), ("tvb-library 2.10.0, Kuramoto", 1, 3)):
        ratios = sorted(found[one] / found[other] for found in rounds)
        theirs, our = median(found[one] for found in rounds), median(found[other] for found in rounds)
        print(f"| {name} | {theirs:.3g} s | {our:.3g} s | {theirs / our:.1f} | {ratios[0]:.1f} to {ratios[-1]:.1f} | 10 |")
    print("\n| regions | ns a pair and step, Hopf | ns a pair and step, phases |\n|---|---|---|")
    for regions in GROWTH:
        side = started([OURS, str(regions)])
        found = [ask(side, STEPS // 2) for _ in range(5)]
        ended(side)
        pairs = regions * regions * (STEPS // 2)
        print(f"| {regions} | {1e9 * median(one for one, _ in found) / pairs:.3f} | {1e9 * median(two for _, two in found) / pairs:.3f} |")


if __name__ == "__main__":
    main()
