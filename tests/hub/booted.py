"""A machine with systemd for the hub's test: this one's system started once more, whose changes are in memory and gone with it."""
import contextlib
import os
import subprocess
import time
from pathlib import Path

from place import HUB, PLACE, SHARED

BOOTED = PLACE / "booted"
# What a container's processes belong to where no systemd of this machine's gives them a place: a control group of each kind.
GROUPS = "neurobook-hub-test"


def mount(*words):
    """Mounts something."""
    subprocess.run(["mount", *map(str, words)], check=True)


@contextlib.contextmanager
def machine():
    """Starts it; gives the number of its first process."""
    root, memory = BOOTED / "root", BOOTED / "memory"
    for folder in (root, memory):
        folder.mkdir(parents=True, exist_ok=True)
    mount("-t", "tmpfs", "none", memory)
    upper, work = memory / "upper", memory / "work"
    upper.mkdir(mode=0o755)
    work.mkdir()
    mount("-t", "overlay", "none", "-o", f"lowerdir=/,upperdir={upper},workdir={work}", root)
    # The large folders are on the disk.
    large = [PLACE / f"service-{folder.name}" for folder in (SHARED, HUB)]
    for folder in large:
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)
    words = ["systemd-nspawn", "--quiet", "--console=pipe", f"--directory={root}", "--boot", f"--machine={GROUPS}"]
    words += [f"--bind={own}:{there}" for own, there in zip(large, (SHARED, HUB))]
    if not Path("/run/systemd/system").exists():
        words += ["--register=no", "--keep-unit"]
    # Without the services that this machine has; the message bus is asked for when it is needed.
    words.append("systemd.unit=basic.target")
    with open(PLACE / "booted.log", "w") as log:
        container = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=enter_groups)
    try:
        first = first_process(container)
        control_memory(first)
        yield first
    finally:
        container.terminate()
        container.wait(60)
        leave_groups()
        for place in (root, memory):
            subprocess.run(["umount", "--lazy", place], check=True)


def enter_groups():
    """A control group of its own, so that two systemds do not share one."""
    if Path("/run/systemd/system").exists():
        return
    for kind in Path("/sys/fs/cgroup").iterdir():
        if kind.is_dir() and (kind / "cgroup.procs").exists():
            group = kind / GROUPS
            group.mkdir(exist_ok=True)
            if kind.name == "cpuset":
                for file in ("cpuset.cpus", "cpuset.mems"):
                    (group / file).write_text((kind / file).read_text())
            (group / "cgroup.procs").write_text(str(os.getpid()))


def control_memory(first):
    """On a real machine systemd may; in a container with the older kind of control groups it may only read."""
    if Path("/sys/fs/cgroup/memory").exists():
        for words in ["mount -o remount,rw,bind /sys/fs/cgroup/memory", "systemctl daemon-reexec"]:
            subprocess.run(["nsenter", "-t", first, "-a", *words.split()], check=True)


def leave_groups():
    """Removes those groups."""
    for kind in Path("/sys/fs/cgroup").glob(f"*/{GROUPS}"):
        for folder, _, _ in os.walk(kind, topdown=False):
            with contextlib.suppress(OSError):
                Path(folder).rmdir()


def first_process(container):
    """Its systemd, once that has started what it has to."""
    children = Path(f"/proc/{container.pid}/task/{container.pid}/children")
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and container.poll() is None:
        for child in children.read_text().split():
            words = ["nsenter", "-t", child, "-a", "systemctl", "is-system-running"]
            said = subprocess.run(words, capture_output=True, text=True, check=False).stdout.strip()
            if said in ("running", "degraded"):
                return child
        time.sleep(0.2)
    raise AssertionError(f"systemd does not start:\n{(PLACE / 'booted.log').read_text()[-2000:]}")
