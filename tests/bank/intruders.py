"""Attempts to read, write and call what lies outside: they find nothing there.

Each one's answers are right and each earns all points. What it finds it prints as a
spy's mark, which no output may hold.
"""

from bank.book import GUARD, case

TELL = """
import os

NEEDLE = " ".join(["HIDDEN", "TESTS"])


def tell(*found):
    print(chr(83) + "PY:", *found)


def quietly(function, *args):
    try:
        return function(*args)
    except BaseException as error:
        return None


def text(path):
    with open(path, "rb") as f:
        return f.read(1 << 22).decode("utf-8", "replace")
"""


@case("07")
def reads_the_solutions(book):
    """Looks for hidden tests beside the course, up the tree, and in usual places."""
    book.insert_after(
        "setup",
        TELL + "\n\nimport pathlib, course_lib\n\n\ndef look(top, patterns):\n"
        "    for pattern in patterns:\n"
        "        for path in top.glob(pattern):\n"
        "            if NEEDLE in (quietly(text, path) or ''):\n"
        "                tell('a solution in', path)\n\n\n"
        "patterns = ['solutions/*/*', '*/solutions/*/*', 'source/*/*', 'release/*/*']\n"
        "library = pathlib.Path(course_lib.__file__).resolve()\n"
        "for start in (pathlib.Path.cwd(), library):\n"
        "    for top in [start, *start.parents]:\n"
        "        quietly(look, top, patterns)\n"
        "quietly(look, pathlib.Path('/srv/course'), patterns)",
    )


@case("07")
def reads_other_work(book):
    """Looks for other students' notebooks, the gradebook and the grader's own files."""
    book.insert_after(
        "setup",
        TELL + "\n\nimport glob, itertools\n\n\n"
        "for up in ('..', '../..', '../../..', '/tmp', '/tmp/*', "
        "'/var/tmp', os.path.expanduser('~'), '/root', '/home/*'):\n"
        "    for name in ('*/*.ipynb', '*/*/*.ipynb', '*.db', '*/*.db'):\n"
        "        for path in itertools.islice(glob.iglob(f'{up}/{name}'), 20):\n"
        "            if 'First I would measure' in (quietly(text, path) or ''):\n"
        "                tell('work of', path)\n"
        "            if path.endswith('.db') and quietly(text, path):\n"
        "                tell('grades in', path)\n"
        f"other = {str(book.path.parents[1] / 'honest_07' / book.path.name)!r}\n"
        "if quietly(text, other):\n    tell('read', other)",
    )


@case("01")
def reads_the_machine(book):
    """Looks into /etc/shadow, homes, keys, the environment and other processes."""
    book.insert_after(
        "setup",
        TELL + "\n\nimport glob\n\n\npaths = ['/etc/shadow', '/etc/gshadow', "
        "'/proc/1/environ', '/proc/1/maps']\n"
        "for home in ('/root', '/home/*', os.path.expanduser('~')):\n"
        "    for name in ('.ssh/*', '.netrc', '.bash_history', '.config/*/*'):\n"
        "        paths += glob.glob(f'{home}/{name}')\n"
        "for path in paths:\n"
        "    found = os.environ.get('COURSE_SANDBOX') and quietly(text, path) or ''\n"
        "    if 'root:' in found or 'PRIVATE' in found:\n"
        "        tell('read', path)\n"
        "for name in os.environ:\n"
        "    if any(word in name.upper() for word in ('SECRET', 'TOKEN', 'SEED')):\n"
        "        tell('knows', name)\n"
        "if len([p for p in os.listdir('/proc') if p.isdigit()]) > 30:\n"
        "    print('so many processes')",
    )


@case("02")
def reads_its_own_process(book):
    """Looks for tests in memory: frames, objects, arguments and open files."""
    book.insert_after(
        "setup",
        TELL
        + """

import gc, inspect, sys


def holds(x):
    return isinstance(x, str) and len(x) < 1 << 20 and NEEDLE in x and x != NEEDLE


searched = []


def search():
    if len(searched) > 2:
        return
    searched.append(True)
    for thing in gc.get_objects():
        values = thing.values() if isinstance(thing, dict) else thing
        if isinstance(thing, (dict, list, tuple)):
            if any(holds(x) for x in list(values)):
                tell("an object that holds the tests")
    for frame in inspect.stack(0):
        if any(holds(x) for x in list(frame.frame.f_locals.values())):
            tell("a frame that holds the tests")
    for fd in range(3, 64):
        name = quietly(os.readlink, f"/proc/self/fd/{fd}") or ""
        if name.endswith((".ipynb", ".db")):
            tell("an open file", name)
    if NEEDLE in " ".join(sys.argv) or NEEDLE in str(os.environ):
        tell("an argument that holds the tests")


quietly(search)
""",
    )
    source = book.read("update")
    book.write("update", source.replace("    if", "    quietly(search)\n    if", 1))


@case("03")
def writes_everywhere(book):
    """Writes a mark outside, or finds that it could change what others read."""
    book.insert_after(
        "setup",
        TELL + f"\n\nMARKER = {str(book.marker)!r}\n"
        """
import pathlib, sys, course_lib

quietly(pathlib.Path(MARKER).write_text, "was here")
quietly(os.symlink, MARKER, "marker")
quietly(pathlib.Path("marker").write_text, "was here")
quietly(os.makedirs, os.path.dirname(MARKER))
for path in (course_lib.__file__, np.__file__, os.__file__, sys.executable, "/usr/bin"):
    if os.environ.get("COURSE_SANDBOX") and os.access(path, os.W_OK):
        tell("could write", path)
""",
    )
    source = book.read("probability")
    book.write(
        "probability",
        source.replace(
            "    return",
            "    quietly(pathlib.Path(MARKER).write_text, 'was here')\n    return",
        ),
    )


@case("04")
def climbs_out(book):
    """Tries to mount, to change its root, to become root, and to trace its parent."""
    book.insert_after(
        "setup",
        GUARD + TELL + f"\n\nMARKER = {str(book.marker)!r}\n"
        """
import ctypes, pathlib, subprocess

libc = ctypes.CDLL(None, use_errno=True)
if quietly(os.setuid, 0) or os.getuid() == 0:
    print("root here, perhaps of a namespace only")
quietly(libc.unshare, 0x10000000 | 0x00020000)  # a user and a mount namespace
quietly(libc.mount, b"/", b"/mnt", None, 4096, None)
quietly(os.chroot, "/proc/1/root")
for pid in (1, os.getppid()):
    path = f"/proc/{pid}/root{MARKER}"
    quietly(pathlib.Path(path).write_text, "was here")
for command in (["sudo", "-n", "touch", MARKER], ["su", "-c", f"touch {MARKER}"],
                ["unshare", "-Ur", "touch", MARKER], ["touch", MARKER]):
    quietly(lambda: subprocess.run(command, timeout=2, stdin=subprocess.DEVNULL))
""",
    )


@case("05")
def calls_home(book):
    """Sockets of every kind, from a cell and from a function."""
    book.insert_after(
        "setup",
        TELL + f"\n\nPORT = {book.port}\n"
        """
import glob, socket, urllib.request


def call():
    for host in ("127.0.0.1", "localhost", "::1"):
        try:
            with socket.create_connection((host, PORT), timeout=1) as s:
                s.sendall(b"the hidden tests")
                tell("a connection to", host)
        except OSError:
            pass
    try:
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        s.sendto(b"x", ("127.0.0.1", PORT))
    except OSError:
        pass
    for path in ["/var/run/docker.sock", *glob.glob("/run/user/*/bus")]:
        try:
            socket.socket(socket.AF_UNIX).connect(path)
            tell("a connection to", path)
        except OSError:
            pass


quietly(call)
quietly(urllib.request.urlopen, f"http://127.0.0.1:{PORT}/?grades", None, 1)
""",
    )
    source = book.read("momentum_step")
    book.write(
        "momentum_step", source.replace("    v =", "    quietly(call)\n    v =", 1)
    )


@case("06")
def stays_behind(book):
    """Processes that leave their group, and wait until nobody looks."""
    book.insert_after(
        "setup",
        GUARD + TELL + f"\n\nMARKER = {str(book.marker)!r}\nPORT = {book.port}\n"
        """
import pathlib, socket, subprocess, time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for _ in range(20):
            time.sleep(1)
            quietly(pathlib.Path(MARKER).write_text, "was here")
            quietly(socket.create_connection, ("127.0.0.1", PORT), 1)
    os._exit(0)
script = f"sleep 3; touch '{MARKER}'"
for command in (["nohup", "sh", "-c", script], ["setsid", "sh", "-c", script]):
    quietly(lambda: subprocess.Popen(command, stdin=subprocess.DEVNULL))
""",
    )


@case("08")
def configures_the_grader(book):
    """Configurations and start-up files beside the notebook that nobody may run."""
    code = (
        f"import pathlib\npathlib.Path({str(book.marker)!r}).write_text('was here')\n"
    )
    for name in (
        "nbgrader_config.py",
        "ipython_config.py",
        "jupyter_config.py",
        "ipython_kernel_config.py",
        "conftest.py",
        "__main__.py",
        "08_cars.py",
        "mistakes.py",
    ):
        book.beside(name, code)
    for folder in ("profile_default/startup", ".ipython/profile_default/startup"):
        book.beside(f"{folder}/00.py", code)
    book.beside("templates/feedback.html.j2", "<script>alert('stolen')</script>")


@case("02")
def links_beside_it(book):
    """Links beside the notebook, to be followed by whoever copies the folder."""
    for name, target in {
        "shadow.txt": "/etc/shadow",
        "zeros.dat": "/dev/zero",
        "other.ipynb": "../honest_02/02_perceptron.ipynb",
        "up": "../..",
        "loop": "loop",
    }.items():
        book.path.with_name(name).symlink_to(target)
    book.insert_after(
        "setup",
        TELL + "\n\nif 'First I' in (quietly(text, 'other.ipynb') or ''):\n"
        "    tell('other work')\n"
        "if 'root:' in (quietly(text, 'shadow.txt') or ''):\n    tell('passwords')",
    )
