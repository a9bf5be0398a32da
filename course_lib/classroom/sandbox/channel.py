"""A socket between the grader and a student's process; whoever waits has a deadline."""

import math
import select
import socket
import time

from course_lib.classroom.sandbox.protocol import (
    HEAD,
    MAGIC,
    MOST_BYTES,
    MOST_TEXT,
    Refused,
    pack,
    unpack,
)

MOST_AT_ONCE = 1 << 20  # bytes
GLANCE = 0.05  # seconds between two calls of watch


class Silent(Exception):
    """No whole message came in time."""


class Gone(Exception):
    """The other side has closed its end."""


class Channel:
    """One end of a socket that carries messages, each with its own deadline.

    watch is called now and then while it waits; late, when the time is up, and may
    grant more seconds.
    """

    def __init__(self, sock, watch=lambda: None):
        self.sock, self.watch, self.deadline = sock, watch, math.inf
        self.unread, self.grace = bytearray(), False
        sock.setblocking(False)

    def send(self, message, seconds=math.inf):
        """Send a message within these seconds, or raise Silent, Gone or Refused."""
        data = memoryview(pack(message))
        self.deadline = time.monotonic() + seconds
        while data:
            self._wait(lambda: 0, writing=True)
            try:
                data = data[self.sock.send(data) :]
            except BlockingIOError:
                pass
            except OSError:
                raise Gone from None

    def receive(self, seconds=math.inf, late=lambda: 0):
        """The next message, if it comes whole in time; else as send."""
        self.deadline, self.grace = time.monotonic() + seconds, True
        magic, n_text, n_raw = HEAD.unpack(self._read(HEAD.size, late))
        if magic != MAGIC or n_text > MOST_TEXT or n_raw > MOST_BYTES:
            raise Refused("not a message: its head is wrong")
        return unpack(self._read(n_text, late), self._read(n_raw, late))

    def _read(self, n, late):
        while len(self.unread) < n:
            self._wait(late)
            try:
                piece = self.sock.recv(MOST_AT_ONCE)
            except BlockingIOError:
                continue
            except OSError:
                raise Gone from None
            if not piece:
                raise Gone
            self.unread += piece
        data = bytes(self.unread[:n])
        del self.unread[:n]
        return data

    def _wait(self, late, writing=False):
        """Wait until the socket is ready."""
        reads, writes = ([], [self.sock]) if writing else ([self.sock], [])
        while True:
            self.watch()
            left = self.deadline - time.monotonic()
            if left <= 0 and not (self.grace and self._came_meanwhile()):
                more = late()
                if not more:
                    raise Silent
                self.deadline += more
                continue
            try:
                ready = select.select(reads, writes, [], min(max(left, 0), GLANCE))
            except (OSError, ValueError):
                raise Gone from None
            if any(ready):
                return

    def _came_meanwhile(self):
        """Whether something is there to read, once: a machine so busy that we looked
        too late must not cost an answer that came in time, nor a trickle win time."""
        self.grace = False
        try:
            return bool(select.select([self.sock], [], [], 0)[0])
        except (OSError, ValueError):
            return False

    def close(self):
        self.sock.close()


def pair():
    """Two connected ends; the second may be handed to another process."""
    return socket.socketpair()
