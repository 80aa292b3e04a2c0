"""A class on one server: types the lines of docs/hub.md on a machine of its own, with a real JupyterHub, its proxy, and five users of the machine.

Usage, as root: python3 tests/hub/hub.py [--keep] [--ends 20] [--forged 1000] [--starts 60] [--update] [--image] [--only PART...]
The default takes some minutes, half of it the set-up. What it writes to /etc, /usr/local, /opt and /home is in a mount namespace and gone with
it; `--keep` leaves the large folders for the next run. CI_HUB names another folder than /var/tmp for them.
"""
import argparse
import subprocess
import time

import documented
import dockerfile
import ends
import image
import neighbours
import refusals
import update
import work
from place import HUB, PLACE, SCRIPTS, enter, forget_users
from server import Hub
from users import USERS, as_user


def options():
    """What is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", action="store_true", help="leave set-up and hub for the next run")
    parser.add_argument("--ends", type=int, default=1, help="ends of each kind, in an endless cell and at rest")
    parser.add_argument("--forged", type=int, default=200, help="wrongly signed messages")
    parser.add_argument("--starts", type=int, default=0, help="starts under load, with clients that come and go")
    parser.add_argument("--update", action="store_true", help="a new version of the course below ten living kernels")
    parser.add_argument("--image", action="store_true", help="what .binder/Dockerfile makes, without Docker")
    parser.add_argument("--limits", action="store_true", help="a home without locks, and a limit of memory")
    parser.add_argument("--figures", action="store_true", help="only the seconds to a first figure, for one user and for five")
    parser.add_argument("--only", nargs="*", metavar="PART", help="of the parts after the start only those whose names have one of these words")
    return parser.parse_args()


def starts_under_load_all_answer(count):
    """By one of the users."""
    said = as_user(USERS[3], f"{HUB}/bin/python {SCRIPTS}/starts.py {count}")
    print(f"    {said.stdout.strip()}", flush=True)
    assert said.returncode == 0, said.stdout


def the_kernel_is_described_below_a_prefix_too_and_taken_out_again():
    """As The Littlest JupyterHub may need it."""
    for words, is_there in [("register --prefix /opt/jupyterhub", True), ("register --prefix /opt/jupyterhub --remove", False)]:
        said = subprocess.run(f"neurobook {words}", shell=True, capture_output=True, text=True, check=False)
        description = HUB / "share/jupyter/kernels/rust/kernel.json"
        assert said.returncode == 0 and description.exists() == is_there, said
        assert not is_there or description.stat().st_mode & 0o777 == 0o644


def nothing_in_the_shared_folder_changes(before):
    """No user, kernel or command has written there."""
    changed = {path for path, _ in before.items() ^ work.snapshot().items()}
    assert not changed, sorted(changed)[:5]


def main():
    """All of it, in order; the first failure ends it."""
    asked = options()
    enter(asked.keep)
    begin, failed = time.monotonic(), False
    hub = Hub()

    def part(step, *arguments, always=False):
        if always or not asked.only or any(word in step.__name__ for word in asked.only):
            print(f"{time.monotonic() - begin:5.0f} s  {step.__name__.replace('_', ' ')}", flush=True)
            return step(*arguments)

    try:
        part(documented.lines_set_up_the_course_and_install_the_hub, always=True)
        for user in USERS:
            subprocess.run(["useradd", "--create-home", user], check=True)
        part(hub.start, USERS, always=True)
        if asked.figures:
            part(work.first_figures, USERS[:1])
            part(work.first_figures, USERS)
            return
        before = work.snapshot()
        part(work.learners_see_a_figure_at_once, USERS)
        part(work.chapters_are_handed_out_and_never_overwritten, USERS[0])
        part(work.notebooks_work_in_any_folder, USERS[0])
        part(work.a_chapter_runs_over_files_instead_of_ports, USERS[0])
        part(neighbours.files_sockets_and_locks_are_closed_to_others, *USERS[:2])
        part(neighbours.forged_messages_change_nothing, USERS[1], asked.forged)
        part(ends.whatever_ends_a_server_ends_its_kernels, hub, USERS, asked.ends)
        part(ends.a_hub_that_is_killed_and_started_again_finds_its_learners, hub, USERS)
        nothing_in_the_shared_folder_changes(before)
        for refusal in [
            refusals.a_template_that_is_missing_or_unreadable_is_named,
            refusals.a_full_home_is_named,
            refusals.a_home_that_cannot_be_written_is_named,
        ]:
            part(refusal, USERS[2])
        if asked.limits:
            # Without locks each kernel compiles the course's crate, which takes a minute.
            part(refusals.a_home_without_locks_will_do, USERS[2])
            part(refusals.a_memory_limit_is_named, USERS[2])
        part(refusals.what_others_cannot_pass_is_named_with_its_mode)
        part(the_kernel_is_described_below_a_prefix_too_and_taken_out_again)
        if asked.starts:
            part(starts_under_load_all_answer, asked.starts)
        if asked.update:
            part(update.an_update_leaves_ten_living_kernels_as_they_are, USERS)
        part(dockerfile.the_first_stage_copies_all_that_its_programs_are_compiled_from)
        if asked.image:
            hub.stop()
            forget_users()
            made = part(image.the_image_works_as_users_start_it)
            part(image.what_cannot_be_written_is_named_with_the_remedy, made)
    except BaseException as error:  # noqa: BLE001: what was made is removed in any case
        failed = True
        print(f"FAILED: {type(error).__name__}: {error}", flush=True)
        log = PLACE / "hub.log"
        if log.exists():
            print("\n".join(log.read_text(errors="replace").splitlines()[-25:]))
        raise
    finally:
        print(f"{time.monotonic() - begin:5.0f} s  {'FAILED' if failed else 'passed'}", flush=True)


if __name__ == "__main__":
    main()
