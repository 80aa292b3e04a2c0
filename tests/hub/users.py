"""The users of the hub's test, and what they run."""
import os
import pwd
import re
import signal
import subprocess
import time
from pathlib import Path


def as_user(user, line):
    """A line by a user, with its status and all that it says."""
    about = pwd.getpwnam(user)
    environment = {"HOME": about.pw_dir, "USER": user, "PATH": "/usr/local/bin:/usr/bin:/bin"}
    return subprocess.run(["/bin/sh", "-c", line], user=about.pw_uid, group=about.pw_gid, extra_groups=[], env=environment,
                          cwd="/", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)


def processes(user):
    """The user's processes of ours: number and words."""
    listed = subprocess.run(["ps", "-u", user, "-o", "pid=,args="], capture_output=True, text=True, check=False).stdout
    found = []
    for line in listed.splitlines():
        number, words = line.split(None, 1)
        if "jupyterhub" not in words and ("neurobook" in words or "kernel" in words):
            found.append((int(number), words))
    return found


def session_folders(user):
    """The session folders of a user's kernels."""
    return sorted(Path(pwd.getpwnam(user).pw_dir).glob(".cache/neurobook/**/kernel-*"))


def server_process(user):
    """The number of a user's server."""
    found = subprocess.run(["pgrep", "-u", user, "-o", "-f", "jupyterhub-singleuser"], capture_output=True, text=True, check=False)
    return int(found.stdout.split()[0])


def numbers(user):
    """The numbers of all processes of a user of the test."""
    return [int(word) for word in subprocess.run(["pgrep", "-u", user], capture_output=True, text=True, check=False).stdout.split()]


def memory(user):
    """The memory of all processes of a user in megabytes, shared pages counted in parts."""
    total = 0
    for number in numbers(user):
        try:
            total += int(re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{number}/smaps_rollup").read_text(), re.M)[1])
        except (OSError, TypeError):
            pass
    return total / 1024


def remove_user(user):
    """A user of the test, with whatever still runs: a kernel's guard may outlive it for a moment."""
    try:
        pwd.getpwnam(user)
    except KeyError:
        return
    for _ in range(50):
        for number in numbers(user):
            try:
                os.kill(number, signal.SIGKILL)
            except ProcessLookupError:
                pass
        removed = subprocess.run(["userdel", "--remove", user], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if removed.returncode == 0:
            return
        time.sleep(0.2)
    print(f"the user {user} could not be removed")
