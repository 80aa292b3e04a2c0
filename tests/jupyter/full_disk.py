"""A disk that is full while a kernel starts or a cell is compiled: the notebook itself says so, with the megabytes and the place.

Usage: cargo run -- python tests/jupyter/full_disk.py [TEST NAME...]. Needs root, to mount small disks.
"""
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import harness
from kernel import Kernel

FIGURE = "use neurobook::prelude::*;\nFigure::new().line([0.0, 1.0], [0.0, 1.0]).show();"
# Megabytes: the template of a session with some kernels' own folders, and a folder for temporary files.
LARGE, SMALL = 900, 8
# In a namespace of its own nobody else sees the small disks.
ALONE = "NEUROBOOK_TEST_ALONE"


@contextlib.contextmanager
def disk(megabytes):
    """A disk in memory, of this size."""
    with tempfile.TemporaryDirectory(prefix="neurobook-test-", ignore_cleanup_errors=True) as folder:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder], check=True)
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


@contextlib.contextmanager
def filled(folder, leaving=0):
    """Leaves so many megabytes free on the disk of a folder."""
    filler = folder / "filler"
    room = shutil.disk_usage(folder).free - (leaving << 20)
    # Unbuffered, so that nothing is left to be written when it is closed.
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        for _ in range(room >> 16):
            file.write(bytes(1 << 16))
        if leaving == 0:
            while True:
                file.write(bytes(4096))
    try:
        yield
    finally:
        filler.unlink()


def sessions():
    """The folder of this checkout's sessions."""
    return Path(os.environ["JUPYTER_DATA_DIR"]).parents[1] / "sessions"


def put_sessions_on(folder):
    """The sessions' folder stands on this disk from now on, with all but the kernels' own."""
    for found in sessions().iterdir():
        if not found.name.startswith(("kernel-", "draft-", "session-")):
            subprocess.run(["cp", "-a", str(found), str(folder)], check=True)
    subprocess.run(["mount", "--bind", str(folder), str(sessions())], check=True)


def says_it_is_full(ran, place):
    """What a notebook shows of a full disk."""
    said = " ".join(ran.traceback.split())
    assert ran.status == "error" and "no space left" in said.lower(), ran.trouble()
    assert " MB are free in " in said and str(place) in said and "run the cell again" in said, said
    assert "os error" not in said and "panicked" not in said and "error:" not in said, said
    print(f"          {said}", flush=True)


def a_cell_that_is_compiled_on_a_full_disk_says_so_and_runs_once_there_is_room():
    """Nothing is free, and less than a cell takes; the variables stay."""
    with Kernel() as kernel:
        kernel.succeed(f"{FIGURE}\nlet kept: i32 = 5;")
        for leaving, cell in [(0, "println!(\"{kept}\");"), (1, f"{FIGURE}\nlet more: i32 = kept + 1;")]:
            with filled(sessions(), leaving):
                says_it_is_full(kernel.run(cell), sessions())
            assert kernel.value("kept") == "5"
        assert "mismatched types" in kernel.run('let rate: f64 = "fast";').traceback


def a_full_folder_for_temporary_files_is_named_or_does_no_harm():
    """TMPDIR on a disk of its own."""
    with disk(SMALL) as small, Kernel(TMPDIR=str(small)) as kernel:
        kernel.succeed("let kept: i32 = 5;")
        with filled(small):
            ran = kernel.run("let more: i32 = kept + 1;\nprintln!(\"{more}\");")
            # Where nothing is written there, a full folder is no reason to stop.
            if ran.status == "error":
                says_it_is_full(ran, small)
        assert kernel.value("kept") == "5"


def a_kernel_that_starts_on_a_full_disk_says_so_in_its_first_cell():
    """The front answers though the engine cannot start. What earlier kernels leave is gone before the disk is filled, and no spare is at hand."""
    deadline = time.monotonic() + 60
    while any(sessions().glob("kernel-*")):
        assert time.monotonic() < deadline, "an earlier kernel's folder stays"
        time.sleep(0.2)
    with filled(sessions()), Kernel() as kernel:
        ran = kernel.run(FIGURE, timeout=300)
        said = " ".join(ran.traceback.split())
        assert ran.status == "error" and "There is no space left" in said and "0 MB are free" in said, said
        assert str(sessions()) in said and "Run this cell again when that is mended" in said, said


if __name__ == "__main__":
    assert os.geteuid() == 0, "needs root, to mount small disks"
    if ALONE not in os.environ:
        os.environ[ALONE] = "yes"
        os.execvp("unshare", ["unshare", "--mount", "--propagation", "private", sys.executable, *sys.argv])
    with disk(LARGE) as large, tempfile.TemporaryDirectory(prefix="neurobook-test-") as runtime:
        # No spare kernel of somebody else's.
        os.environ["XDG_RUNTIME_DIR"] = runtime
        put_sessions_on(large)
        harness.run([
            a_cell_that_is_compiled_on_a_full_disk_says_so_and_runs_once_there_is_room,
            a_full_folder_for_temporary_files_is_named_or_does_no_harm,
            a_kernel_that_starts_on_a_full_disk_says_so_in_its_first_cell,
        ], seconds=300)
