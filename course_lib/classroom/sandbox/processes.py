"""What a sandbox's processes take, and in whose turn each of them began."""

import re
from collections import Counter
from pathlib import Path

import psutil

AT_WORK = {psutil.STATUS_RUNNING, psutil.STATUS_DISK_SLEEP}


class Turns:
    """Whose code is run now, and in whose turn each process began.

    What a process takes is charged to the turn in which it, or the first of its line,
    began; what was there before any code was run takes in the turn that is now.
    """

    def __init__(self):
        self.now, self.began = None, {}

    def note(self, processes):
        """Note the processes that are there; a parent stands before its children."""
        began, by_pid = {}, {}
        for process in processes:
            if process in self.began or not self.began:
                turn = self.began.get(process)
            else:
                turn = by_pid.get(_parent(process))
                turn = self.now if turn is None else turn
            began[process] = by_pid[process.pid] = turn
        self.began = began

    def greediest(self, taken):
        """The turn whose processes take most together; taken(process) says how much."""
        turns = Counter()
        for process, turn in self.began.items():
            turns[self.now if turn is None else turn] += taken(process)
        return turns.most_common(1)[0][0]


def beyond(processes, memory, number):
    """What weighs the processes where together they have too much; else None."""
    if len(processes) > number:
        return _one
    if any(_peak(process) > memory for process in processes):
        return _peak
    if sum(map(_resident, processes)) > memory < sum(map(_own_share, processes)):
        return _own_share
    return None


def cpu(process):
    """Seconds of processor time of a process and its children that have ended."""
    try:
        return sum(process.cpu_times()[:4])
    except psutil.Error:
        return 0.0


def at_work(process):
    """Whether it waits for nothing but the machine."""
    try:
        return process.status() in AT_WORK
    except psutil.Error:
        return False


def _one(process):
    return 1


def _resident(process):
    """Bytes a process has in memory, shared ones too; 0 when it has ended."""
    try:
        return process.memory_info().rss
    except psutil.Error:
        return 0


def _peak(process):
    """The most bytes that a process has ever had in memory; 0 where nobody knows."""
    try:
        text = Path(f"/proc/{process.pid}/status").read_text()
    except OSError:
        return 0
    found = re.search(r"^VmHWM:\s+(\d+) kB$", text, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


def _parent(process):
    """The number of a process's parent; None when it has ended."""
    try:
        return process.ppid()
    except psutil.Error:
        return None


def _own_share(process):
    """Bytes of a process, what n processes share counted as one n-th."""
    try:
        return process.memory_full_info().pss
    except psutil.Error:
        return _resident(process)
