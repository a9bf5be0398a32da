"""Execute the lessons in place and save them so that a second run changes no byte."""

import copy
import hashlib
import os
import re
import tempfile
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, DeadKernelError
from rich.console import Console

from course_lib.classroom import ONE_THREAD, ROOT, CourseError
from course_lib.classroom.paths import executed, write

LARGEST = 500_000  # bytes a saved lesson may have
SECONDS = 300  # a cell may take
FAILURES = (CellControlSignal, DeadKernelError)  # the first: errors and time out
METADATA = {
    "kernelspec": {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    },
    "language_info": {"name": "python"},
}
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def build(names=(), root=ROOT):
    """Run the lessons, or those named, and save each that runs and fits."""
    for path in executed(root, names):
        start = time.perf_counter()
        text = nbformat.writes(execute(path)) + "\n"
        if len(text.encode()) > LARGEST:
            size = len(text.encode()) // 1000
            raise CourseError(
                f"{path.name} would have {size} kB and was not saved; at most "
                f"{LARGEST // 1000} are allowed. Make its figures or tables smaller."
            )
        changed = text != path.read_text("utf-8")
        write(path, text)
        seconds = time.perf_counter() - start
        state = "changed" if changed else "unchanged"
        Console().print(
            f"{path.name}: {seconds:.1f} s, {len(text) // 1000} kB, {state}"
        )


def execute(path):
    """The notebook at path, run from top to bottom in a fresh kernel, and cleaned."""
    notebook = nbformat.read(path, as_version=4)
    saved = copy.deepcopy(notebook.cells)
    _run(notebook, path)
    varying = [cell.source for cell in notebook.cells if _varies(cell)]
    ran = hashlib.sha256("\n".join(varying).encode()).hexdigest()[:16]
    for cell, before in zip(notebook.cells, saved, strict=True):
        _clean(cell, before, ran)
        if match := re.search(r"\bat 0x\w{6,}", str(cell.get("outputs"))):
            raise CourseError(
                f"{path.name} shows a memory address, which is another in each run: "
                f"{match.group()}, in a cell that begins {cell.source[:60]!r}."
            )
    notebook.metadata = nbformat.from_dict(METADATA)
    return notebook


def _run(notebook, path):
    """Run all cells, in path's folder and with a progress file of their own."""
    client = NotebookClient(
        notebook,
        timeout=SECONDS,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
        record_timing=False,
        store_widget_state=False,
        extra_arguments=["--log-level=ERROR"],
    )
    with tempfile.TemporaryDirectory() as folder:
        try:
            client.execute(env=environment(Path(folder) / "progress.jsonl"))
        except FAILURES as error:
            text = re.sub(r"\x1b\[[\d;]*m", "", str(error)).strip()
            raise CourseError(f"{path.name} does not run:\n{text}") from None


def environment(progress):
    """What a kernel that builds or tests a lesson should see: nobody's progress."""
    own = {"COURSE_PROGRESS": str(progress), "PYTHONHASHSEED": "0"}
    return os.environ | ONE_THREAD | own


def _varies(cell):
    return "varies" in cell.metadata.get("tags", ())


def _clean(cell, saved, ran):
    """Drop what differs from run to run; varying cells keep their output.

    They keep it together, all of one run, until the source of one of them changes.
    """
    if cell.cell_type != "code":
        return
    cell.metadata.pop("execution", None)
    if _varies(cell):
        if saved.metadata.get("ran") == ran and saved.outputs:
            cell.outputs = saved.outputs
        cell.metadata["ran"] = ran
    cell.outputs = [out for out in map(_still, _joined(cell.outputs)) if out]


def _joined(outputs):
    """Merge neighbouring pieces of one stream, which a kernel may cut anywhere."""
    joined = []
    for out in outputs:
        last = joined[-1] if joined else None
        if last and out.output_type == last.output_type == "stream":
            if out.name == last.name:
                last.text += out.text
                continue
        joined.append(out)
    return joined


def _still(output):
    """The output without its live widget; nothing where only the widget was."""
    data = output.get("data", {})
    if data.pop(WIDGET_VIEW, None) is not None and "text/html" not in data:
        return None
    return output
