"""The kernel's front, driven by a real Jupyter client, before a stand-in for the engine that runs Python.

Usage: cargo build -p neurobook-cli --example front_stand_in && cargo run -- python tests/jupyter/front.py [TEST NAME...]
"""
import concurrent.futures
import json
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import zmq
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager
from jupyter_client.session import Session

import checkout
import harness
from kernel import Kernel

PROGRAM = Path(os.environ.get("NEUROBOOK_FRONT") or checkout.TARGET / "debug" / "examples" / "front_stand_in")
ENGINE = [sys.executable, str(Path(__file__).with_name("stand_in_engine.py"))]
PYTHONS = [sys.executable, "-Xfrozen_modules=off", "-m", "ipykernel_launcher", "--log-level=ERROR", "-f"]
PORTS = ("shell_port", "control_port", "stdin_port", "iopub_port", "hb_port")
WAITS = "This cell starts by itself."


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


def a_kernel_that_is_not_ready_answers_at_once_and_the_cell_says_what_it_waits_for_and_starts_by_itself():
    """The kernel is asked for before it is compiled."""
    with Front(seconds=6) as front:
        ready = time.perf_counter() - front.begin
        assert ready < 2, f"answered only after {ready:.1f} s"
        info = front.control("kernel_info_request")
        assert info["status"] == "ok" and info["language_info"]["name"] == "rust" and info["protocol_version"] == "5.3", info
        messages = front.heard(front.send("print('ran')"))
        shown = texts(messages)
        assert "crates are compiled" in shown[0] and " left" in shown[0] and WAITS in shown[0], shown
        assert kinds(messages).count("display_data") == 1 and "update_display_data" in kinds(messages), kinds(messages)
        order = [kind for kind in kinds(messages) if kind in ("clear_output", "execute_input", "stream")]
        assert order == ["clear_output", "execute_input", "stream"], order
        assert stdout(messages) == "ran\n"


def cells_that_wait_run_in_their_order():
    """Three cells are sent while nothing is ready."""
    with Front(seconds=3) as front:
        requests = [front.send(f"print({number})") for number in range(3)]
        replies = [front.reply(request) for request in requests]
        assert [reply["status"] for reply in replies] == ["ok"] * 3, replies
        assert [reply["execution_count"] for reply in replies] == [1, 2, 3], replies
        heard = []
        for request in requests:
            heard.append(stdout(front.heard(request)))
        assert heard == ["0\n", "1\n", "2\n"], heard


def requests_are_answered_while_the_kernel_is_not_ready():
    """What JupyterLab asks by itself, and a Tab."""
    with Front(seconds=20) as front:
        for request, key in [
            (front.client.complete("pri", 3), "matches"),
            (front.client.inspect("print"), "found"),
            (front.client.is_complete("x"), "status"),
            (front.client.history(), "history"),
            (front.client.comm_info(), "comms"),
        ]:
            assert key in front.reply(request, timeout=3)
            assert kinds(front.heard(request, timeout=3)) == ["status", "status"]


def an_interrupt_ends_the_cells_that_wait_and_later_ones_run():
    """The square, while nothing is ready."""
    with Front(seconds=5) as front:
        first, second = front.send("print(1)"), front.send("print(2)")
        time.sleep(1.2)
        assert front.control("interrupt_request")["status"] == "ok"
        reply = front.reply(first, timeout=3)
        assert reply["status"] == "error" and reply["ename"] == "Interrupted" and "has not run" in reply["evalue"], reply
        assert "error" in kinds(front.heard(first, timeout=3))
        assert front.reply(second, timeout=3)["status"] == "aborted"
        front.heard(second, timeout=3)
        assert stdout(front.heard(front.send("print(3)"))) == "3\n"


def an_interrupt_reaches_the_engine_when_it_is_there():
    """The square, in an endless cell."""
    with Front() as front:
        request = front.send("import time\nprint('go', flush=True)\nwhile True: time.sleep(0.05)")
        while front.client.get_iopub_msg(timeout=60)["msg_type"] != "stream":
            pass
        front.interrupt()
        assert front.reply(request, timeout=10)["ename"] == "KeyboardInterrupt"
        assert front.reply(front.send("1"), timeout=10)["status"] == "ok"


def a_kernel_that_cannot_be_made_ready_says_why_and_works_when_the_cause_is_gone():
    """The disk is full, and then is not."""
    why = "No space is left on /home. The kernel needs 200 MB: delete something"
    with tempfile.TemporaryDirectory() as folder:
        broken = Path(folder) / "broken"
        broken.write_text(why, encoding="utf-8")
        with Front(broken=broken) as front:
            requests = [front.send("print(1)"), front.send("print(2)")]
            messages = front.heard(requests[0])
            error = next(message["content"] for message in messages if message["msg_type"] == "error")
            reply = front.reply(requests[0])
            for said in (error, reply):
                assert said["ename"] == "KernelNotReady" and why in said["evalue"] and why in "\n".join(said["traceback"]), said
            assert "Run this cell again" in reply["evalue"], reply
            assert front.reply(requests[1])["status"] in ("aborted", "error")
            broken.unlink()
            assert stdout(front.heard(front.send("print(3)"))) == "3\n"


def an_engine_that_ends_as_it_starts_says_its_last_words_in_the_cell():
    """A program that only complains."""
    with Front(engine=[sys.executable, "-c", "import sys; sys.exit('a library is missing')"]) as front:
        reply = front.reply(front.send("1"))
        assert reply["ename"] == "KernelNotReady" and "a library is missing" in reply["evalue"], reply
        assert front.manager.is_alive()


def forged(connection, port, session, number):
    """Sends one wrongly signed or broken message to one port."""
    kind = {"iopub_port": zmq.SUB, "hb_port": zmq.REQ}.get(port, zmq.DEALER)
    with zmq.Context.instance().socket(kind) as peer:
        peer.linger = 200
        peer.connect(f"tcp://127.0.0.1:{connection[port]}")
        if kind == zmq.SUB:
            peer.subscribe(bytes(number % 7))
            return
        message = session.serialize(session.msg(random.choice(["execute_request", "shutdown_request", "interrupt_request"]), {"code": "x = 2", "silent": False}))
        broken = [message, message[:3], [b"<IDS|MSG>"], [b"", b"x" * 10_000], [b"<IDS|MSG>", b"zz", b"{", b"[", b"", b""]]
        peer.send_multipart(broken[number % 5])


def a_thousand_forged_messages_change_nothing():
    """Another user of the machine finds the ports, before and after the engine is there."""
    with Front(seconds=4) as front:
        connection = json.loads(Path(front.manager.connection_file).read_text(encoding="utf-8"))
        session = Session(key=b"another key", signature_scheme="hmac-sha256")
        for number in range(300):
            forged(connection, PORTS[number % 5], session, number)
        assert front.reply(front.send("x = 1"))["status"] == "ok"
        for number in range(700):
            forged(connection, PORTS[number % 5], session, number)
        assert stdout(front.heard(front.send("print(x)"), timeout=10)) == "1\n"
        assert front.client.hb_channel.is_beating()


def a_peer_that_speaks_another_language_disturbs_nobody():
    """A web browser, a scanner, a peer that announces a message of a billion gigabytes."""
    with Front() as front:
        connection = json.loads(Path(front.manager.connection_file).read_text(encoding="utf-8"))
        greeting = b"\xff" + bytes(8) + b"\x7f\x03\x00NULL" + bytes(16) + bytes(32)
        ready = b"\x04\x19\x05READY\x0bSocket-Type\x00\x00\x00\x06DEALER"
        held = []
        for words in (b"GET / HTTP/1.0\r\n\r\n", bytes(70), greeting, greeting + ready + b"\x02" + b"\xff" * 8, os.urandom(4000)):
            for port in PORTS:
                peer = socket.create_connection(("127.0.0.1", connection[port]))
                peer.sendall(words)
                held.append(peer)
        assert stdout(front.heard(front.send("print(1)"))) == "1\n"
        for peer in held:
            peer.close()


def the_front_serves_files_instead_of_ports():
    """Transport ipc."""
    with Front(transport="ipc") as front:
        files = list(Path(front.manager.ip).parent.glob(Path(front.manager.ip).name + "-*"))
        assert len(files) == 5 and all(file.stat().st_mode & 0o077 == 0 for file in files), files
        assert stdout(front.heard(front.send("print(1)"))) == "1\n"
        front.restart()
        assert stdout(front.heard(front.send("print(2)"))) == "2\n"


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
        "import sys, time; sys.path.insert(0, sys.argv[1]); import front\n"
        "held = front.Front(seconds=int(sys.argv[2])); print(held.process, flush=True); time.sleep(600)"
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


def a_flood_of_output_comes_whole_and_in_order():
    """10,000 messages from an engine that passes on each line at once."""
    code = "import sys\nfor n in range(10_000): sys.stdout.write(f'{n}\\n')"
    with Front() as front:
        front.succeed("1")
        other = front.manager.client()
        other.start_channels()
        # Python's own socket drops what a client has not fetched when a thousand messages wait.
        for client in (front.client, other):
            client.iopub_channel.socket.rcvhwm = 0
        begin = time.monotonic()
        messages = front.heard(front.send(code))
        lines = [int(message["content"]["text"]) for message in messages if message["msg_type"] == "stream"]
        print(f"          10,000 messages in {time.monotonic() - begin:.1f} s", flush=True)
        assert lines == list(range(10_000)), f"{len(lines)} lines"
        other.stop_channels()


def status(messages):
    """What the kernel says of its own state."""
    return [message["content"]["execution_state"] for message in messages if message["msg_type"] == "status"]


def what_a_cell_says_comes_in_the_order_of_the_protocol():
    """Busy, the cell, what it prints and shows, idle; and the reply has its number."""
    with Front() as front:
        front.succeed("1")
        request = front.send("print('a')\n'value'")
        messages = front.heard(request)
        assert kinds(messages) == ["status", "execute_input", "stream", "execute_result", "status"], kinds(messages)
        assert status(messages) == ["busy", "idle"]
        assert messages[1]["content"] == {"code": "print('a')\n'value'", "execution_count": 2}, messages[1]
        shown = messages[3]["content"]
        assert shown["data"] == {"text/plain": "'value'", "application/json": {"value": "'value'"}} and shown["execution_count"] == 2, shown
        reply = front.reply(request)
        assert reply == {"status": "ok", "execution_count": 2, "payload": [], "user_expressions": {}}, reply


def an_error_reaches_everybody_and_the_one_who_asked():
    """Its name, its value and its traceback, twice."""
    with Front() as front:
        request = front.send("1 / 0")
        messages = front.heard(request)
        error = next(message["content"] for message in messages if message["msg_type"] == "error")
        reply = front.reply(request)
        assert reply["status"] == "error" and reply["execution_count"] == 1, reply
        for said in (error, reply):
            assert (said["ename"], said["evalue"]) == ("ZeroDivisionError", "division by zero") and said["traceback"], said
        assert front.reply(front.send("2"))["status"] == "ok", "a cell that comes after the error runs"


def run_all_stops_at_the_first_mistake():
    """Five cells are sent at once, the second fails; what is no cell is answered all the same."""
    with Front() as front:
        front.succeed("ran = []")
        cells = ["import time; time.sleep(0.3); ran.append(1)", "wrong", "ran.append(3)", "ran.append(4)"]
        requests = [front.send(cell) for cell in cells]
        tab = front.client.complete("ra", 2)
        replies = {}
        while len(replies) < 5:
            message = front.client.get_shell_msg(timeout=10)
            replies[message["parent_header"]["msg_id"]] = message["content"]
        assert [replies[request]["status"] for request in requests] == ["ok", "error", "aborted", "aborted"], replies
        assert replies[tab]["matches"] == ["ra_one", "ra_two"], replies[tab]
        for request in requests[2:]:
            front_heard = front.heard(request, timeout=5)
            assert kinds(front_heard) == ["status", "status"] and status(front_heard) == ["busy", "idle"], front_heard
        assert front.run("ran").data["text/plain"] == "[1]"
        # Whoever says so gets all cells run.
        requests = [front.client.execute(cell, stop_on_error=False) for cell in ("wrong", "ran.append(5)")]
        assert [front.reply(request)["status"] for request in requests] == ["error", "ok"]


def a_hundred_mistakes_abort_no_cell_that_comes_after_the_reply():
    """A program that sends its next cell as soon as it has the error."""
    with Front() as front:
        for _ in range(100):
            assert front.reply(front.send("wrong"))["status"] == "error"
            assert front.reply(front.send("1"))["status"] == "ok"


def a_silent_cell_is_not_seen_and_has_no_number():
    """As programs ask for what the learner is not to see."""
    with Front() as front:
        request = front.client.execute("print('unseen')\nx = 5\nx", silent=True)
        assert kinds(front.heard(request)) == ["status", "status"]
        assert front.reply(request)["status"] == "ok"
        assert front.reply(front.client.execute("x", store_history=False))["execution_count"] == 0
        assert front.reply(front.send("x"))["execution_count"] == 1


def names_and_documentation_stand_where_jupyter_counts_characters():
    """A cell with characters of several bytes."""
    with Front() as front:
        front.succeed("1")
        reply = front.reply(front.client.complete("ω = '🧠'; pri", 12))
        assert (reply["cursor_start"], reply["cursor_end"]) == (9, 12) and reply["matches"] == ["pri_one", "pri_two"], reply
        assert reply["metadata"]["_jupyter_types_experimental"][0] == {"text": "pri_one", "type": "function", "start": 9, "end": 12}, reply
        reply = front.reply(front.client.inspect("print", 5))
        assert reply["found"] and reply["data"] == {"text/plain": "prints", "text/html": "<p>prints</p>"}, reply
        assert not front.reply(front.client.inspect("nothing", 5))["found"]


def history_completeness_and_comms_are_answered_as_the_protocol_says():
    """What consoles and widgets ask for."""
    with Front() as front:
        for cell in ("x = 1", "x + 1"):
            front.succeed(cell)
        assert front.reply(front.client.history(hist_access_type="tail", n=1))["history"] == [[0, 2, "x + 1"]]
        assert front.reply(front.client.is_complete("fn f() {")) == {"status": "incomplete", "indent": "    "}
        assert front.reply(front.client.is_complete("1 + 1")) == {"status": "complete"}
        assert front.reply(front.client.comm_info()) == {"status": "ok", "comms": {}}
        message = front.client.session.msg("comm_open", {"comm_id": "c", "target_name": "jupyter.widget", "data": {}})
        front.client.shell_channel.send(message)
        heard = front.heard(message["header"]["msg_id"])
        closed = [message["content"]["comm_id"] for message in heard if message["msg_type"] == "comm_close"]
        assert closed == ["c"], kinds(heard)
        message = front.client.session.msg("strange_request", {})
        front.client.shell_channel.send(message)
        assert front.reply(message["header"]["msg_id"])["status"] == "error"


def an_interrupt_of_an_idle_kernel_changes_nothing():
    """The square, between two cells."""
    with Front() as front:
        front.succeed("x = 1")
        for _ in range(5):
            assert front.control("interrupt_request")["status"] == "ok"
        assert front.run("x").data["text/plain"] == "1"


def an_engine_that_ends_says_so_in_the_cell_and_the_front_ends_for_jupyter_to_start_it_again():
    """The kernel's program is killed in the middle of a cell."""
    with Front() as front:
        request = front.send("import os\nos._exit(7)")
        reply = front.reply(request, timeout=10)
        assert reply["ename"] == "KernelEnded" and "exit status: 7" in reply["evalue"], reply
        eventually(lambda: not front.manager.is_alive(), 5, "the front lives on")


def fifty_starts_with_clients_that_come_and_go_all_answer():
    """Under load, four at a time, each with short-lived clients beside its own."""
    def start(number):
        with Front(seconds=number % 3) as front:
            for _ in range(5):
                passing = front.manager.client()
                # Its heartbeat would leave files open in this process.
                passing.start_channels(hb=False)
                passing.kernel_info()
                passing.stop_channels()
            assert stdout(front.heard(front.send(f"print({number})"), timeout=60)) == f"{number}\n"
            return time.perf_counter() - front.begin

    with concurrent.futures.ThreadPoolExecutor(max_workers=4) as pool:
        times = list(pool.map(start, range(50)))
    print(f"          asked for to first output: median {statistics.median(times):.1f} s, longest {max(times):.1f} s", flush=True)


def round_trip(front, turns=300):
    """Milliseconds from a question to its answer: the median."""
    times = []
    for _ in range(turns):
        begin = time.perf_counter()
        front.reply(front.client.kernel_info())
        times.append(time.perf_counter() - begin)
    return statistics.median(times) * 1000


def a_message_is_hardly_later_through_the_front():
    """Round trips to the front and to Python's own kernel, in turns."""
    with Front() as front, Front(direct=True) as direct:
        front.succeed("1")
        direct.succeed("1")
        pairs = [(round_trip(front), round_trip(direct)) for _ in range(5)]
    through, without = (statistics.median(side) for side in zip(*pairs))
    print(f"          a question and its answer: {through:.2f} ms through the front, {without:.2f} ms without", flush=True)
    # A busy machine makes both sides slow.
    assert through < 1.5 * without + 1


def an_engine_that_is_ready_starts_no_later_behind_the_front():
    """From the start to the first output, and the same with Python's own kernel, in turns."""
    def first_output(direct):
        with Front(direct=direct) as front:
            front.heard(front.send("print(1)"))
            return time.perf_counter() - front.begin

    pairs = [(first_output(False), first_output(True)) for _ in range(5)]
    through, without = (statistics.median(side) for side in zip(*pairs))
    print(f"          first output: {through:.2f} s through the front, {without:.2f} s without", flush=True)
    assert through < without + 0.5


if __name__ == "__main__":
    harness.run([
        a_kernel_that_is_not_ready_answers_at_once_and_the_cell_says_what_it_waits_for_and_starts_by_itself,
        cells_that_wait_run_in_their_order,
        requests_are_answered_while_the_kernel_is_not_ready,
        an_interrupt_ends_the_cells_that_wait_and_later_ones_run,
        an_interrupt_reaches_the_engine_when_it_is_there,
        a_kernel_that_cannot_be_made_ready_says_why_and_works_when_the_cause_is_gone,
        an_engine_that_ends_as_it_starts_says_its_last_words_in_the_cell,
        a_thousand_forged_messages_change_nothing,
        a_peer_that_speaks_another_language_disturbs_nobody,
        the_front_serves_files_instead_of_ports,
        whatever_ends_the_front_ends_all_below_it,
        the_front_ends_with_the_process_that_started_it,
        a_restart_gives_an_engine_without_variables,
        a_flood_of_output_comes_whole_and_in_order,
        what_a_cell_says_comes_in_the_order_of_the_protocol,
        an_error_reaches_everybody_and_the_one_who_asked,
        run_all_stops_at_the_first_mistake,
        a_hundred_mistakes_abort_no_cell_that_comes_after_the_reply,
        a_silent_cell_is_not_seen_and_has_no_number,
        names_and_documentation_stand_where_jupyter_counts_characters,
        history_completeness_and_comms_are_answered_as_the_protocol_says,
        an_interrupt_of_an_idle_kernel_changes_nothing,
        an_engine_that_ends_says_so_in_the_cell_and_the_front_ends_for_jupyter_to_start_it_again,
        fifty_starts_with_clients_that_come_and_go_all_answer,
        a_message_is_hardly_later_through_the_front,
        an_engine_that_is_ready_starts_no_later_behind_the_front,
    ])
