"""The tests of a class, run by the grader: in bounded time and memory, whatever the
answers are that they meet."""

import ast
import builtins
import contextlib
import sys
import time
import warnings

import psutil

from course_lib.classroom.grading.rebuild import is_solution, is_test

MORE_MEMORY = 2**30  # bytes that a test may need; one answer could make it need more
MORE_SECONDS = 10  # for the test itself, after its calls


def trusted_names(release):
    """The names that the release's own cells define: its imports."""
    names = {"__name__": "test"}
    for cell in release.cells:
        if cell.cell_type == "code" and not (is_solution(cell) or is_test(cell)):
            exec(cell.source, names)
    return names


def run_test(source, names, theirs, until):
    """Run a test; the value of its last expression, which may be partial credit.

    theirs(wanted) gives the student's functions of these names; all calls end by until.
    """
    tree = ast.parse(source, "<test>")
    used = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
    names |= theirs(used - set(names) - set(vars(builtins)))
    last = None
    if tree.body and isinstance(tree.body[-1], ast.Expr):
        last = ast.Expression(tree.body.pop().value)
    with (
        bounded_memory(),
        bounded_time(until + MORE_SECONDS),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")  # about answers; they are the student's
        exec(compile(tree, "<test>", "exec"), names)
        return eval(compile(last, "<test>", "eval"), names) if last else None


@contextlib.contextmanager
def bounded_memory():
    """A MemoryError for what would need far more than now, in place of a killed grader.

    Where the system has no such limit (Windows) there is none.
    """
    try:
        import resource
    except ImportError:
        yield
        return
    before = resource.getrlimit(resource.RLIMIT_AS)
    most = psutil.Process().memory_info().vms + MORE_MEMORY
    if before[1] != resource.RLIM_INFINITY:
        most = min(most, before[1])
    resource.setrlimit(resource.RLIMIT_AS, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


@contextlib.contextmanager
def bounded_time(until):
    """A TimeoutError in the test's own lines after this time; in any thread."""

    def look(frame, event, argument):
        if frame.f_code.co_filename != "<test>":
            return None
        if time.monotonic() > until:
            raise TimeoutError("the test took too long")
        return look

    before = sys.gettrace()
    sys.settrace(look)
    try:
        yield
    finally:
        sys.settrace(before)
