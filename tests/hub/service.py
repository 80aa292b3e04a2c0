"""A hub for good: types the lines of docs/hub.md, part 3 with a certificate, a service and a limit of memory, on a machine with systemd.

Usage, as root, with Debian's systemd-container: python3 tests/hub/service.py. Takes some minutes. The machine is this one's system, started once
more; its changes are gone at the end. CI_HUB names another folder than /var/tmp for the large ones.
"""
import os
import shutil
import ssl
import subprocess
import sys
from pathlib import Path

import booted
import documented
import server
from place import HUB, PLACE
from server import Kernel, call, is_ready, wait_until
from users import home, processes, session_folders, words
from work import CELLS

LEARNERS = ["ada", "bo"]
INSIDE = "NEUROBOOK_HUB_TEST_BOOTED"
GROW = "let mut held: Vec<Vec<u8>> = Vec::new(); loop { held.push(vec![1u8; 1 << 20]); }"


def typed(*line):
    """A command and what it says; a status other than 0 is a failure."""
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(map(str, line))}: {done.stdout}{done.stderr}"
    return done.stdout.strip()


def a_certificate_a_service_and_a_limit_are_configured():
    """By the lines of part 3, at the port that they name."""
    blocks = documented.blocks("3.")
    for line in [line for language, text in blocks if language == "sh" for line in text.splitlines()]:
        documented.type_line(line)
    (settings,) = [text for language, text in blocks if language == "python"]
    (unit,) = [text for language, text in blocks if language == "ini"]
    with open(HUB / "documented.py", "a") as configuration:
        configuration.write(settings)
    (HUB / "jupyterhub_config.py").write_text(documented.LOGIN)
    Path("/etc/systemd/system/jupyterhub.service").write_text(unit)
    documented.type_line(documented.blocks("2a.")[2][1].split(" && ")[0])
    documented.type_line("systemctl enable --now jupyterhub")
    server.ORIGIN, os.environ["SSL_CERT_FILE"] = "https://localhost", "/etc/ssl/hub/fullchain.pem"
    wait_until(lambda: typed("journalctl", "-u", "jupyterhub", "-n", "20"), answers)


def answers():
    """Whether the hub can be asked."""
    try:
        return call("GET", "/hub/api/") is not None
    except (OSError, ssl.SSLError):
        return False


def learners_see_a_figure_below_the_limit():
    """And the unit of each server has it."""
    kernels = {}
    for user in LEARNERS:
        call("POST", f"/hub/api/users/{user}")
        kernels[user] = Kernel(user)
        assert "<img" in kernels[user].succeed("let kept = 41;", *CELLS)
        values = typed("systemctl", "show", "--property=MemoryMax", "--property=MemoryCurrent", "--value", f"jupyter-{user}-singleuser.service")
        assert str(2 << 30) in values.split() and "[not set]" not in values, values
        assert len(list((home(user) / "neurobook").glob("*.ipynb"))) == len(list((documented.CHECKOUT / "notebooks/student").glob("*.ipynb")))
    return kernels


def an_endless_vector_ends_its_cell_and_nothing_else(kernels):
    """The learner is told, has the variables of before, and the neighbour notices nothing."""
    (outcome,) = kernels["ada"].run(GROW)
    assert outcome["error"] and "memory" in outcome["error"]["evalue"], outcome
    print(f"    {outcome['error']['evalue'].splitlines()[0]}", flush=True)
    for user in LEARNERS:
        assert "42" in kernels[user].succeed("kept + 1"), user


def a_stopped_server_leaves_nothing(user):
    """No process, no folder of a session."""
    call("DELETE", f"/hub/api/users/{user}/server")
    nothing_is_left([user])


def nothing_is_left(users):
    """Of these learners."""
    wait_until(lambda: f"the end of {[words(process) for user in users for process in processes(user)]}", lambda: not any(map(processes, users)))
    wait_until("the end of session folders", lambda: not any(map(session_folders, users)))


def a_restart_of_the_hub_leaves_kernels_as_they_are(kernel):
    """After a change of the configuration; what was running goes on."""
    typed("systemctl", "restart", "jupyterhub")
    wait_until("the hub", answers)
    wait_until("that the hub has found the server", lambda: is_ready("bo"))
    assert "42" in kernel.succeed("kept + 1")


def the_end_of_all_leaves_nothing():
    """By the lines of the page."""
    typed("systemctl", "stop", "jupyterhub")
    typed("systemctl", "stop", "jupyter-*-singleuser.service")
    nothing_is_left(LEARNERS)


def inside():
    """On the machine with systemd."""
    documented.lines_set_up_the_course_and_install_the_hub()
    for user in LEARNERS:
        typed("useradd", "--create-home", user)
    a_certificate_a_service_and_a_limit_are_configured()
    kernels = step(learners_see_a_figure_below_the_limit)
    step(an_endless_vector_ends_its_cell_and_nothing_else, kernels)
    step(a_stopped_server_leaves_nothing, "ada")
    step(a_restart_of_the_hub_leaves_kernels_as_they_are, kernels["bo"])
    step(the_end_of_all_leaves_nothing)


def step(test, *arguments):
    """Runs a part, and names it."""
    print(test.__name__.replace("_", " "), flush=True)
    return test(*arguments)


def main():
    """Starts the machine, and this program in it."""
    if os.environ.get(INSIDE):
        return inside()
    if os.geteuid() != 0:
        sys.exit("needs root, as an administrator does")
    if not shutil.which("systemd-nspawn"):
        sys.exit("needs systemd-nspawn, which Debian has as systemd-container")
    try:
        with booted.machine() as first:
            words_ = ["nsenter", "-t", first, "-a", "env", f"{INSIDE}=1", f"PATH={os.environ['PATH']}", sys.executable, __file__]
            status = subprocess.run(words_, check=False).returncode
    finally:
        shutil.rmtree(PLACE, ignore_errors=True)
    sys.exit(status)


if __name__ == "__main__":
    main()
