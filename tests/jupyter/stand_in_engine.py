"""Stands in for the kernel's program before the front: speaks its protocol (cli/src/jupyter/engine_protocol.rs) and runs cells of Python."""
import _thread
import ast
import json
import os
import queue
import sys
import threading
import traceback

REQUESTS = queue.SimpleQueue()
WRITING = threading.Lock()
VARIABLES = {"__name__": "__main__"}
FRONT = os.fdopen(os.dup(1), "w", encoding="utf-8")
running = threading.Event()


def say(answer):
    """One line to the front."""
    with WRITING:
        FRONT.write(json.dumps(answer) + "\n")
        FRONT.flush()


class Printed:
    """A stream that goes to the front, line by line."""

    def __init__(self, name):
        self.name = name
        self.text = ""

    def write(self, text):
        self.text += text
        if self.text.endswith("\n"):
            self.flush()

    def flush(self):
        text, self.text = self.text, ""
        if text:
            say({"printed": {"stream": self.name, "text": text}})


def listen():
    """Hears the front until it is gone."""
    for line in sys.stdin:
        request = json.loads(line)
        if request == "interrupt":
            if running.is_set():
                _thread.interrupt_main()
        elif request == "shutdown":
            break
        else:
            if "execute" in request:
                running.set()
            REQUESTS.put(request)
    os._exit(0)


def execute(code):
    """Runs a cell; shows the value of its last expression."""
    tree = ast.parse(code)
    last = ast.Expression(tree.body.pop().value) if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), VARIABLES)
    value = eval(compile(last, "cell", "eval"), VARIABLES) if last else None
    if value is not None:
        say({"shown": {"data": {"text/plain": repr(value), "application/json": {"value": repr(value)}}}})


def failure(error):
    """An error as the front passes it on."""
    return {"name": type(error).__name__, "value": str(error), "traceback": traceback.format_exception_only(error)}


def answer(request):
    """Does one thing that the front asks for."""
    if "execute" in request:
        failed = None
        try:
            execute(request["execute"]["code"])
        except BaseException as error:  # noqa: BLE001: whatever it is, the next cell still runs
            failed = failure(error)
        running.clear()
        sys.stdout.flush()
        sys.stderr.flush()
        say({"executed": {"failure": failed}})
    elif "complete" in request:
        before = request["complete"]["code"].encode()[: request["complete"]["position"]]
        word = before.decode().split()[-1]
        names = [{"insert": word + rest, "label": word + rest, "kind": "function"} for rest in ("_one", "_two")]
        say({"completed": {"start": len(before) - len(word.encode()), "end": len(before), "names": names}})
    elif "inspect" in request:
        known = "print" in request["inspect"]["code"]
        say({"inspected": {"plain": "prints" if known else None, "html": "<p>prints</p>" if known else None}})


def main():
    """Serves until the front ends it."""
    sys.stdout, sys.stderr = Printed("stdout"), Printed("stderr")
    threading.Thread(target=listen, daemon=True).start()
    say("ready")
    while True:
        answer(REQUESTS.get())


if __name__ == "__main__":
    main()
