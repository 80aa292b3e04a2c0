"""A connectome of 400 regions and series of 400 × 1200: `neurobook convert` beside pandas, in turns.

Usage: python3 benches/convert.py [--runs NUMBER], after `cargo build`; with `--release`, after `cargo build --release`.
Both are whole processes that read a file and write the course's CSV. Time is the median of the wall clock's, memory the peak that
the system counts for the process. The Python environment is that of tests/convert.
"""
import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "convert"))

import environment  # noqa: E402: found by the line above

environment.enter()

import checkout  # noqa: E402: found by `environment`
import numpy as np  # noqa: E402: in the environment that is entered above
import pandas as pd  # noqa: E402
import scipy.io  # noqa: E402

# What a person would write for it, as a process of its own.
PANDAS = {
    ".tsv": "import sys, pandas; pandas.read_csv(sys.argv[1], sep='\\t').to_csv(sys.argv[2], index=False)",
    ".csv": "import sys, pandas; pandas.read_csv(sys.argv[1], header=None).to_csv(sys.argv[2], index=False, header=False)",
    ".npy": "import sys, numpy, pandas; pandas.DataFrame(numpy.load(sys.argv[1])).to_csv(sys.argv[2], index=False, header=False)",
    ".mat": "import sys, scipy.io, pandas; pandas.DataFrame(scipy.io.loadmat(sys.argv[1])['W']).to_csv(sys.argv[2], index=False, header=False)",
}


def files(folder):
    """The files that are converted, with what they are."""
    random = np.random.default_rng(400)
    weights = random.lognormal(size=(400, 400))
    bold = pd.DataFrame(random.normal(size=(1200, 400)), columns=[f"region {number}" for number in range(400)])
    np.save(folder / "weights.npy", weights)
    scipy.io.savemat(folder / "weights.mat", {"W": weights}, do_compression=True)
    np.savetxt(folder / "weights.csv", weights, delimiter=",")
    bold.to_csv(folder / "bold.tsv", sep="\t", index=False)
    np.save(folder / "bold.npy", bold.values)
    return ["weights.npy", "weights.mat", "weights.csv", "bold.npy", "bold.tsv"]


# A process begins with the peak of the one that starts it: so a small one does.
STARTER = """
import os, sys, time
begin = time.perf_counter()
process = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
_, status, usage = os.wait4(process, 0)
print(status, time.perf_counter() - begin, usage.ru_maxrss)
"""


def measured(command):
    """Wall clock's seconds and the peak of memory in MB of a command that must succeed."""
    ran = subprocess.run([sys.executable, "-I", "-S", "-c", STARTER, *command], check=True, capture_output=True, text=True)
    status, seconds, peak = ran.stdout.split()
    assert status == "0", f"{command} failed: {ran.stderr}"
    return float(seconds), int(peak) / (1024**2 if sys.platform == "darwin" else 1024)


def main():
    """Measures, and prints a line for each file."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--release", action="store_true")
    options = parser.parse_args()
    program = checkout.TARGET / "release" / "neurobook" if options.release else checkout.PROGRAM
    assert program.is_file(), f"{program} is not there: build it first"
    print(f"medians of {options.runs} runs, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {'release' if options.release else 'as the course builds it'}")
    print(f"{'file':12} {'convert':>16} {'pandas':>16} {'share of time':>14}")
    with tempfile.TemporaryDirectory(prefix="neurobook-bench-") as temporary:
        folder = Path(temporary)
        for name in files(folder):
            source, out = str(folder / name), str(folder / "out.csv")
            ours, theirs = [], []
            for _ in range(options.runs):
                ours.append(measured([str(program), "convert", source, "--out", out, "--force"]))
                theirs.append(measured([sys.executable, "-c", PANDAS[Path(name).suffix], source, out]))
            (time_a, memory_a), (time_b, memory_b) = (map(statistics.median, zip(*side)) for side in (ours, theirs))
            print(f"{name:12} {time_a:7.3f} s {memory_a:4.0f} MB {time_b:7.3f} s {memory_b:4.0f} MB {time_a / time_b:14.2f}")


if __name__ == "__main__":
    main()
