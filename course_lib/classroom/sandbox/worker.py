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

import os
import resource
import socket
import sys
import threading

import numpy as np

from course_lib.classroom.sandbox.cells import Cells, Printed, describe
from course_lib.classroom.sandbox.channel import Channel, Gone

MISSING = object()
THREADED = {"tensorflow", "jax", "torch"}  # must not be forked once loaded


class Notebook(Cells):
    """What the grader may ask of a notebook."""

    def __init__(self, others):
        super().__init__()
        self.others = others  # sockets that wait for a fork
        self.pid = os.getpid()
        self.then = {}  # the names as they stood at a question, where none can fork

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
        """What each of these names stands for."""
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


def _bound(limits):
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
    _bound(limits)
    sys.argv = [""]
    sys.path.append(os.getcwd())  # last: what was handed in shadows nothing
    try:
        Notebook(sockets).serve(Channel(socket.socket(fileno=first)))
    except (Gone, EOFError):
        os._exit(0)


if __name__ == "__main__":
    import json

    main(*map(json.loads, sys.argv[1:]))
