"""Where a student's process runs: no network, nothing to write but a small folder in
memory, little to read, bounded memory, time, processes and files, and gone when done.
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import numpy as np
import psutil

from course_lib.classroom import CourseError
from course_lib.classroom.sandbox.bubblewrap import (
    HOME,
    command_line,
    denied_calls,
    environment,
    python,
)
from course_lib.classroom.sandbox.channel import Channel, Gone, pair
from course_lib.classroom.sandbox.processes import Family, at_work, beyond, cpu

MEBI = 2**20
MEMORY = 2048 * MEBI  # of all its processes together
LIMITS = {
    "AS": 4 * MEMORY,  # addresses; MEMORY is watched
    "CPU": 120,  # seconds
    "FSIZE": 32 * MEBI,
    "NOFILE": 256,
    "NPROC": 200,  # threads, too
    "CORE": 0,
}
MOST_PROCESSES = 40
WATCHED_EVERY = 0.2  # seconds
PATIENCE = 6  # times as long, where the machine is too busy to give it its time
START = 60  # seconds within which it must be there, on a busy machine
WORKER = "course_lib.classroom.sandbox.worker"
INSTALL = "apt install bubblewrap   (dnf, zypper, pacman: the same name)"


class TooMuch(Exception):
    """The processes had more memory than they may, or were too many.

    turn says in whose turn those began, see processes.Family.
    """

    def __init__(self, turn=None):
        super().__init__(turn)
        self.turn = turn


def check_sandbox():
    """Say what is missing where no sandbox can be made."""
    if not sys.platform.startswith("linux") or not shutil.which("bwrap"):
        raise CourseError(
            "Grading runs students' code in a sandbox made by bubblewrap, which is not "
            f"here. On Linux install it: {INSTALL}. Elsewhere grade in a Linux "
            "machine or container. With --unsafe-no-sandbox their code would run "
            "with all your rights: read your files, use your network."
        )
    command = command_line([python(), "-c", ""])
    tried = subprocess.run(command, capture_output=True, text=True)
    if tried.returncode:
        raise CourseError(
            "bubblewrap is here but cannot make a sandbox: "
            f"{tried.stderr.strip() or 'it said nothing'}. Inside a container, allow "
            "it user namespaces; on Ubuntu 24.04 and later see "
            "kernel.apparmor_restrict_unprivileged_userns."
        )


class Sandbox:
    """A student's process in the sandbox, one channel to it and one for each question.

    files {name: bytes} lie where it starts. family.now is set by who runs code in it.
    """

    def __init__(self, files, n_questions, safe=True):
        ends = [pair() for _ in range(n_questions + 1)]
        self.home = tempfile.mkdtemp(prefix="course-unsafe-") if not safe else None
        self.process = _started([end for _, end in ends], self.home)
        self.watched, self.cpu = time.monotonic(), 0.0
        self.family = Family(self.process.pid)
        self.beside = []  # others that are watched with it
        self.channels = [Channel(ours, self.watch) for ours, _ in ends]
        try:
            self.ask(0, START, ask="kinds", names=[])  # it is there, nothing has run
            self.look()
            for name, content in files.items():
                content = np.frombuffer(content, "uint8")
                self.ask(0, START, ask="file", name=name, content=content)
        except BaseException:
            self.close()
            raise

    def ask(self, channel, seconds, **message):
        """The answer to a message, as a dict; raises Silent, Gone or Refused.

        On a machine so busy that the process got less than its time, it has longer.
        """
        channel, start, before = self.channels[channel], time.monotonic(), self.cpu

        def late():
            waited = time.monotonic() - start
            return seconds / 2 if waited < PATIENCE * seconds and starved() else 0

        def starved():
            processes = self.processes()
            used = sum(map(cpu, processes)) - before
            return any(map(at_work, processes)) and used < 0.8 * seconds

        channel.send(message, PATIENCE * seconds)
        answer = channel.receive(seconds, late)
        if not isinstance(answer, dict):
            raise Gone  # something forged; an honest process is not at the other end
        return answer

    def watch(self):
        """Look now and then, while it is waited for."""
        if time.monotonic() < self.watched + WATCHED_EVERY:
            return
        for box in self.beside:
            with contextlib.suppress(TooMuch):  # it has ended, and this goes on
                box.watch()
        self.look()

    def look(self):
        """Stop it when its processes are too many, or have too much memory together.

        Who has run code looks at its end, so that nothing falls to the next one's turn,
        however fast the code was or slow the machine is.
        """
        self.watched = time.monotonic()
        if self.process.poll() is not None:
            return
        try:
            processes = self.family.look()
        except psutil.Error:  # it has ended just now
            return
        self.cpu = sum(map(cpu, processes))
        if taken := beyond(processes, MEMORY, MOST_PROCESSES):
            turn = self.family.greediest(taken)
            self.close()
            raise TooMuch(turn)

    def processes(self):
        """All of its processes, as this machine numbers them."""
        if self.process.poll() is not None:  # its number may be another's by now
            return []
        try:
            root = psutil.Process(self.process.pid)
            return [root, *root.children(recursive=True)]
        except psutil.Error:
            return []

    def close(self):
        """End all of its processes; the namespace takes survivors with it."""
        processes = self.processes()
        for process in processes:
            try:
                process.send_signal(signal.SIGKILL)
            except psutil.Error:
                pass
        self.process.wait()
        for channel in self.channels:
            channel.close()
        if self.home:
            shutil.rmtree(self.home, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def _started(theirs, home):
    """The process with these ends of channels; home says where, if without walls."""
    program = [python(), "-I", "-m", WORKER]
    program += [json.dumps([end.fileno() for end in theirs]), json.dumps(LIMITS)]
    denied = None if home else denied_calls()
    passed = [end.fileno() for end in theirs] + [denied] * (denied is not None)
    process = subprocess.Popen(
        program if home else command_line(program, denied),
        env=environment(home or HOME),
        cwd=home,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=passed,
        start_new_session=True,
    )
    if denied is not None:
        os.close(denied)
    for end in theirs:
        end.close()
    return process
