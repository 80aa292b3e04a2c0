"""What the front says of a cell, to whom, in which order and how soon."""
import statistics
import time

from front_client import Front, kinds, status


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
