"""A kernel that a user starts without a server, and cells in it: for what a hub's server cannot be told.

As a program, run by the user: own_kernel.py [--transport=tcp]. It says its ports, and for each line with a cell what came of it.
"""
import json
import os
import subprocess
import sys

from place import HUB, SCRIPTS
from users import identity


class OwnKernel:
    """Such a kernel; a context manager that ends it. `first` are words that start the program, such as `prlimit`; `group` is a control group for it."""

    def __init__(self, user, *options, first=(), group=None, **environment):
        about = identity(user)
        about["env"] = {**about["env"], **environment}
        command = [*first, str(HUB / "bin/python"), str(SCRIPTS / "own_kernel.py"), *options]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, **about)
        if group:
            (group / "cgroup.procs").write_text(str(self.process.pid))
        self.ports = self.receive()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(60)
        self.process.stdout.close()

    def send(self, code):
        """Has a cell run."""
        self.process.stdin.write(json.dumps(code) + "\n")
        self.process.stdin.flush()

    def receive(self):
        """What came of the cell that was sent first of those not received."""
        line = self.process.stdout.readline()
        assert line, f"the program of the kernel's user has ended: {self.process.wait(10)}"
        return json.loads(line)

    def run(self, code):
        """Runs a cell."""
        self.send(code)
        return self.receive()


def outcome(client, code):
    """The outputs and the error of a cell."""
    outputs = []

    def gather(message):
        if message["msg_type"] in ("stream", "display_data", "update_display_data", "execute_result", "error"):
            outputs.append(message["content"])

    reply = client.execute_interactive(code, output_hook=gather, stop_on_error=True, timeout=600)["content"]
    return {"outputs": outputs, "error": reply if reply["status"] == "error" else None}


def main():
    """Starts the kernel, runs cells until the input ends."""
    from jupyter_client.manager import KernelManager

    options = dict(option.removeprefix("--").split("=") for option in sys.argv[1:])
    manager = KernelManager(kernel_name="rust", transport=options.get("transport", "ipc"))
    manager.start_kernel(stdout=sys.stderr, stderr=sys.stderr)
    client = manager.client()
    client.start_channels()
    ports = {name: getattr(manager, name) for name in ("shell_port", "control_port", "stdin_port", "iopub_port", "hb_port")}
    try:
        print(json.dumps(ports), flush=True)
        client.wait_for_ready(timeout=120)
        for line in sys.stdin:
            print(json.dumps(outcome(client, json.loads(line))), flush=True)
    finally:
        client.stop_channels()
        manager.shutdown_kernel()
        manager.cleanup_resources()


if __name__ == "__main__":
    os.umask(0o022)
    main()
