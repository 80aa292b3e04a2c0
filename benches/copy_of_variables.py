"""What the copy that a kernel keeps of its variables costs a cell, with a gigabyte of them: medians, in the real kernel.

Usage: cargo run -- python benches/copy_of_variables.py [--rounds N]
"""
import argparse
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "jupyter"))

import checkout  # noqa: E402: found by the line above
from kernel import Kernel  # noqa: E402

# A function that a cell has compiled before, so that the cells measured differ in what they do with the gigabyte alone.
FUNCTIONS = """
fn hold(values: &mut Vec<u8>) { *values = vec![1; 1 << 30]; }
fn change(values: &mut [u8]) { values.fill(2); }
fn leave_alone(values: &[u8]) -> usize { values.len() }
let mut values: Vec<u8> = Vec::new();
"""
CELLS = {
    "without a gigabyte": "leave_alone(&values);",
    "makes it": "hold(&mut values);",
    "leaves it alone": "leave_alone(&values);",
    "changes all of it": "change(&mut values);",
}


def seconds(kernel, cell):
    """Runs a cell."""
    begin = time.perf_counter()
    ran = kernel.run(cell)
    assert ran.clean, ran.trouble()
    return time.perf_counter() - begin


def main():
    """Measures and prints."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=11)
    options = parser.parse_args()
    with Kernel(checkout.notebooks("solution")[0].parent) as kernel:
        seconds(kernel, FUNCTIONS)
        print("| a cell that | median s |\n|---|---|")
        for name, cell in CELLS.items():
            print(f"| {name} | {statistics.median(seconds(kernel, cell) for _ in range(options.rounds)):.3f} |", flush=True)


main()
