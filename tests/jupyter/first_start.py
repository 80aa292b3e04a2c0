"""What a first start says and does on machines that are not as one would wish.

Usage: python tests/jupyter/first_start.py [TEST NAME...]. Some tests need root, to take rights or the network away.
"""
import json
import os
import shutil
import socket
import stat
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import checkout
import harness
import lab

NO_NETWORK = ["unshare", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]
NOBODY = 65534
CELL = "use neurobook::prelude::*;\nFigure::new().line([0.0, 1.0], [0.0, 1.0]).show();"


@contextmanager
def empty_cache(name="cache"):
    """This checkout with an empty cache: gives an environment for it."""
    with tempfile.TemporaryDirectory(prefix="neurobook-test-", ignore_cleanup_errors=True) as folder:
        yield checkout.environment(checkout.ROOT, Path(folder) / name)


def refusal(done):
    """What a command says that has to fail; never a stack trace, never a bare system error."""
    assert done.returncode != 0, f"this should have failed:\n{done.stdout}{done.stderr}"
    assert "panicked" not in done.stderr and "RUST_BACKTRACE" not in done.stderr, done.stderr
    return done.stderr


def draws_a_figure(environment, before=()):
    """Runs a notebook with one figure, in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="neurobook-test-") as folder:
        notebook, out = Path(folder) / "one.ipynb", Path(folder) / "out.ipynb"
        notebook.write_text(one_cell(), encoding="utf-8")
        os.chmod(folder, 0o777)
        done = checkout.neurobook("run", str(notebook), "--out", str(out), env=environment, before=before)
        assert done.returncode == 0, f"{done.stdout}{done.stderr}"
        assert "data:image/svg+xml" in out.read_text(encoding="utf-8")


def one_cell():
    """A notebook with one cell."""
    cell = {"cell_type": "code", "id": "one", "metadata": {}, "source": CELL, "outputs": [], "execution_count": None}
    kernel = {"kernelspec": {"name": "rust", "display_name": "Rust", "language": "rust"}}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": kernel, "cells": [cell]})


def path_without_python(folder):
    """A PATH that holds the Rust toolchain and a linker, but no Python."""
    programs = ["rustc", "cargo", "rustup", "cc", "gcc", "ld", "as", "sh", "git"]
    for program in filter(shutil.which, programs):
        (folder / program).symlink_to(shutil.which(program))
    return str(folder)


def without_python_the_message_says_what_to_install():
    """No `python3` and no `python` on PATH."""
    with empty_cache() as environment, tempfile.TemporaryDirectory() as folder:
        said = refusal(checkout.neurobook("setup", env={**environment, "PATH": path_without_python(Path(folder))}))
        assert "no Python found" in said and "3.10" in said and "python.org" in said, said


def too_old_a_python_is_named_with_its_version():
    """The only `python3` is 3.8."""
    with empty_cache() as environment, tempfile.TemporaryDirectory() as folder:
        path = path_without_python(Path(folder))
        old = Path(folder) / "python3"
        old.write_text("#!/bin/sh\necho 3 8\n", encoding="utf-8")
        old.chmod(0o755)
        said = refusal(checkout.neurobook("setup", env={**environment, "PATH": path}))
        assert "Python 3.8" in said and "3.10 or newer" in said, said


def without_a_network_the_first_start_says_that_it_needs_one():
    """JupyterLab cannot be fetched, nor the crates; each message says that later starts do without."""
    with empty_cache() as environment:
        lonely = {**environment, "PIP_RETRIES": "0", "PIP_TIMEOUT": "2", "CARGO_NET_RETRY": "0"}
        lonely.pop("PIP_FIND_LINKS", None)
        said = refusal(checkout.neurobook("setup", env=lonely, before=NO_NETWORK))
        assert "JupyterLab could not be installed" in said and "later starts do not" in said, said
        said = refusal(checkout.neurobook("setup", "--no-jupyter", env=lonely, before=NO_NETWORK))
        assert "could not be downloaded" in said and "later starts do not" in said, said


def without_a_c_linker_the_message_says_what_to_install():
    """A PATH without `cc`."""
    with empty_cache() as environment, tempfile.TemporaryDirectory() as folder:
        path = path_without_python(Path(folder))
        for linker in ("cc", "gcc", "ld", "as"):
            (Path(folder) / linker).unlink(missing_ok=True)
        said = refusal(checkout.neurobook("setup", "--no-jupyter", env={**environment, "PATH": path}))
        assert "no C linker" in said and "gcc" in said, said


class AwkwardPlace:
    """A copy of this checkout whose path, like its cache's, has blanks and umlauts; its tests go on from each other."""

    def __init__(self, root, environment):
        """Lends it the user's JupyterLab; everything else it sets up itself."""
        self.root, self.environment = root, {**environment, "NEUROBOOK_CACHE": str(root.parent / "my cache"), "TMPDIR": str(root.parents[1])}
        checkout.share_jupyterlab(self.environment["NEUROBOOK_CACHE"])

    def blanks_and_umlauts_in_the_paths_of_checkout_and_cache_do_no_harm(self):
        """Set-up, then a figure; evcxr alone would cut such paths short."""
        checkout.set_up(self.environment)
        draws_a_figure(self.environment)

    def a_port_in_use_leads_to_the_next_one(self):
        """JupyterLab looks for a free port by itself, and the address names it."""
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            with lab.Lab(self.environment, port) as server:
                assert f":{port}/" not in server.address(), server.said
        assert list((self.root / "notebooks" / "mine").glob("*.ipynb")), "there is no learner's copy"

    def a_moved_checkout_heals(self):
        """The folder gets another name: template and kernel's description follow, the learner's copy stays."""
        moved = self.root.rename(self.root.parent / "neuro book, moved")
        here = {**self.environment, "NEUROBOOK_ROOT": str(moved)}
        checkout.set_up(here)
        draws_a_figure(here)
        described = json.loads((checkout.kernel_specs(here) / "rust" / "kernel.json").read_text(encoding="utf-8"))
        assert described["env"]["NEUROBOOK_ROOT"] == str(moved), described
        assert list((moved / "notebooks" / "mine").glob("*.ipynb")), "the learner's copy is gone"


def a_read_only_checkout_runs_and_says_where_own_copies_cannot_be():
    """An ordinary user on a course folder that belongs to somebody else."""
    assert os.geteuid() == 0, "needs root, to become somebody else"
    with checkout.temporary_copy() as (root, environment):
        make_readable(root.parent)
        home = root.parent / "home"
        (home / "cache").mkdir(parents=True)
        toolchain = subprocess.run(["rustc", "--print", "sysroot"], capture_output=True, text=True, check=True).stdout.strip()
        program = shutil.copy(checkout.PROGRAM, root.parent / "neurobook")
        # As in a container: the kernel's program beside it, and no sources that it could be compiled from.
        shutil.copy(checkout.PROGRAM.with_name("neurobook-kernel"), root.parent / "neurobook-kernel")
        for place in (home, home / "cache"):
            os.chown(place, NOBODY, NOBODY)
        with reachable(toolchain):
            user = {"HOME": str(home), "CARGO_HOME": str(home / ".cargo"), "NEUROBOOK_CACHE": str(home / "cache"), "PATH": f"{toolchain}/bin:/usr/local/bin:/usr/bin:/bin"}
            become = ["setpriv", "--reuid", str(NOBODY), "--regid", str(NOBODY), "--clear-groups"]

            def as_user(*words):
                """Runs the program as that user."""
                return subprocess.run(
                    [*become, str(program), *words], env={**clean(environment), **user}, cwd=home,
                    timeout=300, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
                )

            done = as_user("setup", "--no-jupyter")
            assert done.returncode == 0, done.stderr
            notebook = home / "cache" / "one.ipynb"
            notebook.write_text(one_cell(), encoding="utf-8")
            done = as_user("run", str(notebook), "--out", str(home / "cache" / "out.ipynb"))
            assert done.returncode == 0, f"{done.stdout}{done.stderr}"
            said = refusal(as_user("lab", "--no-browser"))
            assert "notebooks/mine" in said and ("write" in said or "read-only" in said), said


def clean(environment):
    """Without the variables that name another user's Rust."""
    return {name: value for name, value in environment.items() if not name.startswith(("CARGO", "RUSTUP"))}


def make_readable(folder):
    """Lets everybody read what is in a folder, and nobody else write."""
    for place in [folder, *folder.rglob("*")]:
        place.chmod(0o755 if place.is_dir() or os.access(place, os.X_OK) else 0o644)


@contextmanager
def reachable(path):
    """Lets everybody pass through the folders above a path, for a while."""
    closed = [place for place in Path(path).parents if not place.stat().st_mode & stat.S_IXOTH]
    modes = [(place, place.stat().st_mode) for place in closed]
    try:
        for place, mode in modes:
            place.chmod(mode | stat.S_IXOTH)
        yield
    finally:
        for place, mode in modes:
            place.chmod(mode)


def main():
    """Runs all tests, the ones of the awkward place in one copy."""
    with checkout.temporary_copy("Kurs für Ärzte/neuro book") as (root, environment):
        place = AwkwardPlace(root, environment)
        harness.run([
            without_python_the_message_says_what_to_install,
            too_old_a_python_is_named_with_its_version,
            without_a_network_the_first_start_says_that_it_needs_one,
            without_a_c_linker_the_message_says_what_to_install,
            place.blanks_and_umlauts_in_the_paths_of_checkout_and_cache_do_no_harm,
            place.a_port_in_use_leads_to_the_next_one,
            place.a_moved_checkout_heals,
            a_read_only_checkout_runs_and_says_where_own_copies_cannot_be,
        ], seconds=420)


if __name__ == "__main__":
    main()
