"""Kernels on the machines that learners have: other settings of Cargo, other linkers, no locks, little room.

Usage: python tests/jupyter/machines.py [TEST NAME...]. One test needs root, to mount a small disk.
"""
import json
import os
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import checkout
import harness
from first_start import NO_NETWORK, draws_a_figure, one_cell, refusal

# A start that compiles its crates again takes more than a minute, also on a quick machine.
SECONDS = 45
# Cargo takes ENOSYS for a disk without locks; ENOLCK comes from network disks, which it knows and locks nothing on.
NO_LOCKS = """#define _GNU_SOURCE
#include <errno.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
int flock(int file, int how) {
    if (ANSWER == ENOLCK && strcmp(program_invocation_short_name, "cargo") == 0) return syscall(SYS_flock, file, how);
    errno = ANSWER;
    return -1;
}
"""


class Machine:
    """One cache with a template in it; each test starts a kernel there as some learner's machine would."""

    def __init__(self, folder):
        """Sets it up."""
        self.folder = Path(folder)
        self.environment = checkout.environment(checkout.ROOT, self.folder / "cache")
        checkout.set_up(self.environment)

    def starts_quickly(self, **variables):
        """A kernel draws a figure, and has compiled nothing but the cells for it."""
        begin = time.monotonic()
        draws_a_figure({**self.environment, **variables})
        seconds = time.monotonic() - begin
        assert seconds < SECONDS, f"it took {seconds:.0f} s: the crates were compiled again"

    def leaves_nothing(self, cache=None):
        """No folder of a kernel, a draft or a lock of a session is there."""
        left = [path.name for path in self.sessions(cache).iterdir() if path.name.startswith(("kernel-", "draft-", "session-"))]
        assert not left, left

    def sessions(self, cache=None):
        """The folder of the sessions."""
        return next((cache or self.folder / "cache").glob("courses/*/sessions"))

    def variables_of_cargo_that_are_set_after_the_set_up_cost_nothing(self):
        """What compiled all crates at each start."""
        self.starts_quickly(CARGO_INCREMENTAL="0", CARGO_PROFILE_DEV_CODEGEN_UNITS="3", CARGO_ENCODED_RUSTFLAGS="-Ctarget-cpu=native")

    def a_wrapper_of_the_compiler_does_no_harm(self):
        """A stand-in for sccache, which starts what it is given, and asks it first whether it is a compiler."""
        wrapper = program(self.folder / "sccache", 'case "$1" in */rustc|rustc) exec "$@";; *) echo "Compiler not supported" >&2; exit 2;; esac')
        self.starts_quickly(RUSTC_WRAPPER=str(wrapper))
        home = self.folder / "home of cargo"
        home.mkdir()
        (home / "config.toml").write_text(f'[build]\nrustc-wrapper = "{wrapper}"\n', encoding="utf-8")
        other = {**self.environment, "CARGO_HOME": str(home)}
        checkout.set_up(other)
        draws_a_figure(other)

    def a_mirror_of_the_crates_is_all_that_the_set_up_and_a_kernel_need(self):
        """An institution's mirror, named in Cargo's settings, and no other network."""
        asks, home = self.folder / "asks", self.folder / "home with a mirror"
        (asks / "src").mkdir(parents=True)
        (asks / "src" / "lib.rs").write_text("", encoding="utf-8")
        package = f"[package]\nname = \"asks\"\nedition = \"2024\"\n[dependencies]\nneurobook = {{ path = {json.dumps(str(checkout.ROOT))} }}\n"
        (asks / "Cargo.toml").write_text(package, encoding="utf-8")
        shutil.copy(checkout.ROOT / "Cargo.lock", asks)
        subprocess.run(["cargo", "vendor", "--quiet", str(self.folder / "mirror")], cwd=asks, check=True, stdout=subprocess.DEVNULL)
        home.mkdir()
        mirror = f"[source.crates-io]\nreplace-with = \"mirror\"\n[source.mirror]\ndirectory = {json.dumps(str(self.folder / 'mirror'))}\n"
        (home / "config.toml").write_text(mirror, encoding="utf-8")
        behind = {**self.environment, "CARGO_HOME": str(home), "CARGO_NET_RETRY": "0", "NEUROBOOK_CACHE": str(self.folder / "behind a mirror")}
        done = checkout.neurobook("setup", "--no-jupyter", env=behind, before=NO_NETWORK, timeout=400)
        assert done.returncode == 0, f"{done.stdout}{done.stderr}"
        draws_a_figure(behind, before=NO_NETWORK)

    def neither_a_real_lld_nor_a_broken_mold_is_taken(self):
        """evcxr takes what it finds on PATH."""
        for linker in ("lld", "mold"):
            folder = self.folder / f"with {linker}"
            folder.mkdir()
            program(folder / linker, "exit 1")
            self.starts_quickly(PATH=f"{folder}{os.pathsep}{os.environ['PATH']}")

    def a_disk_without_locks_will_do(self):
        """`flock` answers as on Lustre and on network disks: kernels start, none deletes another's folder, nothing is left."""
        for answer in ("ENOSYS", "ENOLCK"):
            source, library = self.folder / "no_locks.c", self.folder / f"no_locks_{answer}.so"
            source.write_text(NO_LOCKS, encoding="utf-8")
            subprocess.run(["cc", "-shared", "-fPIC", f"-DANSWER={answer}", "-o", library, source], check=True)
            without = {"LD_PRELOAD": str(library), "NEUROBOOK_CACHE": str(self.folder / answer)}
            checkout.set_up({**self.environment, **without})
            for _ in range(2):
                self.starts_quickly(**without)
            self.leaves_nothing(self.folder / answer)

    def the_same_cache_under_another_name_compiles_nothing(self):
        """A link to the cache, as where a home has two names."""
        (self.folder / "other").symlink_to(self.folder / "cache")
        self.starts_quickly(NEUROBOOK_CACHE=str(self.folder / "other"))

    def a_kernel_takes_a_tenth_of_the_space(self):
        """A session's folder while its kernel works, without what it shares with the template."""
        with running(self.environment) as still_runs:
            largest = 0
            while still_runs():
                largest = max([largest, *map(own_size, self.sessions().glob("kernel-*"))])
                time.sleep(0.2)
        assert 0 < largest < 18_000_000, f"{largest / 1e6:.0f} MB"
        self.leaves_nothing()

    def a_full_disk_is_named_before_anything_else(self):
        """A cache on a disk of 20 MB."""
        assert os.geteuid() == 0, "needs root, to mount a small disk"
        disk = self.folder / "disk"
        disk.mkdir()
        mounted = ["unshare", "--mount", "sh", "-c", f'mount -t tmpfs -o size=20m tmpfs "{disk}" && exec "$@"', "sh"]
        small = {**self.environment, "NEUROBOOK_CACHE": str(disk / "cache")}
        said = refusal(checkout.neurobook("setup", "--no-jupyter", env=small, before=mounted))
        assert "no space left" in said and " MB are " in said and str(disk) in said, said
        assert "connect" not in said and "needs the network, to reach" not in said, said


def own_size(folder):
    """The bytes in a folder that it shares with no other; what goes meanwhile is not counted."""
    size = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(FileNotFoundError):
                about = os.lstat(os.path.join(place, name))
                size += about.st_size if about.st_nlink == 1 else 0
    return size


def program(path, script):
    """A program that is a script of the shell."""
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@contextmanager
def running(environment):
    """A notebook that is being run: gives a function that says whether it still is."""
    with tempfile.TemporaryDirectory(prefix="neurobook-test-") as folder:
        notebook = Path(folder) / "one.ipynb"
        notebook.write_text(one_cell(), encoding="utf-8")
        command = [str(checkout.PROGRAM), "run", str(notebook), "--out", str(Path(folder) / "out.ipynb")]
        with subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
            yield lambda: process.poll() is None
            said = process.stdout.read()
            assert process.wait(timeout=60) == 0, said


def main():
    """Runs all tests in one cache."""
    with tempfile.TemporaryDirectory(prefix="neurobook-test-", ignore_cleanup_errors=True) as folder:
        machine = Machine(folder)
        harness.run([
            machine.variables_of_cargo_that_are_set_after_the_set_up_cost_nothing,
            machine.neither_a_real_lld_nor_a_broken_mold_is_taken,
            machine.a_disk_without_locks_will_do,
            machine.the_same_cache_under_another_name_compiles_nothing,
            machine.a_kernel_takes_a_tenth_of_the_space,
            machine.a_full_disk_is_named_before_anything_else,
            machine.a_mirror_of_the_crates_is_all_that_the_set_up_and_a_kernel_need,
            machine.a_wrapper_of_the_compiler_does_no_harm,
        ], seconds=420)


if __name__ == "__main__":
    main()
