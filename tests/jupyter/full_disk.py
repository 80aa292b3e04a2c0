"""A disk that is full while a kernel starts or a cell is compiled: the notebook itself says so, with the megabytes and the place.

Usage: cargo run -- python tests/jupyter/full_disk.py [TEST NAME...]. Needs root, to mount small disks.
"""
import contextlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import checkout
import harness
from kernel import Kernel

FIGURE = "use neurobook::prelude::*;\nFigure::new().line([0.0, 1.0], [0.0, 1.0]).show();"
# The template of a session with a kernel's own folder beside it, and some room.
LARGE, SMALL = 900, 8


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
    with filler.open("wb") as file, contextlib.suppress(OSError):
        for _ in range(room >> 16):
            file.write(bytes(1 << 16))
        if leaving == 0:
            while True:
                file.write(bytes(4096))
    try:
        yield
    finally:
        filler.unlink()


@contextlib.contextmanager
def cache_on(folder):
    """An environment whose cache is on a disk: a copy of this checkout's own, without its kernels."""
    cache = folder / "cache"
    own = Path(os.environ.get("NEUROBOOK_CACHE") or Path.home() / ".cache" / "neurobook")
    cache.mkdir()
    environment = {**checkout.environment(checkout.ROOT, cache), "XDG_RUNTIME_DIR": str(folder)}
    for sessions in own.glob("courses/*/sessions"):
        place = cache / sessions.relative_to(own)
        place.mkdir(parents=True)
        for found in sessions.glob("*"):
            if not found.name.startswith(("kernel-", "draft-", "session-")):
                subprocess.run(["cp", "-a", str(found), str(place)], check=True)
    checkout.share_jupyterlab(cache)
    checkout.set_up(environment)
    yield environment


def kernel(environment, **more):
    """A kernel of this environment."""
    return Kernel(specs=checkout.kernel_specs(environment), **{"NEUROBOOK_CACHE": environment["NEUROBOOK_CACHE"], "XDG_RUNTIME_DIR": environment["XDG_RUNTIME_DIR"], **more})


def says_it_is_full(ran, place):
    """What a notebook shows of a full disk."""
    said = " ".join(ran.traceback.split())
    assert ran.status == "error" and "no space left" in said.lower(), ran.trouble()
    assert " MB are free in " in said and str(place) in said and "run the cell again" in said, said
    assert "os error" not in said and "panicked" not in said and "error:" not in said, said
    print(f"          {said}", flush=True)


def a_cell_that_is_compiled_on_a_full_disk_says_so_and_runs_once_there_is_room():
    """Nothing is free, and less than a cell takes; the variables stay."""
    with disk(LARGE) as folder, cache_on(folder) as environment, kernel(environment) as running:
        running.succeed(f"{FIGURE}\nlet kept: i32 = 5;")
        for leaving in (0, 1):
            with filled(folder, leaving):
                says_it_is_full(running.run("let more: i32 = kept + 1;\nprintln!(\"{more}\");"), folder)
            assert running.value("kept") == "5"
        wrong = running.run('let rate: f64 = "fast";')
        assert "mismatched types" in wrong.traceback, wrong.traceback


def a_full_folder_for_temporary_files_is_named():
    """TMPDIR on a disk of its own."""
    with disk(LARGE) as folder, disk(SMALL) as small, cache_on(folder) as environment, kernel(environment, TMPDIR=str(small)) as running:
        running.succeed("let kept: i32 = 5;")
        with filled(small):
            ran = running.run("let more: i32 = kept + 1;\nprintln!(\"{more}\");")
            # Where nothing is written there, a full folder is no reason to stop.
            if ran.status == "error":
                says_it_is_full(ran, small)
        assert running.value("kept") == "5"


def a_kernel_that_starts_on_a_full_disk_says_so_in_its_first_cell():
    """The front answers though the engine cannot start; the same cell runs once there is room."""
    with disk(LARGE) as folder, cache_on(folder) as environment:
        # What describes the kernel needs room, too.
        starts = kernel
        specs = checkout.kernel_specs(environment)
        with filled(folder), Kernel(specs=specs, NEUROBOOK_CACHE=environment["NEUROBOOK_CACHE"], XDG_RUNTIME_DIR=environment["XDG_RUNTIME_DIR"]) as running:
            says_it_is_full(running.run(FIGURE, timeout=300), folder)
        with starts(environment) as running:
            running.succeed(FIGURE)


if __name__ == "__main__":
    assert os.geteuid() == 0, "needs root, to mount small disks"
    harness.run([
        a_cell_that_is_compiled_on_a_full_disk_says_so_and_runs_once_there_is_room,
        a_full_folder_for_temporary_files_is_named,
        a_kernel_that_starts_on_a_full_disk_says_so_in_its_first_cell,
    ], seconds=600)
