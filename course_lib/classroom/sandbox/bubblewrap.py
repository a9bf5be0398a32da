"""The walls: bubblewrap's command line, made from the kernel's namespaces.

/usr, Python with its packages and this library can be read there; no solution, no
gradebook, no hand-in. It never runs as root: a grader who is root steps down first.
"""

import os
import sys
import sysconfig
from pathlib import Path

import course_lib
from course_lib.classroom import ONE_THREAD
from course_lib.classroom.sandbox.seccomp import seccomp_filter

DISK = 64 * 2**20  # bytes of each folder it may write; it is memory
HOME = "/tmp/home"
SYSTEM = ["/usr", "/bin", "/sbin", "/lib", "/lib64", "/etc/alternatives"]
SYSTEM += ["/etc/ld.so.cache", "/etc/localtime", "/etc/fonts"]


def python():
    """This Python's program; told by a path with .. in it, it stands at none inside."""
    return os.path.abspath(sys.executable)


def environment(home):
    """What the process is told: nothing of ours but where Python's files are."""
    return ONE_THREAD | {
        "HOME": str(home),
        "PATH": f"{Path(python()).parent}:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "MPLBACKEND": "Agg",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "COURSE_PROGRESS": os.devnull,
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def denied_calls():
    """An open file to read the filter of the kernel's calls from, or None."""
    if (program := seccomp_filter()) is None:
        return None
    reading, writing = os.pipe()
    os.write(writing, program)
    os.close(writing)
    return reading


def command_line(program, denied=None):
    """The command that runs `program` in the sandbox, in a folder of its own."""
    inner = ["bwrap", "--unshare-all", "--unshare-user", "--disable-userns"]
    inner += ["--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv"]
    inner += ["--dev", "/dev"]
    for place in ("/dev/shm", "/tmp"):
        inner += ["--size", str(DISK), "--tmpfs", place]
    inner += [*_binds(_readable()), "--proc", "/proc"]  # after /tmp: they may lie in it
    inner += ["--remount-ro", "/dev", "--remount-ro", "/", "--dir", HOME]
    inner += ["--chdir", HOME]
    told = environment(HOME) | {"COURSE_SANDBOX": "1"}
    for name, value in told.items():
        inner += ["--setenv", name, value]
    inner += ["--seccomp", str(denied)] if denied is not None else []
    inner += ["--", *program]
    return inner if os.getuid() else _stepped_down(inner)


def _stepped_down(command):
    """The command as an ordinary user, who may see what only root could.

    Root's own bwrap lays the same folders out where everyone may look; each grader has
    a user number of its own, so that no student's processes count as another's.
    """
    user = str(61_000 + os.getpid() % 4_000)
    outer = ["bwrap", "--die-with-parent", "--tmpfs", "/tmp", *_binds(_readable())]
    outer += ["--dev-bind", "/proc", "/proc", "--dev", "/dev"]
    step = ["setpriv", "--reuid", user, "--regid", user, "--clear-groups"]
    return [*outer, "--", *step, "--no-new-privs", *command]


def _readable():
    """The folders that Python and this library need; no other of the course's."""
    here = Path(course_lib.__file__).resolve().parent
    own = {sys.base_prefix, sys.prefix, *sysconfig.get_paths().values()}
    wanted = [*SYSTEM, here, *map(os.path.abspath, own)]
    paths = sorted({Path(p) for p in wanted if os.path.lexists(p)})
    return [p for p in paths if not any(q in paths for q in p.parents)]


def _binds(paths):
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
