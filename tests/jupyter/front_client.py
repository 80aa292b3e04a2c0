"""A real Jupyter client of the kernel's front."""
import json
import os
import sys
import tempfile
import time
from pathlib import Path

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager

import checkout
from kernel import Kernel

PROGRAM = Path(os.environ.get("NEUROBOOK_FRONT") or checkout.TARGET / "debug" / "examples" / "front_stand_in")
ENGINE = [sys.executable, str(Path(__file__).with_name("stand_in_engine.py"))]
PYTHONS = [sys.executable, "-Xfrozen_modules=off", "-m", "ipykernel_launcher", "--log-level=ERROR", "-f"]


class Front(Kernel):
    """The front with an engine that needs some `seconds` to be ready, or cannot be while the file `broken` is there; or Python's kernel."""

    def __init__(self, seconds=0, broken=None, engine=None, transport="tcp", direct=False):
        settings = {"STAND_IN_SECONDS": str(seconds), "STAND_IN_KERNEL": json.dumps(engine or ENGINE)}
        if broken:
            settings["STAND_IN_BROKEN"] = str(broken)
        self.manager = KernelManager(transport=transport)
        command = PYTHONS if direct else [str(PROGRAM)]
        self.manager._kernel_spec = KernelSpec(argv=[*command, "{connection_file}"], interrupt_mode="message", language="rust")
        self.log = tempfile.TemporaryFile(mode="w+", encoding="utf-8")
        self.begin = time.perf_counter()
        self.manager.start_kernel(env={**os.environ, **settings}, stdout=self.log, stderr=self.log)
        self.client = self.manager.client()
        self.client.start_channels()

    def heard(self, request, timeout=120):
        """All that is said to everybody about a request, until it has ended."""
        messages = []
        deadline = time.monotonic() + timeout
        while True:
            message = self.client.get_iopub_msg(timeout=max(0.1, deadline - time.monotonic()))
            if message["parent_header"].get("msg_id") == request:
                messages.append(message)
                if message["content"].get("execution_state") == "idle":
                    return messages

    def reply(self, request, timeout=60):
        """The content of the reply to a request."""
        deadline = time.monotonic() + timeout
        while True:
            message = self.client.get_shell_msg(timeout=max(0.1, deadline - time.monotonic()))
            if message["parent_header"].get("msg_id") == request:
                return message["content"]

    def control(self, kind, content=None, timeout=10):
        """Asks on the control channel and gives the reply's content."""
        request = self.client.session.msg(kind, content or {})
        self.client.control_channel.send(request)
        message = self.client.get_control_msg(timeout=timeout)
        assert message["parent_header"]["msg_id"] == request["header"]["msg_id"], message
        return message["content"]


def texts(messages):
    """The plain texts of all displays, first shown or renewed."""
    return [message["content"]["data"]["text/plain"] for message in messages if "data" in message["content"]]


def kinds(messages):
    """What kinds of messages these are."""
    return [message["msg_type"] for message in messages]


def stdout(messages):
    """What a cell has printed."""
    return "".join(message["content"]["text"] for message in messages if message["msg_type"] == "stream" and message["content"]["name"] == "stdout")


def status(messages):
    """What the kernel says of its own state."""
    return [message["content"]["execution_state"] for message in messages if message["msg_type"] == "status"]


def below(process):
    """All processes that live and were started for this front, by the variable that each of them inherits."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            inherited = folder.name.isdigit() and f"JPY_TEST={process}".encode() in (folder / "environ").read_bytes()
            if inherited and (folder / "stat").read_text().rsplit(")", 1)[1].split()[0] != "Z":
                found.append((int(folder.name), (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()[:100]))
        except OSError:
            continue
    return found


def eventually(holds, seconds, what):
    """Waits until something holds."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, what() if callable(what) else what
        time.sleep(0.05)
