"""A student's process: runs cells and calls functions, and knows no test.

The grader starts it in the sandbox with a socket for the notebook and one for each
question. A question's socket is served by a fork of the process as it stood at that
question, so that nothing done for one question is seen by the next. Code that has
loaded a library with threads of its own cannot fork safely: then the one process serves
all questions, each with the names as they were.

    ask                                  answer
    {"ask": "file", name, content}       {}
    {"ask": "run", name, source}         {printed, value, error}
    {"ask": "fork", socket}              {"pid": …}, or {"pid": None} if it must not
    {"ask": "kinds", names}              {name: "function", "value" or "missing"}
    {"ask": "get", name}                 {value}
    {"ask": "call", name, arguments, keywords}   {value, arguments} or {error}

An error is [type, message, line number, line].
"""

import ast
import builtins
import io
import linecache
import os
import re
import resource
import socket
import sys
import threading
import types

import numpy as np

from course_lib.classroom.sandbox.protocol import Channel, Gone

MOST_PRINTED = 10_000  # characters of a cell's output that are kept
LONGEST_MESSAGE = 500
THREADED = {"tensorflow", "jax", "torch"}  # must not be forked once loaded


class Printed(io.TextIOBase):
    """What a cell prints, up to a length; the rest is counted, not kept."""

    def __init__(self):
        self.parts, self.room, self.cut = [], MOST_PRINTED, 0

    def writable(self):
        return True

    def write(self, text):
        text = str(text)
        self.parts.append(text[: self.room])
        self.cut += max(len(text) - self.room, 0)
        self.room = max(self.room - len(text), 0)
        return len(text)

    def text(self):
        more = f"\n… and {self.cut:,} characters more" if self.cut else ""
        return "".join(self.parts) + more


class Notebook:
    """The namespace of a notebook, and what the grader may ask of it."""

    def __init__(self, others):
        self.others = others  # sockets that wait for a fork
        self.module = types.ModuleType("__main__")
        self.names = vars(self.module)
        self.pid = os.getpid()
        self.then = {}  # the names as they stood at a question, where none can fork
        sys.modules["__main__"] = self.module
        builtins.display = lambda *values, **_: print(*values, sep="\n")
        builtins.get_ipython = lambda: Magics(self)

    def serve(self, channel):
        """Answer until the grader has gone."""
        while True:
            ask = channel.receive()
            kind = ask.pop("ask")
            if kind == "fork":
                channel = self.fork(channel, **ask)
                continue
            try:
                answer = getattr(self, kind)(**ask)
                if os.getpid() != self.pid:
                    os._exit(0)  # a copy that a cell has made of us
                channel.send(answer)
            except Exception as refused:  # an answer that is no plain data
                channel.send({"error": ["TypeError", str(refused)[:500], None, ""]})

    def file(self, name, content):
        with open(name, "wb") as file:
            file.write(content.tobytes())
        return {}

    def run(self, name, source):
        """Run a cell; what it prints, its last value and its error."""
        filename = f"<{name}>"
        printed = sys.stdout = sys.stderr = Printed()
        value, error = None, None
        try:
            value = self._run(source, filename)
            if value is not None and not source.rstrip().endswith(";"):
                value = repr(value)
        except BaseException as problem:
            error = describe(problem, filename)
        value = str(value)[:MOST_PRINTED] if value is not None else None
        return {"printed": printed.text(), "value": value, "error": error}

    def _run(self, source, filename):
        source = self._plain(source)
        lines = source.splitlines(keepends=True)
        linecache.cache[filename] = (len(source), None, lines, filename)
        tree = ast.parse(source, filename)
        last = None
        if tree.body and isinstance(tree.body[-1], ast.Expr):
            last = ast.Expression(tree.body.pop().value)
        self._execute(compile(tree, filename, "exec", WITH_AWAIT))
        return last and self._execute(compile(last, filename, "eval", WITH_AWAIT))

    def _execute(self, code):
        value = eval(code, self.names)
        if isinstance(value, types.CoroutineType):  # the cell awaits something
            import asyncio

            return asyncio.run(value)
        return value

    def _plain(self, source):
        """Python without the notebook's magics, which are tried but may fail."""
        try:
            ast.parse(source)
            return source
        except SyntaxError:
            from IPython.core.inputtransformer2 import TransformerManager

            return TransformerManager().transform_cell(source)

    def fork(self, channel, socket_number):
        """Let a fork serve this socket from now on, and say so; keep the rest."""
        if THREADED & set(sys.modules) or threading.active_count() > 1:
            self.then[socket_number] = dict(self.names)
            channel.send({"pid": None})
            return channel
        pid = os.fork()
        if pid:
            self.others.pop(socket_number).close()
            channel.send({"pid": pid})
            return channel
        channel.close()
        self.pid = os.getpid()
        own = self.others.pop(socket_number)
        for other in self.others.values():
            other.close()
        return Channel(own)

    def kinds(self, names, at=None):
        found = [self._look_up(name, at) for name in names]
        return {
            name: "missing"
            if value is MISSING
            else ("function" if callable(value) else "value")
            for name, value in zip(names, found, strict=True)
        }

    def get(self, name, at=None):
        value = self._look_up(name, at)
        return {"value": None if value is MISSING else value}

    def call(self, name, arguments, keywords, at=None):
        """The answer, and the arguments as the function left them."""
        sys.stdout = sys.stderr = Printed()
        try:
            with np.errstate(all="ignore"):  # as check does
                value = self._look_up(name, at)(*arguments, **keywords)
        except BaseException as problem:
            return {"error": describe(problem, None)}
        return {"value": value, "arguments": arguments}

    def _look_up(self, name, at):
        return (self.names if at is None else self.then[at]).get(name, MISSING)


class Magics:
    """get_ipython() for cells with magics: what needs no notebook works."""

    def __init__(self, notebook):
        self.notebook = notebook

    def run_line_magic(self, name, line, *_, **__):
        if name in ("time", "timeit"):
            return self.notebook._run(OPTIONS.sub("", line), "<magic>")
        if name == "run" and line.split():
            with open(line.split()[0]) as file:
                self.notebook._run(file.read(), "<magic>")

    def run_cell_magic(self, name, line, body):
        if name == "writefile" and line.split():
            with open(line.split()[-1], "a" if "-a" in line.split() else "w") as file:
                file.write(body)
            return None
        if name in ("time", "timeit", "capture", "prun"):
            return self.notebook._run(body, "<magic>")
        print(f"%%{name} was left out when this was graded.")

    def system(self, command):
        print("Commands of the system are left out when this is graded.")

    def getoutput(self, command, *_, **__):
        self.system(command)
        return []

    def __getattr__(self, name):
        return lambda *_, **__: None


MISSING = object()
OPTIONS = re.compile(r"^\s*(-[nrp]\s*\d+\s+|-[tcqov]+\s+)*")  # of %timeit
WITH_AWAIT = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT


def describe(problem, filename):
    """[type, message, line number, line] of an exception, the line in this cell."""
    number, trace = None, problem.__traceback__
    while trace:
        code = trace.tb_frame.f_code.co_filename
        if code == filename or (filename is None and code.startswith("<")):
            number, filename = trace.tb_lineno, code
        trace = trace.tb_next
    if number is None and isinstance(problem, SyntaxError):
        number = problem.lineno
    try:
        message = str(problem)[:LONGEST_MESSAGE]
    except Exception:
        message = ""
    line = linecache.getline(filename or "", number).strip() if number else ""
    return [type(problem).__name__, message, number, line[:LONGEST_MESSAGE]]


def bound(limits):
    """Bind this process to {name of a limit: bytes, seconds or number}."""
    for name, most in limits.items():
        number = getattr(resource, f"RLIMIT_{name}", None)
        if number is not None:
            _, hard = resource.getrlimit(number)
            most = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(number, (most, most))


def main(numbers, limits):
    """Serve the first of the inherited sockets; forks will serve the others."""
    first, *others = numbers
    sockets = {n: socket.socket(fileno=fd) for n, fd in enumerate(others)}
    bound(limits)
    sys.argv = [""]
    sys.path.append(os.getcwd())  # last: what was handed in shadows nothing
    try:
        Notebook(sockets).serve(Channel(socket.socket(fileno=first)))
    except (Gone, EOFError):
        os._exit(0)


if __name__ == "__main__":
    import json

    main(*map(json.loads, sys.argv[1:]))
