"""What a sandbox's processes take, and in whose turn each of them began."""

import contextlib
import re
from collections import Counter

import psutil

AT_WORK = {psutil.STATUS_RUNNING, psutil.STATUS_DISK_SLEEP}


class Family:
    """A process with all that came of it, and in whose turn each of them began.

    What a process takes is charged to the turn in which it, or the first of its line,
    began; what was there before any code was run takes in the turn that is now.
    """

    def __init__(self, pid):
        self.root, self.now = pid, None
        self.members, self.turns = {}, {}  # by their numbers
        self.others = {0}  # numbers of this machine's processes that are not of it

    def look(self):
        """The processes there are. Only who is new on this machine is asked for its
        parent: to ask them all would take longer than most cells do."""
        there = {*psutil.pids()}
        if not self.members:
            root = psutil.Process(self.root)
            found = [root, *root.children(recursive=True)]
            self.members = {process.pid: process for process in found}
            self.turns = dict.fromkeys(self.members)
            self.others |= there - self.members.keys()
            return found
        new = there - self.members.keys() - self.others
        parents = {pid: _parent(pid) for pid in sorted(new)}
        self.others = self.others & there | {0}
        self._sort_in(parents)
        gone = [n for n, process in self.members.items() if not process.is_running()]
        for number in gone:
            del self.members[number], self.turns[number]
        return list(self.members.values())

    def _sort_in(self, parents):
        """Tell who is of the family; whose parent has just ended is asked once more."""
        while known := [
            pid
            for pid, parent in parents.items()
            if parent in self.members or parent in self.others
        ]:
            for pid in known:
                parent = parents.pop(pid)
                if parent in self.others:
                    self.others.add(pid)
                    continue
                with contextlib.suppress(psutil.Error):
                    self.members[pid] = psutil.Process(pid)
                    turn = self.turns[parent]
                    self.turns[pid] = self.now if turn is None else turn

    def greediest(self, taken):
        """The turn whose processes take most together; taken(process) says how much."""
        turns = Counter()
        for number, process in self.members.items():
            turn = self.turns[number]
            turns[self.now if turn is None else turn] += taken(process)
        return turns.most_common(1)[0][0]


def beyond(processes, memory, number):
    """What weighs the processes where together they have too much; else None."""
    if len(processes) > number:
        return _one
    sizes = [*map(_now_and_most, processes)]
    if any(most > memory for _, most in sizes):
        return _peak
    if sum(now for now, _ in sizes) > memory < sum(map(_own_share, processes)):
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


def _now_and_most(process):
    """Bytes a process has in memory, shared ones too, and the most it has ever had.

    0 when it has ended, and where nobody knows.
    """
    try:
        with open(f"/proc/{process.pid}/status") as status:  # one read for both
            lines = re.findall(r"(?m)^(VmRSS|VmHWM):\s+(\d+) kB$", status.read())
    except OSError:
        return _resident(process), 0
    sizes = {name: 1024 * int(kibibytes) for name, kibibytes in lines}
    return sizes.get("VmRSS", 0), sizes.get("VmHWM", 0)


def _peak(process):
    return _now_and_most(process)[1]


def _resident(process):
    try:
        return process.memory_info().rss
    except psutil.Error:
        return 0


def _parent(pid):
    """The number of a process's parent; None when it has ended."""
    try:
        return psutil.Process(pid).ppid()
    except psutil.Error:
        return None


def _own_share(process):
    """Bytes of a process, what n processes share counted as one n-th."""
    try:
        return process.memory_full_info().pss
    except psutil.Error:
        return _resident(process)
