"""The users of the hub's test, and what they run."""
import os
import pwd
import re
import stat
import subprocess
from pathlib import Path

USERS = ["ada", "bo", "cy", "di", "ed"]


def home(user):
    """A user's home."""
    return Path(pwd.getpwnam(user).pw_dir)


def identity(user):
    """What a process has to be started with to be the user's."""
    about = pwd.getpwnam(user)
    environment = {"HOME": about.pw_dir, "USER": user, "PATH": "/usr/local/bin:/usr/bin:/bin"}
    return {"user": about.pw_uid, "group": about.pw_gid, "extra_groups": [], "env": environment, "cwd": about.pw_dir}


def as_user(user, line):
    """A line by a user, with its status and all that it says."""
    return subprocess.run(["/bin/sh", "-c", line], **identity(user), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)


def session_folders(user):
    """The session folders of a user's kernels. What a compiler takes away during the walk is passed over, as `os.walk` does."""
    return sorted(Path(folder) / name for folder, names, _ in os.walk(home(user) / ".cache/neurobook") for name in names if name.startswith("kernel-"))


def own_bytes(path):
    """What a path takes on the disk and shares with no other; nothing where it has gone meanwhile."""
    try:
        about = os.lstat(path)
    except FileNotFoundError:
        return 0
    return about.st_blocks * 512 if about.st_nlink == 1 or stat.S_ISDIR(about.st_mode) else 0


def largest_session(user):
    """The megabytes that one of a user's kernels takes on the disk, without what it shares."""
    def own(session):
        return sum(own_bytes(folder) + sum(own_bytes(os.path.join(folder, name)) for name in files) for folder, _, files in os.walk(session)) / 1e6

    return max(map(own, session_folders(user)), default=0)


def processes(user):
    """The numbers of all processes of a user."""
    number, found = pwd.getpwnam(user).pw_uid, []
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and folder.stat().st_uid == number and (folder / "stat").read_text().rsplit(")", 1)[1].split()[0] != "Z":
                found.append(int(folder.name))
        except OSError:
            continue
    return found


def words(process):
    """How a process was started."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def server_process(user):
    """The number of a user's server."""
    return next(process for process in sorted(processes(user)) if "jupyterhub-singleuser" in words(process))


def megabytes(user):
    """The memory of all processes of a user, shared pages counted in parts."""
    total = 0
    for process in processes(user):
        try:
            total += int(re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{process}/smaps_rollup").read_text(), re.M)[1])
        except (OSError, TypeError):
            pass
    return total / 1024
