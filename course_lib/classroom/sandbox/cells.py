"""How a student's process runs a cell: as a notebook does, in the names of __main__."""

import ast
import builtins
import io
import linecache
import re
import sys
import types

MOST_PRINTED = 10_000  # characters of a cell's output that are kept
LONGEST_MESSAGE = 500
OPTIONS = re.compile(r"^\s*(-[nrp]\s*\d+\s+|-[tcqov]+\s+)*")  # of %timeit
WITH_AWAIT = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT


class Cells:
    """The names of a notebook, and the running of its cells."""

    def __init__(self):
        self.module = types.ModuleType("__main__")
        self.names = vars(self.module)
        sys.modules["__main__"] = self.module
        builtins.display = lambda *values, **_: print(*values, sep="\n")
        builtins.get_ipython = lambda: _Magics(self)

    def run(self, name, source):
        """Run a cell; what it prints, its last value and its error."""
        filename = f"<{name}>"
        printed = sys.stdout = sys.stderr = Printed()
        value, error = None, None
        try:
            value = self.run_source(source, filename)
            if value is not None and not source.rstrip().endswith(";"):
                value = repr(value)
        except BaseException as problem:
            error = describe(problem, filename)
        value = str(value)[:MOST_PRINTED] if value is not None else None
        return {"printed": printed.text(), "value": value, "error": error}

    def run_source(self, source, filename):
        """Run a source; the value of its last expression, if it ends in one."""
        source = self._without_magics(source)
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

    def _without_magics(self, source):
        """Python without the notebook's magics, which are tried but may fail."""
        try:
            ast.parse(source)
            return source
        except SyntaxError:
            from IPython.core.inputtransformer2 import TransformerManager

            return TransformerManager().transform_cell(source)


class Printed(io.TextIOBase):
    """What a cell prints, up to a length; the rest is counted, not kept."""

    def __init__(self):
        self.parts, self.room, self.cut = [], MOST_PRINTED, 0

    def writable(self):
        return True

    def write(self, text):
        """Keep what there is room for."""
        text = str(text)
        self.parts.append(text[: self.room])
        self.cut += max(len(text) - self.room, 0)
        self.room = max(self.room - len(text), 0)
        return len(text)

    def text(self):
        more = f"\n… and {self.cut:,} characters more" if self.cut else ""
        return "".join(self.parts) + more


class _Magics:
    """get_ipython() for cells with magics: what needs no notebook works."""

    def __init__(self, cells):
        self.cells = cells

    def run_line_magic(self, name, line, *_, **__):
        """Run what a line of %time, %timeit or %run is about."""
        if name in ("time", "timeit"):
            return self.cells.run_source(OPTIONS.sub("", line), "<magic>")
        if name == "run" and line.split():
            with open(line.split()[0]) as file:
                self.cells.run_source(file.read(), "<magic>")

    def run_cell_magic(self, name, line, body):
        """Write or run the cell under a magic; of others say that it was left out."""
        if name == "writefile" and line.split():
            with open(line.split()[-1], "a" if "-a" in line.split() else "w") as file:
                file.write(body)
            return None
        if name in ("time", "timeit", "capture", "prun"):
            return self.cells.run_source(body, "<magic>")
        print(f"%%{name} was left out when this was graded.")

    def system(self, command):
        print("Commands of the system are left out when this is graded.")

    def getoutput(self, command, *_, **__):
        self.system(command)
        return []

    def __getattr__(self, name):
        return lambda *_, **__: None


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
