"""Functions that see the arguments of hidden tests and try to let them out.

Answers are right, so that all points are earned, where nothing else is said. A spy
keeps what it sees where a later cell, or a later call, finds it and prints it.
"""

from bank.book import case, public_shapes

SPY = """
import os, sys, time
import numpy as np

MARK = chr(83) + "PY:"
SEEN = []


def told(x):
    return f"{MARK} {np.shape(x)} {np.ravel(x)[:3]}"


def quietly(function, *args):
    try:
        return function(*args)
    except Exception:
        return None
"""


def spy(book, name, ready, keep, show=""):
    """Spy on a question.

    ready runs first; keep(x) is called with the first argument of each hidden call; a
    cell after the check and one at the end run show.
    """
    book.insert_after("setup", f"{SPY}\n\n{ready}\n\n\ndef keep(x):\n{_block(keep)}")
    book.write(
        name,
        f"{book.read(name)}\n\n\n_right = {name}\n\n\n"
        f"def {name}(*args):\n"
        f"    if np.shape(args[0]) not in {public_shapes(book.number, name)}:\n"
        "        keep(args[0])\n"
        "    return _right(*args)",
    )
    if show:
        book.insert_after(f"test_{name}", show)
        book.append(show)


def _block(source):
    return "".join(f"    {line}\n" for line in source.splitlines())


@case("07")
def spy_in_globals(book):
    """A list, a function's attribute, a module and the built-ins remember."""
    spy(
        book,
        "he_start",
        "import builtins, json\njson.seen = builtins.seen = []",
        "SEEN.append(told(x))\njson.seen.append(told(x))\n"
        "builtins.seen.append(told(x))\nos.environ['SEEN'] = told(x)\nkeep.last = x",
        "print(SEEN, json.seen, seen, os.environ.get('SEEN'))\n"
        "if hasattr(keep, 'last'):\n    print(told(keep.last))",
    )


@case("04")
def spy_in_files(book):
    """Files in every folder that can be written, and their names and times."""
    spy(
        book,
        "softmax",
        "import glob\nFOLDERS = ['.', '/tmp', '/dev/shm', '/var/tmp', '/run', "
        "os.path.expanduser('~')]",
        "for folder in FOLDERS:\n"
        "    path = f'{folder}/kept_by_a_spy_{len(x)}.txt'\n"
        "    quietly(lambda: open(path, 'w').write(told(x)))",
        "for folder in FOLDERS:\n"
        "    for path in glob.glob(f'{folder}/kept_by_a_spy_*'):\n"
        "        print(MARK, path, open(path).read())\n        os.remove(path)",
    )


@case("01")
def spy_in_pipes(book):
    """A pipe and a pair of sockets, opened before any test."""
    spy(
        book,
        "majority",
        "import socket\nout, into = os.pipe()\nleft, right = socket.socketpair()\n"
        "os.set_blocking(out, False)\nos.set_blocking(into, False)\n"
        "left.setblocking(False)\nright.setblocking(False)",
        "quietly(os.write, into, told(x).encode())\n"
        "quietly(left.send, told(x).encode())",
        "print(quietly(os.read, out, 4096), quietly(right.recv, 4096))",
    )


@case("07")
def spy_in_shared_memory(book):
    """Memory that stays shared across a fork, and a counter in a file's position."""
    spy(
        book,
        "he_start",
        "import mmap, tempfile\nshared = mmap.mmap(-1, 4096)\n"
        "file = tempfile.TemporaryFile()\nfile.write(bytes(100))\nfile.flush()\n"
        "os.lseek(file.fileno(), 0, os.SEEK_SET)",
        "text = told(x).encode()\nshared[: len(text)] = text\n"
        "os.lseek(file.fileno(), len(x) % 90, os.SEEK_SET)",
        "print(shared[:200].strip(b'\\0').decode())\n"
        "if at := os.lseek(file.fileno(), 0, os.SEEK_CUR):\n"
        "    print(MARK, 'rows', at)",
    )


@case("07")
def spy_in_another_question(book):
    """The next question's function raises what was seen, in its public check."""
    spy(
        book,
        "he_start",
        "import mmap\nshared = mmap.mmap(-1, 4096)",
        "text = told(x).encode()\nshared[: len(text)] = text\nSEEN.append(told(x))",
    )
    book.write(
        "dropout",
        "def dropout(a, p, u, training):\n"
        "    seen = shared[:200].strip(b'\\0').decode() or ''.join(SEEN)\n"
        "    if seen:\n        raise ValueError(seen)\n"
        "    return a * (u >= p) / (1 - p) if training else a",
    )


@case("03", "log_loss")
def spy_in_an_error(book):
    """The exception's message, name and notes carry the arguments out."""
    spy(
        book,
        "log_loss",
        "",
        "error = type(told(x), (ValueError,), {})(told(x))\n"
        "error.add_note(told(x))\nprint(told(x))\nraise error from KeyError(told(x))",
    )
    book.write("words", "I looked.")


@case("08", "balanced_accuracy")
def spy_in_an_answer(book):
    """The answer to a hidden call is its arguments, as text and as a repr."""
    book.insert_after("setup", SPY)
    book.write(
        "balanced_accuracy",
        book.read("balanced_accuracy").replace(
            "    return",
            "    if len(y) not in (8, 7, 5):\n        return told(y)\n    return",
        ),
    )


@case("08", "multilabel")
def spy_in_the_values(book):
    """The answer is a number that tells the arguments, in an honest shape."""
    book.insert_after("setup", SPY)
    book.write(
        "multilabel",
        "def multilabel(P, Y):\n"
        "    if len(P) > 6:\n"
        "        return {told(P): 0.0, 'none': float(P[0, 0]), 'exact': told(Y)}\n"
        + book.read("multilabel").split('"""')[-1],
    )


@case("05")
def spy_on_the_screen(book):
    """Everything that prints, warns, logs or displays, in a hidden call."""
    spy(
        book,
        "minibatches",
        "import logging, subprocess, warnings\n"
        "from IPython.display import HTML, display",
        "text = told(x)\nprint(text)\nprint(text, file=sys.stderr)\n"
        "warnings.warn(text)\nlogging.error(text)\nquietly(display, HTML(text))\n"
        "for fd in (1, 2):\n    quietly(os.write, fd, text.encode())\n"
        "quietly(subprocess.run, ['echo', text])\n"
        "sys.__stdout__.write(text)\nsys.__stdout__.flush()",
    )


@case("06")
def spy_at_the_exit(book):
    """Exit hooks and finalisers tell when the process of a test ends."""
    spy(
        book,
        "hidden_blame",
        "import atexit\n\n\nclass Last:\n"
        "    def __init__(self, text):\n        self.text = text\n\n"
        "    def __del__(self):\n        os.write(1, self.text.encode())",
        "atexit.register(print, told(x))\n"
        "atexit.register(os.write, 2, told(x).encode())\n"
        "SEEN.append(Last(told(x)))",
        "print(len(SEEN) and MARK)",
    )


@case("07")
def spy_by_signals(book):
    """A signal to the process that ran the cells: one for each hidden call."""
    spy(
        book,
        "he_start",
        "import signal\nPID = os.getpid()\n"
        "signal.signal(signal.SIGUSR1, lambda *args: SEEN.append(MARK))",
        "quietly(os.kill, PID, signal.SIGUSR1)",
        "time.sleep(0.1)\nprint(SEEN)",
    )


@case("07")
def spy_in_the_parents_memory(book):
    """What was seen is written into the memory of the process that ran the cells."""
    spy(
        book,
        "he_start",
        "import ctypes\nPID = os.getpid()\n"
        "buffer = ctypes.create_string_buffer(200)\n\n\n"
        "def poke(text):\n"
        "    with open(f'/proc/{PID}/mem', 'r+b', buffering=0) as memory:\n"
        "        memory.seek(ctypes.addressof(buffer))\n        memory.write(text)",
        "quietly(poke, told(x).encode()[:199])",
        "print(buffer.value.decode())",
    )


@case("05")
def spy_by_a_thread(book):
    """A thread reads memory shared with the tests' processes, and prints."""
    spy(
        book,
        "minibatches",
        "import mmap, threading\nshared = mmap.mmap(-1, 4096)\n\n\ndef watch():\n"
        "    while not shared[0]:\n        time.sleep(0.01)\n"
        "    print(shared[:200].strip(b'\\0').decode())\n\n\n"
        "threading.Thread(target=watch, daemon=True).start()",
        "text = told(x).encode()\nshared[: len(text)] = text",
        "time.sleep(0.1)",
    )


@case("06")
def spy_that_outlives_its_test(book):
    """A grandchild of a hidden call waits, and tells a later cell by a pipe."""
    spy(
        book,
        "nudged_slope",
        "out, into = os.pipe()\nos.set_blocking(out, False)",
        "if not os.environ.get('COURSE_SANDBOX'):\n    return\n"
        "if os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n"
        "        time.sleep(1)\n        os.write(into, told(x).encode())\n"
        "        print(told(x), flush=True)\n"
        "    os._exit(0)",
        "time.sleep(1.5)\nprint(quietly(os.read, out, 4096))",
    )


@case("07")
def spy_on_the_wire(book):
    """A thread peeks at what arrives on open sockets before the worker reads it."""
    spy(
        book,
        "he_start",
        "import socket, stat, threading\n\n\ndef peek():\n"
        "    while True:\n"
        "        time.sleep(0.002)\n"
        "        for fd in range(3, 32):\n"
        "            quietly(look, fd)\n\n\n"
        "def look(fd):\n"
        "    flags = socket.MSG_PEEK | socket.MSG_DONTWAIT\n"
        "    if not stat.S_ISSOCK(os.fstat(fd).st_mode):\n        return\n"
        "    with socket.socket(fileno=os.dup(fd)) as s:\n"
        "        data = s.recv(1 << 20, flags)\n"
        "    if len(data) > 60_000:  # larger than any cell, as are the hidden inputs\n"
        "        SEEN.append(f'{MARK} {len(data)} bytes')\n\n\n"
        "if os.environ.get('COURSE_SANDBOX'):\n"
        "    threading.Thread(target=peek, daemon=True).start()",
        "SEEN.append(told(x))",
        "time.sleep(0.1)\nprint(SEEN)",
    )


@case("04")
def spy_in_a_clock(book):
    """Hidden calls set the process's name, limits and priorities; a cell reads them."""
    spy(
        book,
        "softmax",
        "import resource, threading\nPID = os.getpid()\n"
        "before = os.getpriority(os.PRIO_PROCESS, 0)",
        "quietly(os.setpriority, os.PRIO_PROCESS, PID, before + 1)\n"
        "quietly(lambda: open(f'/proc/{PID}/comm', 'w').write(MARK))\n"
        "quietly(resource.prlimit, PID, resource.RLIMIT_CORE, (0, 0))",
        "print(open('/proc/self/comm').read())\n"
        "if os.getpriority(os.PRIO_PROCESS, 0) != before:\n    print(MARK, 'nicer')",
    )


@case("02")
def spy_on_the_names(book):
    """What tells a hidden call is neither kept nor shown by the question's name."""
    spy(
        book,
        "margin",
        "import gc",
        "keep.__name__ = margin.__name__ = told(x)\nmargin.__doc__ = told(x)\n"
        "SEEN.append(told(x))\nsys.path.append(told(x))\n"
        "quietly(os.mkdir, told(x)[:40])",
        "print(margin.__name__, margin.__doc__, SEEN, sys.path, os.listdir())",
    )
