"""What does not end, ends too much, or takes all there is."""

from bank.book import GUARD, case

INSIDE = "\n".join(f"    {line}".rstrip() for line in GUARD.strip().splitlines()) + "\n"


def first_line(book, name, lines):
    """Put guarded lines in front of an answer's body."""
    source = book.read(name)
    head, body = source.split("\n", 1)
    indented = "".join(f"    {line}\n" for line in lines.splitlines())
    book.write(name, f"{head}\n{INSIDE}{indented}{body}")


@case("07", "blame_lengths", plain=False)
def endless_loop_in_one_question(book):
    """A loop that never ends costs its question only."""
    first_line(book, "blame_lengths", "while True:\n    pass")


@case("04", "softmax")
def endless_loop_in_a_hidden_test(book):
    """A function that hangs for sizes that the public checks do not have."""
    first_line(book, "softmax", "while len(Z) > 4:\n    pass")


@case("06", "two_paths")
def endless_sleep_that_ignores_interrupts(book):
    """A function that catches whatever tries to stop it."""
    first_line(
        book,
        "two_paths",
        "import signal, time\n"
        "for s in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM, signal.SIGHUP):\n"
        "    signal.signal(s, signal.SIG_IGN)\n"
        "while True:\n"
        "    try:\n"
        "        time.sleep(1000)\n"
        "    except BaseException:\n"
        "        pass",
    )


@case("03", "fit")
def stuck_in_c(book):
    """A regular expression that takes ages and never lets go of the interpreter."""
    first_line(book, "fit", "import re\nre.match('(a+)+$', 'a' * 60 + 'b')")


@case("07")
def endless_cell(book):
    """An own cell that never ends is left out."""
    book.insert_after("setup", GUARD + "while True:\n    pass")


@case("05", "adam")
def endless_cell_of_an_answer(book):
    """An answer whose cell waits for ever below the function is left out."""
    waits = "import threading\n\nthreading.Event().wait()"
    book.write("adam", f"{GUARD}\n{book.read('adam')}\n\n\n{waits}")


@case("01")
def endless_cell_at_the_end(book):
    """All questions are answered when the last cell begins to hang, asleep."""
    book.append(GUARD + "import time\ntime.sleep(10**6)")


@case("02")
def leaves_by_every_door(book):
    """Cells that exit, politely or at once, are left out."""
    book.insert_after("setup", "exit()")
    book.insert_after("threshold_to_weights", "import sys\nsys.exit(1)")
    book.insert_after("update", "raise SystemExit('done')")
    book.insert_after("margin", GUARD + "os._exit(0)")
    book.append("quit()\nraise KeyboardInterrupt")


@case("02", "update")
def exits_in_a_function(book):
    """A function that ends its process is no answer."""
    first_line(book, "update", "os._exit(0)")


@case("08", "one_hot")
def raises_beyond_exception(book):
    """A function that leaves by SystemExit, and one by KeyboardInterrupt, caught."""
    book.write("one_hot", "def one_hot(words, values):\n    raise SystemExit(0)")
    book.insert_after("setup", "raise KeyboardInterrupt")
    book.insert_after("setup", "raise GeneratorExit")


@case("08", "multilabel")
def kills(book):
    """A cell that kills its process, and an answer that kills what started it."""
    book.insert_after(
        "setup", GUARD + "import signal\nos.kill(os.getpid(), signal.SIGKILL)"
    )
    first_line(
        book,
        "multilabel",
        "import signal\nos.kill(os.getpid(), signal.SIGKILL)",
    )


@case("03")
def kills_its_parent(book):
    """A cell that kills the process that started it, and all it may kill."""
    book.insert_after(
        "log_loss",
        GUARD + "import signal\nfor pid in (os.getppid(), -1):\n"
        "    try:\n        os.kill(pid, signal.SIGKILL)\n"
        "    except OSError:\n        pass",
    )


@case("06", "hidden_blame")
def kills_its_parent_in_a_function(book):
    """An answer that kills the process that started its own."""
    first_line(
        book,
        "hidden_blame",
        "import signal\nif len(x) == 5:\n    os.kill(os.getppid(), signal.SIGKILL)\n"
        "    os._exit(0)",
    )


@case("04")
def segmentation_fault(book):
    """A cell that reads address 0 is left out."""
    book.insert_after("collapse", GUARD + "import ctypes\nctypes.string_at(0)")


@case("04", "collapse")
def segmentation_fault_in_a_function(book):
    """A function that reads address 0."""
    first_line(book, "collapse", "import ctypes\nctypes.string_at(0)")


@case("05", "cross_entropy")
def stack_overflow(book):
    """Recursion without end, with the limit raised."""
    first_line(
        book,
        "cross_entropy",
        "import sys\nsys.setrecursionlimit(10**9)\n"
        "def deep(x):\n    return repr([deep(x + 1)])\ndeep(0)",
    )


@case("07")
def eats_memory(book):
    """A cell that asks for 16 GiB, piece by piece, and keeps them."""
    book.insert_after(
        "setup",
        GUARD + "kept = []\nfor _ in range(128):\n"
        "    kept.append(bytearray(b'x') * (128 << 20))",
    )


@case("07", "dropout")
def eats_memory_in_a_function(book):
    """A function that asks for 16 GiB, piece by piece."""
    first_line(
        book,
        "dropout",
        "kept = []\nfor _ in range(128):\n"
        "    kept.append(bytearray(b'x') * (128 << 20))",
    )


@case("05")
def fork_bomb(book):
    """A cell that starts a thousand processes, each asleep."""
    book.insert_after(
        "setup",
        GUARD + "import time\nfor _ in range(1000):\n"
        "    if os.fork() == 0:\n        time.sleep(600)\n        os._exit(0)",
    )


@case("05", "minibatches")
def fork_bomb_in_a_function(book):
    """A function that starts processes, each of which starts processes."""
    first_line(
        book,
        "minibatches",
        "import time\nfor _ in range(12):\n"
        "    try:\n        os.fork()\n    except OSError:\n        pass\n"
        "time.sleep(600)",
    )


@case("01")
def fills_the_disk(book):
    """A cell that writes to every folder until nothing more fits, up to 4 GB each."""
    book.insert_after(
        "majority",
        GUARD + "block = b'x' * (1 << 24)\n"
        "home = os.path.expanduser('~')\n"
        "for folder in ('.', '/tmp', '/dev/shm', '/var/tmp', home):\n"
        "    try:\n"
        "        with open(f'{folder}/full', 'wb') as f:\n"
        "            for _ in range(256):\n                f.write(block)\n"
        "    except OSError as error:\n        print(error)",
    )


@case("01")
def many_files(book):
    """A cell that makes a hundred thousand files and opens all it can."""
    book.append(
        GUARD + "kept = []\ntry:\n"
        "    for k in range(100_000):\n        kept.append(open(f'file-{k}', 'w'))\n"
        "except OSError as error:\n    print(error)"
    )


@case("02")
def floods(book):
    """A cell that prints 100 MB on stdout, stderr and below both."""
    book.insert_after(
        "margin",
        GUARD + "import sys\nline = 'flood ' * 20_000\n"
        "for k in range(400):\n    print(line)\n    print(line, file=sys.stderr)\n"
        "    os.write(1 + k % 2, line.encode())",
    )


@case("08")
def floods_of_displays(book):
    """Twenty thousand displays, one of them of 50 MB, and a line without an end."""
    book.append(
        GUARD + "from IPython.display import HTML, display\n"
        "for k in range(20_000):\n    display(HTML(f'<b>{k}</b>'))\n"
        "display(HTML('x' * 50_000_000))\nprint('y' * 50_000_000, end='')"
    )


@case("06")
def garbage_on_every_descriptor(book):
    """A cell that writes a megabyte of noise to every open descriptor."""
    book.insert_after(
        "hidden_blame",
        GUARD + "for fd in range(3, 256):\n"
        "    try:\n        os.set_blocking(fd, False)\n"
        "        os.write(fd, b'CRS1' + os.urandom(1 << 20))\n"
        "    except OSError:\n        pass",
    )


@case("06")
def descriptors_closed(book):
    """A cell that closes every descriptor but the first three."""
    book.insert_after("nudged_slope", GUARD + "os.closerange(3, 4096)")


@case("03", "everything")
def huge_answers(book):
    """A list of a hundred million, a gigabyte, a deep nest, a list in itself."""
    first_line(book, "probability", "return [0.5] * 10**8")
    first_line(book, "log_loss", "return np.zeros(10**8 * 5 // 4)")
    first_line(
        book, "interaction", "x = []\nfor _ in range(10**5):\n    x = [x]\nreturn x"
    )
    first_line(book, "fit", "x = []\nx.append(x)\nreturn {'w': x, 'b': x, 'losses': x}")


@case("02", "everything")
def huge_numbers(book):
    """A million digits, a million keys, a long string and a tower of views."""
    first_line(book, "threshold_to_weights", "return 10**10**6")
    first_line(book, "update", "return {k: k for k in range(10**6)}")
    first_line(book, "margin", "return 'x' * 10**9")
    first_line(
        book,
        "train",
        "w = np.broadcast_to(1.0, (10**9, 10**6))\n"
        "return {'w': w, 'b': 0.0, 'mistakes': [0], 'separable': True}",
    )


@case("08", "balanced_accuracy")
def answer_that_never_comes(book):
    """An answer that is asked for its values for ever."""
    book.write(
        "balanced_accuracy",
        "class Slow:\n"
        "    def __array__(self, dtype=None, copy=None):\n"
        "        import os, time\n"
        "        while os.environ.get('COURSE_SANDBOX'):\n            time.sleep(1)\n"
        "        raise ValueError\n\n\n"
        "def balanced_accuracy(y, y_hat):\n    return Slow()",
    )


@case("07")
def threads_that_go_on(book):
    """A thread that never ends, and a timer that goes off much later."""
    book.insert_after(
        "setup",
        GUARD + "import threading, time\n\n\ndef work():\n"
        "    while True:\n        time.sleep(0.01)\n\n\n"
        "for daemon in (True, False):\n"
        "    threading.Thread(target=work, daemon=daemon).start()\n"
        "threading.Timer(100, work).start()",
    )


@case("04")
def never_dies(book):
    """Handlers, exit hooks and finalisers that refuse to let the process end."""
    book.insert_after(
        "setup",
        GUARD + "import atexit, signal, time\n\n\ndef stay(*args):\n"
        "    while True:\n        time.sleep(1)\n\n\n"
        "atexit.register(stay)\n"
        "for s in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGPIPE):\n"
        "    signal.signal(s, stay)\n\n\n"
        "class Stay:\n    __del__ = stay\n\n\nkept = Stay()",
    )
