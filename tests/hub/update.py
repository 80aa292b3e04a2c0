"""The course changes below living kernels."""
import os
import subprocess
import time

from documented import set_up_line, type_line
from place import CHECKOUT, PLACE, SHARED
from server import Kernel, start_server
from users import largest_session
from work import CELLS, together


def copy_of_the_checkout():
    """The files of this checkout, as after a `git pull` that changed the course: a folder."""
    folder = PLACE / "pulled"
    folder.mkdir(exist_ok=True)
    subprocess.run(f"git -c safe.directory='*' ls-files -coz --exclude-standard | tar --null --ignore-failed-read -T - -c | tar -x -C {folder}", shell=True, check=True, cwd=CHECKOUT)
    source = folder / "src/lib.rs"
    source.write_text(source.read_text() + "// A change.\n")
    return folder


def first_cell(user, name):
    """The seconds to a first figure in one more kernel."""
    begin = time.monotonic()
    Kernel(user, name=name).succeed(*CELLS)
    return time.monotonic() - begin


def an_update_leaves_ten_living_kernels_as_they_are(users):
    """They go on, their disk does not grow, the next start has the new course and compiles nothing."""
    together(start_server, users)
    kernels = [kernel for pair in together(lambda user: [Kernel(user, name=f"living-{number}") for number in range(2)], users).values() for kernel in pair]
    for number, kernel in enumerate(kernels):
        kernel.succeed(*CELLS, f"let kept = {number};")
    before, disk = (SHARED / "current").resolve(), max(map(largest_session, users))
    old = first_cell(users[0], "before")
    type_line(set_up_line(), env={**os.environ, "NEUROBOOK_ROOT": str(copy_of_the_checkout())})
    assert (SHARED / "current").resolve() != before and before.is_dir()
    new = first_cell(users[0], "after"), first_cell(users[1], "after")
    for number, kernel in enumerate(kernels):
        assert str(number + 1000) in kernel.succeed("let z = y.len(); Figure::new().line(&x, &y).show(); kept + 1000")
    after = max(map(largest_session, users))
    print(f"    {len(kernels)} kernels go on; a figure in one more: before {old:.1f} s, after {new[0]:.1f} and {new[1]:.1f} s; disk of a kernel {disk:.1f} and {after:.1f} MB", flush=True)
    assert after < 20, after
