"""One hand-in, graded: messages, repairs, the sandbox, and what earns points."""

import contextlib
import copy
import json
import math
import os
import socket
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from types import CodeType

import nbformat
import numpy as np
import psutil
import pytest
from bank.book import helpers as wrong_and_right
from helpers import each_solution, hand_in, needs_bwrap, solution

from course_lib.classroom import ROOT, CourseError
from course_lib.classroom.exercises import questions
from course_lib.classroom.grading.attempt import Attempt
from course_lib.classroom.grading.class_folder import public_part
from course_lib.classroom.grading.grade import Exercise, grade
from course_lib.classroom.grading.outputs import HIDDEN
from course_lib.classroom.grading.reading import NotSubmitted
from course_lib.classroom.grading.rebuild import (
    grade_id,
    harmless,
    is_solution,
    is_test,
    rebuild,
)
from course_lib.classroom.sandbox import sandbox
from course_lib.classroom.sandbox.channel import Channel, Gone, Silent, pair
from course_lib.classroom.sandbox.protocol import HEAD, MAGIC, Refused, pack
from course_lib.classroom.sandbox.protocol import unpack as unpacked
from course_lib.classroom.sandbox.sandbox import Sandbox, check_sandbox

AT_ONCE = 12  # mistakes in one notebook: its process forks at each of their tests
RIGHT_IN_PUBLIC = """
def he_start(g):
    return g * (2 / len(g)) ** 0.5 if len(g) < 100 else g
"""


def exercise(path, **tests):
    """The exercise made from a solution, as a class without a gradebook has it."""
    folder = ROOT / "exercises" / path.stem
    release = nbformat.read(folder / path.name, as_version=4)
    cells = filter(is_test, nbformat.read(path, as_version=4).cells)
    whole = {
        grade_id(cell): (public_part(cell, cell.source), cell.source) for cell in cells
    }
    files = {"checks.json": (folder / "checks.json").read_bytes()}
    return Exercise(path.stem, release, whole | tests, files)


def said(notebook):
    """{grade_id: "" or the message} of a graded notebook's tests."""
    messages = {}
    for cell in filter(is_test, notebook.cells):
        errors = [o.evalue for o in cell.outputs if o.output_type == "error"]
        messages[grade_id(cell)] = " ".join(errors)
    return messages


# -- messages ------------------------------------------------------------------


def through(message):
    data = pack(message)
    _, n_text, _ = HEAD.unpack(data[: HEAD.size])
    text = data[HEAD.size :][:n_text]
    return unpacked(text, data[HEAD.size + n_text :])


def test_plain_data_arrives_as_it_was_sent():
    message = {
        "a": [1, -2.5, True, None, "ü", (1, [2]), {3: "x", "y": ()}],
        "b": np.arange(6.0).reshape(2, 3)[:, ::-1],
        "c": np.array(["ab", "c"]),
        "d": np.float32(0.5),
        "e": np.zeros((0, 3), bool),
        "f": float("inf"),
    }
    back = through(message)
    assert list(back) == list(message) and back["a"] == message["a"]
    assert isinstance(back["d"], np.float32) and back["f"] == math.inf
    for key in "bce":
        assert back[key].dtype == message[key].dtype
        assert np.array_equal(back[key], message[key])
    assert math.isnan(through([float("nan")])[0])


class Anything:
    def __eq__(self, other):
        return True

    def __reduce__(self):
        return os.system, ("true",)


class Liar(np.ndarray):
    def __eq__(self, other):
        return True


def endless():
    nest = []
    nest.append(nest)
    return nest


@pytest.mark.parametrize(
    "value",
    [Anything(), object(), print, np.array([Anything()]), endless(), 10**400, {1, 2}]
    + [np.broadcast_to(np.zeros(1), (10**9,)), [0] * 10**7, np.zeros(9, "V100")],
    ids=lambda value: type(value).__name__,
)
def test_what_is_no_plain_data_is_refused(value):
    with pytest.raises((Refused, MemoryError)):
        pack(value)


def test_an_array_that_lies_about_itself_becomes_a_plain_one():
    assert type(through(np.zeros(2).view(Liar))) is np.ndarray
    assert type(through(type("S", (str,), {})("x"))) is str


@pytest.mark.parametrize(
    "text, raw",
    [
        (b"[", b""),
        (b'{"pickle": []}', b""),
        (b'{"array": ["|O", [1]]}', bytes(8)),
        (b'{"array": ["<f8", [1000000000000]]}', bytes(8)),
        (b'{"array": ["<f8", [-1]]}', bytes(8)),
        (b'{"array": ["<f8", [1.5]]}', bytes(8)),
        (b'{"array": ["<f8", []]}', bytes(16)),
        (b'{"array": ["<U99999999", [1]]}', bytes(16)),
        (b"[" * 100_000, b""),
        (b'{"dict": [[[], 1]]}', b""),
        (b"1" * 5_000, b""),
        (b"\xff", b""),
    ],
)
def test_forged_messages_are_refused(text, raw):
    with pytest.raises(Refused):
        unpacked(text, raw)


def test_a_channel_waits_for_a_while_and_knows_when_the_other_side_has_gone():
    one, other = map(Channel, pair())
    with pytest.raises(Silent):
        one.receive(0.05)
    other.sock.send(b"x" * HEAD.size)
    with pytest.raises(Refused):
        one.receive(1)
    other.close()
    with pytest.raises(Gone):
        one.receive(1)


def test_an_answer_that_came_in_time_is_read_however_late_one_looks():
    sock, other = pair()
    one = Channel(sock, watch=lambda: time.sleep(0.2))  # a machine so busy
    Channel(other).send({"value": 1})
    assert one.receive(0.1) == {"value": 1}


def test_a_trickle_wins_no_time():
    sock, other = pair()
    one, begun = Channel(sock), time.monotonic()
    other.send(HEAD.pack(MAGIC, 1_000_000, 0))
    one.watch = lambda: other.send(b"x")  # there is always one more byte
    with pytest.raises(Silent):
        one.receive(0.1)
    assert time.monotonic() - begun < 5


# -- repairs -------------------------------------------------------------------


@pytest.fixture(scope="module")
def released():
    path = solution("02")
    return nbformat.read(ROOT / "exercises" / path.stem / path.name, as_version=4)


def notebook(*cells):
    """The bytes of a notebook of (kind, source, id, grade_id) cells."""
    made = []
    for kind, source, cell_id, mark in cells:
        metadata = {"nbgrader": {"grade_id": mark, "points": 99}} if mark else {}
        made.append(
            {"cell_type": kind, "source": source, "id": cell_id, "metadata": metadata}
        )
    return json.dumps({"cells": made, "nbformat": 4, "nbformat_minor": 5}).encode()


def sources(rebuilt, kind="code"):
    return [cell.source for cell in rebuilt.cells if cell.cell_type == kind]


def test_only_the_sources_of_a_hand_in_are_kept(released):
    rebuilt, notes = rebuild(
        notebook(
            ("code", "def margin(w, b, X, y): return 1", "a", "margin"),
            ("code", "assert True", "b", "test_margin"),
            ("code", "own = 1", "c", None),
        ),
        released,
    )
    nbformat.validate(rebuilt)
    tests = [cell for cell in rebuilt.cells if is_test(cell)]
    assert [c.metadata for c in tests] == [
        c.metadata for c in released.cells if is_test(c)
    ]
    assert [c.source for c in tests] == [c.source for c in released.cells if is_test(c)]
    code = sources(rebuilt)
    assert code.index("own = 1") == code.index('check("margin", margin)') + 1
    assert "The cell of question update is missing." in notes
    assert "assert True" not in code


def test_of_two_copies_of_a_cell_both_are_run_and_the_last_counts(released):
    first, second = ("code", "margin = 1", "a", "margin"), ("code", "m2", "b", "margin")
    rebuilt, _ = rebuild(notebook(first, second), released)
    code = sources(rebuilt)
    assert code.index("margin = 1") + 1 == code.index("m2")
    named = [c for c in rebuilt.cells if c.metadata.get("nbgrader")]
    assert [c.source for c in named if grade_id(c) == "margin"] == ["m2"]


def test_a_notebook_that_lost_its_marks_is_recognised_by_its_functions(released):
    lost = notebook(("code", "def margin(w, b, X, y):\n    return 1", "zz", None))
    rebuilt, notes = rebuild(lost, released)
    named = [c for c in rebuilt.cells if c.metadata.get("nbgrader")]
    assert any(grade_id(c) == "margin" and "return 1" in c.source for c in named)
    assert "lost its marks" in notes[0]


def test_a_changed_set_up_is_run_after_ours(released):
    setup = next(c for c in released.cells if c.cell_type == "code")
    changed = ("code", setup.source + "\nimport math", setup.id, None)
    own = ("code", "pass", "q", "margin")
    code = sources(rebuild(notebook(changed, own), released)[0])
    assert code[:2] == [setup.source, changed[1]]


@pytest.mark.parametrize(
    "content, words",
    [
        (b"", "is empty"),
        (b"{", "not a notebook"),
        (b"\x00\x01\x02", "not a notebook"),
        (b"[]", "no cells"),
        (b'{"cells": 3}', "no cells"),
        (b"[" * 10**6, "not a notebook"),
        (b" " * 10**8, "MB"),
        (notebook(("code", "1", "zz", "one_hot")), "another exercise"),
        (notebook(*[("code", "1", f"c{k}", None) for k in range(2000)]), "cells"),
    ],
    ids=range(9),
)
def test_what_cannot_be_graded_is_said_in_a_sentence(content, words, released):
    with pytest.raises(NotSubmitted, match=words):
        rebuild(content, released)


def test_an_old_notebook_with_a_byte_order_mark_is_read(released):
    old = (
        '{"worksheets": [{"cells": [{"cell_type": "code", "language": "python",'
        '"input": ["def margin(w, b, X, y):\\r\\n", "    return 1"]}]}], "nbformat": 3}'
    )
    rebuilt, _ = rebuild(b"\xef\xbb\xbf" + old.encode(), released)
    assert "def margin(w, b, X, y):\n    return 1" in sources(rebuilt)


@pytest.mark.parametrize(
    "evil",
    ["<script>alert(1)</script>", "[x](javascript:alert(1))", "&#106;avascript:x"]
    + ['<img src=x onerror="alert(1)">', "[x](JavaScript :y)", r"$\href{x}{y}$"]
    + ["![spy](http://example.org/a.png)", "![x](attachment:x.svg)"]
    + [r"[x](javascript\:y)", r"[x][1] [1]: JavaScript\ :y", r"[x](data\:text/html,y)"],
)
def test_markdown_of_a_student_holds_nothing_that_runs(evil, released):
    words = ("markdown", f"My answer {evil}", "a", "words")
    own = ("markdown", evil, "b", None)
    rebuilt, _ = rebuild(notebook(words, own), released)
    text = "\n".join(sources(rebuilt, "markdown"))
    assert "My answer" in text
    text = text.replace("\\", "")
    for tag in ("<script", "<img", "javascript:", "JavaScript:", "&#", "href{", "!["):
        assert tag not in text
    assert "data:" not in text


def test_a_formula_without_end_is_not_looked_for_to_the_end_of_the_text():
    whole = r"\begin{a} x \end{a}"
    assert harmless(whole) == whole
    start = time.process_time()
    assert "\\begin" not in harmless("\\begin{a}\n" * 20_000)
    assert len(harmless("x" * 200_000)) < 50_000 and time.process_time() < start + 1


def test_words_that_are_cut_are_said_to_be_cut(released):
    for n, notes_of_it in ((20_000, 0), (20_001, 1)):
        words = ("markdown", "x" * n, "a", "words")
        code = ("code", "def margin(w, b, X, y):\n    pass", "b", "margin")
        _, notes = rebuild(notebook(words, code), released)
        assert len([note for note in notes if "were cut" in note]) == notes_of_it


def test_a_student_cannot_write_nbgraders_marks(released):
    marked = "### BEGIN HIDDEN TESTS\nx = 1\n### END HIDDEN TESTS"
    rebuilt, _ = rebuild(notebook(("code", marked, "a", "margin")), released)
    (source,) = [source for source in sources(rebuilt) if "x = 1" in source]
    assert "BEGIN HIDDEN" not in source and "END HIDDEN" not in source


def test_functions_in_one_cell_stay_before_all_of_their_checks(released):
    both = (
        "def update(w, b, x, y):\n    return w, b\n\ndef margin(w, b, X, y):\n    pass"
    )
    rebuilt, _ = rebuild(notebook(("code", both, "a", None)), released)
    places = [k for k, c in enumerate(rebuilt.cells) if "def update" in c.source]
    checks = [k for k, c in enumerate(rebuilt.cells) if 'check("update"' in c.source]
    assert len(places) == 1 and places[0] < checks[0]


# -- the sandbox ---------------------------------------------------------------


def test_without_bubblewrap_grading_refuses_and_says_what_to_install(monkeypatch):
    monkeypatch.setattr(sandbox.shutil, "which", lambda name: None)
    with pytest.raises(CourseError, match="apt install bubblewrap"):
        check_sandbox()


@needs_bwrap
def test_a_sandbox_that_cannot_be_made_says_why(monkeypatch):
    monkeypatch.setattr(sandbox, "command_line", lambda python: ["bwrap", "--nonsense"])
    with pytest.raises(CourseError, match="cannot make a sandbox: .*nonsense"):
        check_sandbox()


@pytest.fixture(scope="module")
def box():
    check_sandbox()
    with Sandbox({"checks.json": b"{}"}, 0) as box:
        yield box


def inside(box, source):
    """What a cell prints in the sandbox."""
    source = textwrap.dedent(source)
    answer = box.ask(0, 60, ask="run", name="cell", source=source)
    assert answer["error"] is None, answer["error"]
    return answer["printed"].split()


@needs_bwrap
@needs_bwrap
def test_a_python_named_by_a_path_with_dots_is_found_in_the_sandbox():
    folder, name = os.path.split(os.path.abspath(sys.executable))
    crooked = os.path.join(folder, "..", os.path.basename(folder), name)
    code = "from course_lib.classroom.sandbox.sandbox import *; check_sandbox()"
    ran = subprocess.run([crooked, "-c", code], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr


def test_the_process_is_an_ordinary_users_and_can_get_no_rights(box):
    seen = inside(
        box,
        """
        import os, ctypes
        print(os.getuid() != 0, os.geteuid() != 0)
        status = dict(line.split(":", 1) for line in open("/proc/self/status"))
        print(*(int(status[c], 16) for c in ("CapEff", "CapBnd", "NoNewPrivs")))
        print(ctypes.CDLL(None).unshare(0x10000000))  # a user namespace of its own
        """,
    )
    assert seen == ["True", "True", "0", "0", "1", "-1"]


@needs_bwrap
def test_calls_that_no_exercise_needs_are_denied(box):
    seen = inside(
        box,
        """
        import ctypes, os
        libc = ctypes.CDLL(None, use_errno=True)
        for call in (
            lambda: libc.shmget(0, 2**30, 0o1600),
            lambda: libc.memfd_create(b"x", 0),
            lambda: libc.ptrace(0, 0, 0, 0),
            lambda: libc.mount(b"a", b"/tmp", b"tmpfs", 0, None),
        ):
            call()
            print(ctypes.get_errno())
        import threading, subprocess
        threading.Thread(target=print, args=("thread",)).start()
        print(subprocess.run(["echo", "child"], capture_output=True, text=True).stdout)
        """,
    )
    assert seen[:4] == ["1"] * 4
    assert sorted(seen[4:]) == ["child", "thread"]


@needs_bwrap
def test_it_sees_no_file_of_ours_and_can_write_none(box, tmp_path):
    outside = [ROOT / "solutions", ROOT / "tests", ROOT / "exercises", ROOT / ".git"]
    outside += [
        tmp_path,
        Path.home() / ".ssh",
        Path("/etc/shadow"),
        Path("/etc/passwd"),
    ]
    assert "True" not in inside(
        box,
        f"import os\nfor p in {[str(p) for p in outside]}: print(os.path.exists(p))",
    )
    places = [ROOT / "course_lib", Path(sys.prefix), Path("/usr"), Path("/"), "/dev"]
    seen = inside(
        box,
        f"""
        import os
        for place in {[str(p) for p in places]}:
            try:
                open(os.path.join(place, "written"), "w")
                print("wrote", place)
            except OSError:
                print("no")
        open("here.txt", "w").write("x"), open("/dev/shm/x", "w"), open("/tmp/x", "w")
        """,
    )
    assert seen == ["no"] * len(places)


@needs_bwrap
def test_it_has_no_network(box):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        seen = inside(
            box,
            f"""
            import socket
            for address in [("127.0.0.1", {port}), ("192.0.2.1", 80)]:
                try:
                    socket.create_connection(address, timeout=1)
                    print("connected")
                except OSError:
                    print("no")
            """,
        )
        assert seen == ["no", "no"]


@needs_bwrap
def test_disk_is_bounded(box):
    seen = inside(
        box,
        """
        import os
        try:
            for k in range(100):
                open(f"/tmp/{k}", "wb").write(bytes(10**7))
            print("unbounded")
        except OSError:
            print("full")
        for k in range(100):
            if os.path.exists(f"/tmp/{k}"):
                os.remove(f"/tmp/{k}")
        """,
    )
    assert seen == ["full"]


@pytest.mark.slow
@needs_bwrap
def test_processes_are_bounded():
    source = """
        import os, time
        for k in range(100):
            if not os.fork():
                time.sleep(60)
                os._exit(0)
        time.sleep(60)
    """
    with Sandbox({}, 0) as box, pytest.raises(sandbox.TooMuch):
        inside(box, source)


@pytest.mark.slow
@needs_bwrap
def test_memory_is_bounded_over_all_its_processes():
    source = """
        import os, time
        for k in range(8):
            if not os.fork():
                kept = bytearray(400 * 2**20)
                time.sleep(60)
        time.sleep(60)
    """
    with Sandbox({}, 0) as box, pytest.raises(sandbox.TooMuch):
        inside(box, source)


@pytest.mark.slow
@needs_bwrap
def test_nothing_survives_it():
    with Sandbox({}, 0) as box:
        pids = inside(
            box,
            """
            import os, time
            if not os.fork():
                os.setsid()
                if os.fork():
                    os._exit(0)
                time.sleep(600)
                os._exit(0)
            print("started")
            """,
        )
        assert pids == ["started"]
        time.sleep(0.2)
        processes = box.processes()
        assert len(processes) >= 3
    _, alive = psutil.wait_procs(processes, 10)
    assert not [p for p in alive if p.status() != "zombie"]


# -- what is taken is charged to who took it -----------------------------------

MANY = """
import os, time
for k in range(60):
    if os.fork() == 0:
        time.sleep(600)
        os._exit(0)
"""
A_LOT = "kept = b'x' * (400 * 2**20)"
FOR_A_MOMENT = f"{A_LOT}\ndel kept"
A_LOT_BESIDE = f"""
import os, time
ready, told = os.pipe()
if os.fork() == 0:
    {A_LOT}
    os.write(told, b"x")
    time.sleep(600)
os.read(ready, 1)
"""
each_greed = pytest.mark.parametrize(
    "greedy", [MANY, A_LOT, FOR_A_MOMENT, A_LOT_BESIDE], ids=range(4)
)


@pytest.fixture
def blind(monkeypatch):
    """A watch that does not look while greedy code runs, and then all the time.

    So it is on a busy machine for code that returns within WATCHED_EVERY.
    """
    monkeypatch.setattr(sandbox, "MEMORY", 300 * 2**20)
    asked = Sandbox.ask

    def ask(self, channel, seconds, **message):
        called = message["ask"] == "call" and message["name"] == "threshold_to_weights"
        greedy = called or "greedy" in str(message.get("source"))
        monkeypatch.setattr(sandbox, "WATCHED_EVERY", math.inf if greedy else 0)
        return asked(self, channel, seconds, **message)

    monkeypatch.setattr(Sandbox, "ask", ask)


def stopped(graded):
    """The sources of the cells that were stopped."""
    return [
        cell.source
        for cell in graded.cells
        for output in cell.get("outputs", [])
        if output.get("ename") == "Stopped"
    ]


def with_cells(path, place, *own):
    """The bytes of a solution with cells of a student's own from this place on."""
    notebook = nbformat.read(path, as_version=4)
    made = [nbformat.v4.new_code_cell(source) for source in own]
    notebook.cells[place:place] = made
    return nbformat.writes(notebook).encode()


@pytest.mark.slow
@needs_bwrap
@each_greed
def test_a_greedy_cell_that_returns_unwatched_costs_no_other_cell(greedy, blind):
    path, cell = solution("02"), f"# greedy\n{greedy}"
    graded = grade(with_cells(path, 3, cell), exercise(path))
    assert stopped(graded) == [cell]
    assert set(said(graded).values()) == {""}


@pytest.mark.slow
@needs_bwrap
@each_greed
def test_a_greedy_function_that_returns_unwatched_costs_its_own_question(greedy, blind):
    path = solution("02")
    source = "def threshold_to_weights(threshold):\n"
    source += textwrap.indent(greedy, "    ") + "\n    return 1"
    tests = {"test_threshold_to_weights": ("threshold_to_weights(2)",) * 2}
    content = hand_in(path, threshold_to_weights=source)
    messages = said(grade(content, exercise(path, **tests)))
    assert "memory" in messages.pop("test_threshold_to_weights")
    assert set(messages.values()) == {""}


@pytest.mark.slow
@needs_bwrap
def test_what_a_cell_left_behind_is_charged_to_it_whenever_it_grows():
    """The child of one cell multiplies while the next cell waits."""
    seed = """
        import os, time
        if os.fork() == 0:
            while not os.path.exists("go"):
                time.sleep(0.01)
            for k in range(60):
                if os.fork() == 0:
                    time.sleep(600)
            time.sleep(600)
    """
    seed = textwrap.dedent(seed)
    path, waits = solution("02"), "open('go', 'w').close()\ntime.sleep(19)"
    graded = grade(with_cells(path, 3, seed, waits), exercise(path))
    assert stopped(graded) == [seed]
    assert set(said(graded).values()) == {""}


@pytest.mark.slow
@needs_bwrap
def test_what_a_call_left_behind_costs_no_question_that_is_asked_meanwhile():
    """A question's function leaves a child that kills the next one's process."""
    path = solution("02")
    first = """
        def threshold_to_weights(threshold):
            import os, signal, time
            if os.fork() == 0:
                while not os.path.exists("/tmp/go"):
                    time.sleep(0.01)
                os.kill(-1, signal.SIGKILL)
            return 1
    """
    second = """
        def margin(w, b, X, y):
            if w == "begin":
                open("/tmp/go", "w").close()
            import time
            time.sleep(w == "begin")
            return 1
    """
    tests = {"test_threshold_to_weights": ("threshold_to_weights(2)",) * 2}
    asked_twice = "margin(0, 0, 0, 0)\nassert margin('begin', 0, 0, 0) == 1"
    tests["test_margin"] = asked_twice, asked_twice
    sources = {"threshold_to_weights": first, "margin": second}
    sources = {name: textwrap.dedent(source) for name, source in sources.items()}
    messages = said(grade(hand_in(path, **sources), exercise(path, **tests)))
    assert messages["test_margin"] == ""


# -- points --------------------------------------------------------------------


@pytest.mark.slow
@needs_bwrap
@each_solution
def test_the_reference_earns_all_points_and_the_blank_exercise_none(path):
    whole = exercise(path)
    assert set(said(grade(path.read_bytes(), whole)).values()) == {""}
    blank = (ROOT / "exercises" / path.stem / path.name).read_bytes()
    assert all(
        "is not written yet" in text for text in said(grade(blank, whole)).values()
    )


def several(path, mistakes):
    """An exercise that asks a question at each of its mistakes, and all at the end."""
    release = nbformat.read(ROOT / "exercises" / path.stem / path.name, as_version=4)
    right = nbformat.read(path, as_version=4).cells
    functions = wrong_and_right(path.stem[:2])
    code = [cell for cell in right if cell.cell_type == "code"]
    cells = [cell for cell in code if not is_test(cell)]
    asked = {grade_id(cell): cell for cell in filter(is_test, code)}
    for k, (question, wrong) in enumerate(mistakes):
        answer = next(c for c in cells if is_solution(c) and grade_id(c) == question)
        wanted = f"{functions}\n{question} = {wrong.__name__}"
        cells += [again(answer, k, wanted), again(asked[f"test_{question}"], k)]
        cells += [again(answer, f"{k}_right")]
    cells += [again(cell, "end") for cell in asked.values()]
    whole = exercise(path)
    tests = {f"{test}_end": sources for test, sources in whole.tests.items()}
    tests |= {
        f"test_{question}_{k}": whole.tests[f"test_{question}"]
        for k, (question, _) in enumerate(mistakes)
    }
    release.cells = cells
    return Exercise(path.stem, release, tests, whole.files)


def again(cell, k, source=None):
    """A cell under another name."""
    cell = copy.deepcopy(cell)
    cell.metadata.nbgrader.grade_id, cell.id = f"{grade_id(cell)}_{k}", f"{cell.id}-{k}"
    cell.source = source or cell.source
    return cell


@pytest.mark.slow
@needs_bwrap
@each_solution
def test_a_named_mistake_costs_its_own_points_and_tells_its_hint(path):
    """Some of them in one notebook. Which other points it could cost, the next says."""
    found = [
        (question.name, hint, wrong)
        for question in questions(path).values()
        for hint, wrong in question.mistakes
    ]
    for few in (found[k : k + AT_ONCE] for k in range(0, len(found), AT_ONCE)):
        made = several(path, [(question, wrong) for question, _, wrong in few])
        messages = said(grade(nbformat.writes(made.release).encode(), made))
        assert len(messages) == len(few) + len(exercise(path).tests)
        for k, (question, hint, _) in enumerate(few):
            assert messages.pop(f"test_{question}_{k}").startswith(hint), (
                question,
                hint,
            )
        assert set(messages.values()) == {""}


@each_solution
def test_no_answer_and_no_test_uses_another_questions_function(path):
    """So no mistake can cost another question's points."""
    found = questions(path)
    answers = {name: [*question.variants] for name, question in found.items()}
    for name, question in found.items():
        answers[name] += [wrong for _, wrong in question.mistakes]
    named = {
        name: [word for f in functions for word in words_of(f.__code__)]
        for name, functions in answers.items()
    }
    for cell in filter(is_solution, nbformat.read(path, as_version=4).cells):
        if cell.cell_type == "code":
            named[grade_id(cell)] += words_of(compile(cell.source, "<answer>", "exec"))
    for test, sources in exercise(path).tests.items():
        for source in sources:
            named[test.removeprefix("test_")] += words_of(compile(source, test, "exec"))
    for name, words in named.items():
        assert not {*words} & {*found} - {name}, name


def words_of(code):
    """All names that a code and the codes in it use."""
    inner = [constant for constant in code.co_consts if isinstance(constant, CodeType)]
    return [*code.co_names, *(word for one in inner for word in words_of(one))]


@pytest.mark.slow
@needs_bwrap
def test_what_fails_only_on_hidden_inputs_is_told_without_a_value():
    path = solution("07")
    content = hand_in(path, he_start=RIGHT_IN_PUBLIC)
    messages = said(grade(content, exercise(path)))
    assert messages.pop("test_he_start") == HIDDEN
    assert set(messages.values()) == {""}


@pytest.mark.slow
@needs_bwrap
def test_what_a_function_sees_in_a_hidden_test_reaches_nobody():
    path = solution("07")
    spy = """
        import os
        seen, ends = [], os.pipe()
        def he_start(g):
            mark = chr(83) + f"PY{g.shape}"
            seen.append(mark)
            os.write(ends[1], mark.encode())
            open("/tmp/" + str(g.shape), "w").write(mark)
            if len(g) > 100:
                raise ValueError(mark)
            return g * (2 / len(g)) ** 0.5
    """
    later = """
        def residual(x, W, dy):
            raise ValueError(str(seen) + str(os.listdir("/tmp")))
    """
    sources = {"he_start": textwrap.dedent(spy), "residual": textwrap.dedent(later)}
    graded = grade(hand_in(path, **sources), exercise(path))
    outputs = str([cell.outputs for cell in graded.cells if cell.cell_type == "code"])
    assert "400" not in outputs and "SPY" not in outputs
    assert said(graded)["test_he_start"] == HIDDEN


@pytest.mark.slow
@needs_bwrap
def test_a_function_that_changes_its_input_is_told_so_when_graded_too():
    path = solution("02")
    source = """
        def update(w, b, x, y):
            step = y - (w @ x + b > 0)
            w += step * x
            return w, b + step
    """
    messages = said(
        grade(hand_in(path, update=textwrap.dedent(source)), exercise(path))
    )
    assert "changed its input" in messages["test_update"]


@pytest.mark.slow
@needs_bwrap
@pytest.mark.parametrize(
    "cell, words",
    [
        ("import os\nos._exit(3)", "ended the notebook's process"),
        ("import os, signal\nos.kill(os.getpid(), 9)", "ended the notebook's process"),
        ("x = bytearray(3 * 2**30)\nimport time\ntime.sleep(9)", "memory"),
        ("raise SystemExit", "SystemExit"),
        ("import ctypes\nctypes.string_at(0)", "ended the notebook's process"),
    ],
)
def test_a_cell_that_ends_the_process_is_left_out(cell, words):
    path = solution("02")
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(3, nbformat.v4.new_code_cell(cell))
    graded = grade(nbformat.writes(notebook).encode(), exercise(path))
    assert set(said(graded).values()) == {""}
    told = [
        o.evalue for c in graded.cells for o in c.get("outputs", []) if "evalue" in o
    ]
    assert len(told) == 1 and words in f"SystemExit {told[0]}"


@pytest.mark.slow
@needs_bwrap
@pytest.mark.parametrize("change", ["X[:] = 0", "y.append(9)"])
def test_a_hidden_question_cannot_be_changed_to_fit_the_answer(change):
    path = solution("02")
    test = "import numpy as np\nX, y = np.ones((2, 2)), [0, 0]\nmargin(1, 1, X, y)\n"
    tests = {"test_margin": ("", f"{test}assert X.sum() < 4 or len(y) > 2")}
    source = f"def margin(w, b, X, y):\n    {change}"
    graded = grade(hand_in(path, margin=source), exercise(path, **tests))
    assert said(graded)["test_margin"] == HIDDEN


@pytest.mark.slow
@needs_bwrap
def test_an_answer_is_no_larger_than_its_question_allows():
    path = solution("02")
    tests = {"test_margin": ("", "assert len(margin(1, 1, 1, 1)) > 0")}
    source = "def margin(w, b, X, y):\n    return np.zeros(10**6)"
    graded = grade(hand_in(path, margin=source), exercise(path, **tests))
    assert said(graded)["test_margin"] == HIDDEN


@pytest.mark.slow
@needs_bwrap
def test_cells_that_are_run_again_share_one_budget_of_time():
    path = solution("02")
    notebook = nbformat.read(path, as_version=4)
    for _ in range(4):
        notebook.cells.insert(
            3, nbformat.v4.new_code_cell("import time\ntime.sleep(3)")
        )
    with contextlib.closing(Attempt(notebook.cells, {}, safe=True)) as attempt:
        attempt.run()
        assert 100 < attempt.all_seconds < 150 - 12
        attempt.all_seconds, start = 1, time.monotonic()
        box = attempt.again_until(attempt.tests[-1])
        assert time.monotonic() < start + 8
        assert box.processes() == []


@pytest.mark.slow
@needs_bwrap
def test_a_process_is_watched_while_another_is_asked(monkeypatch):
    monkeypatch.setattr(sandbox, "MEMORY", 300 * 2**20)  # soon had, on a busy machine
    greedy = """
        import os, time
        if os.fork() == 0:
            time.sleep(1)
            hold = [b"x" * (50 * 2**20) for _ in range(8)]
            time.sleep(60)
    """
    with Sandbox({}, 0) as first, Sandbox({}, 0) as second:
        inside(first, greedy)
        second.beside = [first]
        second.ask(0, 20, ask="run", name="wait", source="import time; time.sleep(6)")
        assert first.processes() == []


@pytest.mark.slow
@needs_bwrap
def test_a_call_that_never_returns_costs_its_own_question_only(monkeypatch):
    monkeypatch.setattr("course_lib.classroom.grading.student.CALL_SECONDS", 1)
    path = solution("02")
    content = hand_in(path, margin="def margin(w, b, X, y):\n    while True: pass")
    messages = said(grade(content, exercise(path)))
    assert "a loop that never ends" in messages.pop("test_margin")
    assert set(messages.values()) == {""}


@pytest.mark.slow
@needs_bwrap
def test_a_library_that_must_not_fork_is_served_without(tmp_path):
    path = solution("07")
    setup = "import sys, types\nsys.modules['torch'] = types.ModuleType('torch')"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(1, nbformat.v4.new_code_cell(setup))
    notebook.cells.append(nbformat.v4.new_code_cell("he_start = None  # too late"))
    graded = grade(nbformat.writes(notebook).encode(), exercise(path))
    assert set(said(graded).values()) == {""}
    dies = "import os\ndef he_start(g):\n    os._exit(0)"
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "he_start":
            cell.source = dies
    messages = said(grade(nbformat.writes(notebook).encode(), exercise(path)))
    assert "ended its process" in messages.pop("test_he_start")
    assert set(messages.values()) == {""}


@pytest.mark.slow
@needs_bwrap
def test_a_keras_model_is_graded():
    """A test that calls a function which builds and runs a Keras model."""
    path = solution("02")
    source = """
        import keras
        def margin(w, b, X, y):
            layer = keras.layers.Dense(1)
            layer.build((None, 2))
            layer.set_weights([np.reshape(w, (2, 1)), np.array([b])])
            return layer(X)[:, 0]
    """
    test = "assert np.allclose(margin(np.ones(2), 1.0, np.eye(2), None), [2, 2])"
    whole = exercise(path, test_margin=(test, test))
    content = hand_in(path, margin=textwrap.dedent(source))
    assert said(grade(content, whole))["test_margin"] == ""


@pytest.mark.slow
def test_partial_credit_is_the_last_value_of_a_test():
    path = solution("02")
    whole = exercise(path, test_margin=("2 * 1.5", "2 * 1.5"))
    graded = grade(path.read_bytes(), whole)
    cell = next(c for c in graded.cells if is_test(c) and grade_id(c) == "test_margin")
    values = [o.data["text/plain"] for o in cell.outputs if "data" in o]
    assert values == ["3.0"]


@pytest.mark.slow
def test_without_the_sandbox_every_page_says_so():
    path = solution("02")
    graded = grade(path.read_bytes(), exercise(path), safe=False)
    assert set(said(graded).values()) == {""}
    assert "graded without the sandbox" in graded.cells[0].source
