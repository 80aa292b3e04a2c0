"""The course changes below living kernels."""
import os
import pwd
import re
import statistics
import subprocess
import time
from pathlib import Path

from documented import set_up_line, type_line
from place import CHECKOUT, PLACE, SHARED
from server import Kernel, start_server, wait_until
from users import largest_session, session_folders, words
from work import CELLS, together

# Users are renewed one after the other, by chance within twenty seconds, and when the machine has room.
TIME_FOR_SPARES = 300
# How much slower a start after the update may be: what the machine does by itself.
NOISE = 1.25


def copy_of_the_checkout():
    """The files of this checkout, as after a `git pull` that changed the course: a folder."""
    folder = PLACE / "pulled"
    folder.mkdir(exist_ok=True)
    subprocess.run(f"git -c safe.directory='*' ls-files -coz --exclude-standard | tar --null --ignore-failed-read -T - -c | tar -x -C {folder}", shell=True, check=True, cwd=CHECKOUT)
    source = folder / "src/lib.rs"
    source.write_text(source.read_text() + "// A change.\n")
    return folder


def places(user):
    """The folder of a user's sockets, where spares wait."""
    return Path(f"/tmp/neurobook-{pwd.getpwnam(user).pw_uid}")


def spare_processes(user):
    """The processes that wait as a user's spares, or are about to, and the locks of their places. One that was taken holds none."""
    held = re.findall(r"FLOCK +ADVISORY +WRITE +(\d+) +[0-9a-f]+:[0-9a-f]+:(\d+) ", Path("/proc/locks").read_text())
    holders = {int(inode): int(process) for process, inode in held}
    return {holders[lock.stat().st_ino]: lock for lock in places(user).glob("spare-*.lock") if lock.stat().st_ino in holders}


def has_spare(user, version):
    """Whether a user has a spare of this version that can be had, and no other."""
    offered = [place for place in places(user).glob("spare-*") if place.is_dir() and not place.suffix]
    lines = [words(process) for process in spare_processes(user)]
    return len(offered) == len(lines) == 1 and str(version) in lines[0]


def first_cells(users, version):
    """The seconds to a first figure in one more kernel, for one user after the other; each has a spare of the version."""
    seconds = []
    for user in users:
        wait_until(f"the spare of {user}", lambda: has_spare(user, version), TIME_FOR_SPARES)
        begin = time.monotonic()
        kernel = Kernel(user, name=f"one-more-{version.name}")
        kernel.succeed(*CELLS)
        seconds.append(time.monotonic() - begin)
        wait_until(f"the next spare of {user}", lambda: has_spare(user, version), TIME_FOR_SPARES)
        kernel.end()
    return seconds


def spares_are_renewed(users, old, version):
    """Waits until each user has a spare of the version, and has never had two for longer than a moment; the seconds."""
    seen, begin = {user: [] for user in users}, time.monotonic()

    def all_have():
        for user in users:
            seen[user].append(len({*spare_processes(user), *(process for process in old[user] if words(process))}))
        return all(has_spare(user, version) for user in users)

    wait_until("a spare of the new version for everybody", all_have, TIME_FOR_SPARES)
    took = time.monotonic() - begin
    # The old one may still be ending when the new one begins.
    assert all(max(counts) <= 2 and counts.count(2) <= 20 for counts in seen.values()), seen
    wait_until("the end of the old spares", lambda: not any(words(process) for user in users for process in old[user]), 10)
    left = [lock for user in users for lock in old[user].values() if lock.exists() or lock.with_suffix("").exists()]
    assert not left, left
    return took


def an_update_leaves_ten_living_kernels_as_they_are(users):
    """They go on, their disk does not grow, and the next start has the new course, compiles nothing and is no slower."""
    together(start_server, users)
    kernels = [kernel for pair in together(lambda user: [Kernel(user, name=f"living-{number}") for number in range(2)], users).values() for kernel in pair]
    for number, kernel in enumerate(kernels):
        kernel.succeed(*CELLS, f"let kept = {number};")
    before, disk = (SHARED / "current").resolve(), max(map(largest_session, users))
    wait_until("a spare for everybody", lambda: all(has_spare(user, before) for user in users), TIME_FOR_SPARES)
    folders = {user: len(session_folders(user)) for user in users}
    old = first_cells(users, before)
    spares = {user: spare_processes(user) for user in users}
    type_line(set_up_line(), env={**os.environ, "NEUROBOOK_ROOT": str(copy_of_the_checkout())})
    version = (SHARED / "current").resolve()
    assert version != before and before.is_dir()
    took = spares_are_renewed(users, spares, version)
    wait_until("the end of the old spares' folders", lambda: all(len(session_folders(user)) <= folders[user] for user in users), 10)
    new = first_cells(users, version)
    for number, kernel in enumerate(kernels):
        assert str(number + 1000) in kernel.succeed("let z = y.len(); Figure::new().line(&x, &y).show(); kept + 1000")
    after = max(map(largest_session, users))
    print(f"    {len(kernels)} kernels go on; all spares are new {took:.0f} s after the set-up; disk of a kernel {disk:.1f} and {after:.1f} MB", flush=True)
    for what, seconds in [("before", old), ("after", new)]:
        print(f"    a figure in one more, {what}: {', '.join(f'{one:.2f}' for one in seconds)} s, median {statistics.median(seconds):.2f} s; load {os.getloadavg()[0]:.1f}", flush=True)
    assert after < 20, after
    assert statistics.median(new) <= NOISE * statistics.median(old), (old, new)
