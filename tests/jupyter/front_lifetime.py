"""How the front ends, with all below it, and begins again."""
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from front_client import Front, below, eventually


def ends_everything(end, seconds, within=10):
    """Starts a front whose environment names it, ends it, and looks for what is left."""
    name = f"{os.getpid()}-{random.random()}"
    os.environ["JPY_TEST"] = name
    try:
        front = Front(seconds=seconds)
    finally:
        del os.environ["JPY_TEST"]
    try:
        if seconds == 0:
            request = front.send("print('go', flush=True)\nwhile True: pass")
            while front.client.get_iopub_msg(timeout=60)["content"].get("text") != "go\n":
                pass
            assert len(below(name)) >= 3, below(name)
            assert request
        else:
            eventually(lambda: len(below(name)) >= 3, 5, lambda: f"{below(name)}")
        end(front)
        eventually(lambda: not below(name), within, lambda: f"still there: {below(name)}")
    finally:
        front.client.stop_channels()
        front.manager.shutdown_kernel(now=True)


def whatever_ends_the_front_ends_all_below_it():
    """kill -9, kill, a shutdown; while the engine runs an endless cell, and while it is made ready."""
    for seconds in (0, 60):
        ends_everything(lambda front: os.kill(front.process, signal.SIGKILL), seconds)
        ends_everything(lambda front: os.kill(front.process, signal.SIGTERM), seconds)
        ends_everything(lambda front: front.control("shutdown_request", {"restart": False}), seconds)


def the_front_ends_with_the_process_that_started_it():
    """Jupyter's server is killed."""
    starter = (
        "import sys, time; sys.path.insert(0, sys.argv[1]); import front_client\n"
        "held = front_client.Front(seconds=int(sys.argv[2])); print(held.process, flush=True); time.sleep(600)"
    )
    for seconds in (0, 60):
        name = f"{os.getpid()}-{random.random()}"
        environment = {**os.environ, "JPY_TEST": name}
        server = subprocess.Popen([sys.executable, "-c", starter, str(Path(__file__).parent), str(seconds)], env=environment, stdout=subprocess.PIPE)
        server.stdout.readline()
        eventually(lambda: len(below(name)) >= 4, 10, lambda: f"{below(name)}")
        server.kill()
        server.wait()
        server.stdout.close()
        eventually(lambda: not below(name), 8, lambda: f"still there: {below(name)}")


def a_restart_gives_an_engine_without_variables():
    """The arrow, when the engine is there and when it is not."""
    with Front() as front:
        front.succeed("x = 1")
        front.restart()
        assert "NameError" in str(front.run("x").errors)
    with Front(seconds=30) as front:
        front.restart()
        assert time.perf_counter() - front.begin < 3


def an_engine_that_ends_says_so_in_the_cell_and_the_front_ends_for_jupyter_to_start_it_again():
    """The kernel's program is killed in the middle of a cell."""
    with Front() as front:
        request = front.send("import os\nos._exit(7)")
        reply = front.reply(request, timeout=10)
        assert reply["ename"] == "KernelEnded" and "exit status: 7" in reply["evalue"], reply
        eventually(lambda: not front.manager.is_alive(), 5, "the front lives on")
