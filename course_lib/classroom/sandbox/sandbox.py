"""Where a student's process runs: no network, nothing to write but a small folder in
memory, little to read, bounded memory, time, processes and files, and gone when done.

bubblewrap makes it from the kernel's namespaces. /usr, Python with its packages and
this library can be read there; no solution, no gradebook, no hand-in. It never runs as
root: a grader who is root steps down first.
"""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections import Counter
from pathlib import Path

import numpy as np
import psutil

import course_lib
from course_lib.classroom import ONE_THREAD, CourseError
from course_lib.classroom.sandbox.protocol import Channel, Gone, pair
from course_lib.classroom.sandbox.seccomp import seccomp_filter

MEBI = 2**20
MEMORY = 2048 * MEBI  # of all its processes together
DISK = 64 * MEBI  # of each folder it may write; it is memory
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
HOME = "/tmp/home"
SYSTEM = ["/usr", "/bin", "/sbin", "/lib", "/lib64", "/etc/alternatives"]
SYSTEM += ["/etc/ld.so.cache", "/etc/localtime", "/etc/fonts"]
INSTALL = "apt install bubblewrap   (dnf, zypper, pacman: the same name)"


class TooMuch(Exception):
    """The processes had more memory than they may, or were too many.

    turn says in whose turn those began, see Sandbox.turn.
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
    command = command_line([sys.executable, "-c", ""])
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

    files {name: bytes} lie where it starts. turn names whose code is being run; what a
    process takes is charged to the turn in which it, or the first of its line, began.
    """

    def __init__(self, files, n_questions, safe=True):
        ends = [pair() for _ in range(n_questions + 1)]
        theirs = [end.fileno() for _, end in ends]
        python = [sys.executable, "-I", "-m", "course_lib.classroom.sandbox.worker"]
        python += [json.dumps(theirs), json.dumps(LIMITS)]
        self.home = tempfile.mkdtemp(prefix="course-unsafe-") if not safe else None
        denied = no_calls() if safe else None
        self.process = subprocess.Popen(
            command_line(python, denied) if safe else python,
            env=environment(self.home or HOME),
            cwd=self.home,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=theirs + [denied] * (denied is not None),
            start_new_session=True,
        )
        if denied is not None:
            os.close(denied)
        self.watched, self.cpu = time.monotonic(), 0.0
        self.turn, self.began = None, {}  # {process: turn}; None for what is ours
        self.beside = []  # others that are watched with it
        self.channels = []
        for ours, end in ends:
            end.close()
            self.channels.append(Channel(ours, self.watch))
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
            busy = any(
                status(process) == psutil.STATUS_RUNNING for process in processes
            )
            return busy and sum(map(cpu, processes)) - before < 0.8 * seconds

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
        self.watched, processes = time.monotonic(), self.processes()
        self.cpu = sum(map(cpu, processes))
        self._note_turns(processes)
        taken = None
        if len(processes) > MOST_PROCESSES:
            taken = lambda process: 1  # noqa: E731
        elif any(peak(process) > MEMORY for process in processes):
            taken = peak
        elif sum(map(resident, processes)) > MEMORY < sum(map(own_share, processes)):
            taken = own_share
        if taken:
            turns = Counter()
            for process, turn in self.began.items():
                turns[self.turn if turn is None else turn] += taken(process)
            self.close()
            raise TooMuch(turns.most_common(1)[0][0])

    def _note_turns(self, processes):
        """Note in whose turn each process began; a parent stands before its children.

        Of ours are those that were there before any code was run.
        """
        began, by_pid = {}, {}
        for process in processes:
            if process in self.began or not self.began:
                turn = self.began.get(process)
            else:
                turn = by_pid.get(parent(process))
                turn = self.turn if turn is None else turn
            began[process] = by_pid[process.pid] = turn
        self.began = began

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


def resident(process):
    """Bytes a process has in memory, shared ones too; 0 when it has ended."""
    try:
        return process.memory_info().rss
    except psutil.Error:
        return 0


def cpu(process):
    """Seconds of processor time of a process and its children that have ended."""
    try:
        return sum(process.cpu_times()[:4])
    except psutil.Error:
        return 0.0


def status(process):
    """What a process does at present; None when it has ended."""
    try:
        return process.status()
    except psutil.Error:
        return None


def peak(process):
    """The most bytes that a process has ever had in memory; 0 where nobody knows."""
    try:
        text = Path(f"/proc/{process.pid}/status").read_text()
    except OSError:
        return 0
    found = re.search(r"^VmHWM:\s+(\d+) kB$", text, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


def parent(process):
    """The number of a process's parent; None when it has ended."""
    try:
        return process.ppid()
    except psutil.Error:
        return None


def own_share(process):
    """Bytes of a process, what n processes share counted as one n-th."""
    try:
        return process.memory_full_info().pss
    except psutil.Error:
        return resident(process)


def environment(home):
    """What the process is told: nothing of ours but where Python's files are."""
    return ONE_THREAD | {
        "HOME": str(home),
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "MPLBACKEND": "Agg",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "COURSE_PROGRESS": os.devnull,
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def no_calls():
    """An open file to read the filter of the kernel's calls from, or None."""
    if (program := seccomp_filter()) is None:
        return None
    reading, writing = os.pipe()
    os.write(writing, program)
    os.close(writing)
    return reading


def command_line(python, denied=None):
    """The command that runs `python` in the sandbox, in a folder of its own."""
    inner = ["bwrap", "--unshare-all", "--unshare-user", "--disable-userns"]
    inner += ["--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv"]
    inner += ["--dev", "/dev"]
    for place in ("/dev/shm", "/tmp"):
        inner += ["--size", str(DISK), "--tmpfs", place]
    inner += [*binds(readable()), "--proc", "/proc"]  # after /tmp: they may lie in it
    inner += ["--remount-ro", "/dev", "--remount-ro", "/", "--dir", HOME]
    inner += ["--chdir", HOME]
    told = environment(HOME) | {"COURSE_SANDBOX": "1"}
    for name, value in told.items():
        inner += ["--setenv", name, value]
    inner += ["--seccomp", str(denied)] if denied is not None else []
    inner += ["--", *python]
    return inner if os.getuid() else stepped_down(inner)


def stepped_down(command):
    """The command as an ordinary user, who may see what only root could.

    Root's own bwrap lays the same folders out where everyone may look; each grader has
    a user number of its own, so that no student's processes count as another's.
    """
    user = str(61_000 + os.getpid() % 4_000)
    outer = ["bwrap", "--die-with-parent", "--tmpfs", "/tmp", *binds(readable())]
    outer += ["--dev-bind", "/proc", "/proc", "--dev", "/dev"]
    step = ["setpriv", "--reuid", user, "--regid", user, "--clear-groups"]
    return [*outer, "--", *step, "--no-new-privs", *command]


def readable():
    """The folders that Python and this library need; no other of the course's."""
    here = Path(course_lib.__file__).resolve().parent
    python = {sys.base_prefix, sys.prefix, *sysconfig.get_paths().values()}
    wanted = [*SYSTEM, here, *python]
    paths = sorted({Path(p) for p in wanted if os.path.lexists(p)})
    return [p for p in paths if not any(q in paths for q in p.parents)]


def binds(paths):
    """bwrap's arguments that show these paths read-only, at their own place."""
    arguments, made = [], {Path("/")}
    for path in paths:
        for parent in [*reversed(path.parents)]:
            if parent not in made:
                made.add(parent)
                arguments += ["--perms", "0755", "--dir", str(parent)]
        if path.is_symlink() and path.parent == Path("/"):
            arguments += ["--symlink", os.readlink(path), str(path)]
        else:
            arguments += ["--ro-bind", str(path), str(path)]
    return arguments
