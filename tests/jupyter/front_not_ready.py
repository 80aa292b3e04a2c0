"""The front while the engine is made ready, or cannot be."""
import sys
import tempfile
import time
from pathlib import Path

from front_client import Front, kinds, stdout, texts

WAITS = "This cell starts by itself."


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
