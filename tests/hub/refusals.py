"""A kernel that cannot start, or a cell that cannot run, says why below the cell, and what to do."""
import contextlib
import json
import shutil
import subprocess
from pathlib import Path

from own_kernel import OwnKernel
from place import PLACE, SHARED, mount
from server import Kernel, start_server, wait_until
from users import home, session_folders
from work import CELLS

MEMORY = Path("/sys/fs/cgroup/memory/neurobook-hub-test")
# Cargo takes this answer for a disk without locks, and knows network disks by their kind.
NO_LOCKS = """#include <errno.h>
int flock(int file, int how) { errno = ENOSYS; return -1; }
"""


def template():
    """The compiled crates of all users."""
    key = json.loads((SHARED / "current/set-up.json").read_text())["key"]
    return SHARED / "sessions" / f"template-{key}"


def refused(kernel, *words):
    """The first cell fails, and these words are below it."""
    outcome = kernel.run("1")[0]
    said = json.dumps(outcome)
    assert outcome["error"] and all(word in said for word in words), said
    assert "panicked" not in said and "RUST_BACKTRACE" not in said, said
    print(f"    {outcome['error']['evalue'].splitlines()[0]}", flush=True)


def a_template_that_is_missing_or_unreadable_is_named(user):
    """And `register` says which folder it is, and its mode."""
    start_server(user)
    place = template()
    place.chmod(0o700)
    try:
        refused(Kernel(user, name="unreadable"), "setup --shared", str(place))
        for where in ["--system", "--prefix /opt/jupyterhub"]:
            said = subprocess.run(f"neurobook register {where}", shell=True, capture_output=True, text=True, check=False)
            assert said.returncode != 0 and "mode 0700" in said.stderr and str(place) in said.stderr, said
    finally:
        place.chmod(0o755)
    away = place.with_name("away")
    place.rename(away)
    try:
        waiting = Kernel(user, name="missing")
        refused(waiting, "setup --shared", str(place))
    finally:
        away.rename(place)
    # It need not be restarted.
    waiting.succeed(*CELLS)


def what_others_cannot_pass_is_named_with_its_mode():
    """A program, Rust and the folder above: `register` looks at them as a user without rights, for both of its places."""
    release = (SHARED / "current").resolve()
    for path, mode in [(release / "bin/neurobook-kernel", 0o700), (release / "course/Cargo.toml", 0o600), (SHARED, 0o711), (SHARED / "toolchains", 0o700)]:
        before = path.stat().st_mode & 0o7777
        path.chmod(mode)
        try:
            for where in ["--system", "--prefix /opt/jupyterhub"]:
                said = subprocess.run(f"/opt/neurobook/current/bin/neurobook register {where}", shell=True, capture_output=True, text=True, check=False)
                enough = mode == 0o711
                assert enough == (said.returncode == 0), (path, said)
                assert enough or (f"mode {mode:04o}" in said.stderr and str(path) in said.stderr and "chmod o+" in said.stderr), said.stderr
        finally:
            path.chmod(before)


@contextlib.contextmanager
def covered(folder, size):
    """The folder is a disk of that size."""
    folder.mkdir(exist_ok=True)
    about = folder.parent.stat()
    mount("-t", "tmpfs", "-o", f"size={size},mode=700,uid={about.st_uid},gid={about.st_gid}", "none", folder)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def a_full_home_is_named(user):
    """No room for a kernel's folder, and room for that but not for a cell."""
    cache = home(user) / ".cache"
    with covered(cache, "200k"), OwnKernel(user) as kernel:
        refused_own(kernel, "1", "no space left", "20 MB", str(cache))
    with covered(cache, "7m"), OwnKernel(user) as kernel:
        fill = kernel.run("1")
        assert not fill["error"], fill
        subprocess.run(["dd", "if=/dev/zero", f"of={cache}/filler", "bs=64k"], check=False, stderr=subprocess.DEVNULL)
        refused_own(kernel, "let filled: f64 = 1.0; filled", "left", str(cache))
        (cache / "filler").unlink()
        again = kernel.run("40 + 2")
        assert "42" in json.dumps(again["outputs"]), again


def refused_own(kernel, code, *words):
    """The same of a kernel without a server."""
    outcome = kernel.run(code)
    said = json.dumps(outcome)
    assert outcome["error"] and all(word in said for word in words), said
    assert "panicked" not in said and "RUST_BACKTRACE" not in said, said
    print(f"    {outcome['error']['evalue'].splitlines()[0]}", flush=True)


def a_home_that_cannot_be_written_is_named(user):
    """With the variable that names another folder."""
    cache = home(user) / ".cache"
    shutil.rmtree(cache, ignore_errors=True)
    cache.write_text("")
    try:
        with OwnKernel(user) as kernel:
            refused_own(kernel, "1", "NEUROBOOK_CACHE", str(cache))
    finally:
        cache.unlink()


def a_home_without_locks_will_do(user):
    """Network disks know none: a kernel starts, and leaves nothing."""
    source, library = PLACE / "no_locks.c", PLACE / "no_locks.so"
    source.write_text(NO_LOCKS)
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, source], check=True)
    library.chmod(0o755)
    with OwnKernel(user, LD_PRELOAD=str(library)) as kernel:
        outcomes = [kernel.run(cell) for cell in CELLS]
        assert "<img" in json.dumps(outcomes[-1]["outputs"]), outcomes
    assert not session_folders(user), session_folders(user)


@contextlib.contextmanager
def memory_group(megabytes):
    """A control group with a limit, as a hub's spawner makes it; nothing where this machine lets nobody make one."""
    try:
        MEMORY.mkdir(exist_ok=True)
    except OSError:
        yield None
        return
    (MEMORY / "memory.limit_in_bytes").write_text(str(megabytes << 20))
    try:
        yield MEMORY
    finally:
        wait_until("the end of all in the control group", lambda: not (MEMORY / "cgroup.procs").read_text())
        MEMORY.rmdir()


def a_memory_limit_is_named(user):
    """The control group's, as a hub's spawner sets it, and the address space's, which every system has: a vector without end, and a start without room."""
    with memory_group(500) as group:
        ends_one_cell(user, group=group)
    ends_one_cell(user, first=["prlimit", f"--as={1500 << 20}"])
    with OwnKernel(user, first=["prlimit", f"--as={300 << 20}"]) as kernel:
        refused_own(kernel, "1", "300 MB", "ulimit -v")


def ends_one_cell(user, **limit):
    """A cell that wants all memory ends and says why; the next one runs."""
    grow = "let mut held: Vec<Vec<u8>> = Vec::new(); loop { held.push(vec![1u8; 1 << 20]); }"
    with OwnKernel(user, **limit) as kernel:
        assert not kernel.run("1")["error"]
        refused_own(kernel, grow, "memory")
        assert "42" in json.dumps(kernel.run("40 + 2")["outputs"])
