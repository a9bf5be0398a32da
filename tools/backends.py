"""Run the Keras lessons on TensorFlow, JAX and PyTorch and compare their first losses.

    make test-backends [ARGS="09 10"]

First come the tests of what keras_tools asks of each backend, of where recurrent layers
and what adversarial nets are made of differ, of PyTorch's own, and of thrml's machines
(on JAX) against ours.
Then the lessons: one takes part if it has a cell tagged first-loss, which ends in a
list of losses. On each backend its code cells are run in a fresh kernel, on the CPU,
but for those tagged tensorflow. A cell that fails, or losses that differ by more than
1e-4, fail.
"""

import argparse
import ast
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, DeadKernelError

from course_lib.classroom import ROOT, CourseError, notebooks, paths

BACKENDS = ("tensorflow", "jax", "torch")
LIBRARY = ROOT / "tests" / "library"
TESTS = [LIBRARY / "test_precision.py"]
TESTS += [LIBRARY / "test_recurrent_elsewhere.py", LIBRARY / "test_gans_elsewhere.py"]
ALONE = [
    ("torch", LIBRARY / "pytorch_recurrent.py"),
    ("torch", LIBRARY / "pytorch_gans.py"),
    ("jax", LIBRARY / "thrml_energy.py"),
]
TOLERANCE = 1e-4
SECONDS = 900  # for a cell
FAILURES = (CellControlSignal, DeadKernelError)  # the first: errors and time out


def check(path, backends):
    """Run the tests at path on each backend; return on how many they fail."""
    print(path.name)
    failed = 0
    for backend in backends:
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", path]
        env = os.environ | own(backend)
        done = subprocess.run(command, capture_output=True, text=True, env=env)
        *said, summary = done.stdout.strip().splitlines() or [done.stderr]
        print(f"  {backend:12}{summary}", flush=True)
        if done.returncode:
            print(*said, sep="\n")
        failed += done.returncode > 0
    return failed


def own(backend):
    """The environment in which Keras computes on backend, on the processor."""
    return {"KERAS_BACKEND": backend, "CUDA_VISIBLE_DEVICES": "-1"}


def main(folder, names, backends):
    """Print a table of the lessons' first losses; return how many lessons failed."""
    lessons = [path for path in paths.find(folder, names) if _tagged(path)]
    if not lessons:
        print("No lesson has a cell tagged first-loss.")
    failed = 0
    for path in lessons:
        print(f"\n{path.stem}")
        losses, failures = {}, {}
        for backend in backends:
            start = time.perf_counter()
            try:
                losses[backend] = first_losses(path, backend)
            except CourseError as error:
                failures.setdefault(str(error), []).append(backend)
            values = " ".join(f"{loss:.6f}" for loss in losses.get(backend, []))
            seconds = time.perf_counter() - start
            print(f"  {backend:12}{seconds:6.0f} s  {values or 'failed'}", flush=True)
        faults = [f"on {', '.join(on)}: {text}" for text, on in failures.items()]
        faults += differences(losses) if losses else []
        print("\n".join(faults) or f"  the same to {TOLERANCE:g}")
        failed += bool(faults)
    return failed


def first_losses(path, backend):
    """The losses that the lesson's tagged cell shows when Keras computes on backend."""
    notebook = nbformat.read(path, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    code = [cell for cell in code if "tensorflow" not in _tags(cell)]
    shown = [cell for cell in code if "first-loss" in _tags(cell)]
    if len(shown) != 1:
        raise CourseError("one cell, not tagged tensorflow, must be tagged first-loss")
    asked = nbformat.v4.new_code_cell("import keras; keras.config.backend()")
    notebook.cells = [*code, asked]
    client = NotebookClient(
        notebook,
        timeout=SECONDS,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
        extra_arguments=["--log-level=ERROR"],
    )
    with tempfile.TemporaryDirectory() as folder:
        env = notebooks.environment(Path(folder) / "progress") | own(backend)
        try:
            client.execute(env=env)
        except FAILURES as error:
            text = re.sub(r"\x1b\[[\d;]*m", "", str(error)).strip()
            raise CourseError(
                f"a cell that is not tagged tensorflow fails\n{text}"
            ) from None
    if _result(asked) != backend:
        raise CourseError(f"Keras was made to compute on {_result(asked)}")
    losses = _result(*shown)
    if not isinstance(losses, list) or not all(isinstance(x, float) for x in losses):
        raise CourseError("the cell tagged first-loss does not end in a list of floats")
    return losses


def differences(losses):
    """What is wrong with losses, {backend: a list}: a list of sentences, or none."""
    (first, expected), *others = losses.items()
    faults = []
    for backend, found in others:
        if len(found) != len(expected):
            faults.append(f"{backend} has {len(found)} losses, {first} {len(expected)}")
        elif found:
            most = max(abs(a - b) for a, b in zip(found, expected, strict=True))
            if not most <= TOLERANCE:  # so that NaN is no agreement
                faults.append(f"losses of {backend} and {first} differ by {most:.1e}")
    if not expected:
        faults.append("there is no loss to compare")
    return faults


def _tagged(path):
    cells = nbformat.read(path, as_version=4).cells
    return any("first-loss" in _tags(cell) for cell in cells)


def _tags(cell):
    return cell.metadata.get("tags", ())


def _result(cell):
    """The value that a cell ended in, if it can be read back from what was shown."""
    for output in cell.outputs:
        if output.output_type == "execute_result":
            text = re.sub(r"np\.float\d+\((.+?)\)", r"\1", output.data["text/plain"])
            try:
                return ast.literal_eval(text)
            except (ValueError, SyntaxError):  # nan is no literal, nor is an array
                return text
    return None


if __name__ == "__main__":
    parser = argparse.ArgumentParser(usage='make test-backends [ARGS="09 10"]')
    parser.add_argument("names", nargs="*")
    parser.add_argument("--folder", type=Path, default=ROOT / "notebooks")
    parser.add_argument("--tests", nargs="*", type=Path, default=TESTS)
    parser.add_argument("--backends", nargs="+", default=BACKENDS)
    given = parser.parse_args()
    failed = sum(check(path, given.backends) for path in given.tests)
    for backend, path in ALONE:
        if backend in given.backends and given.tests == TESTS:
            failed += check(path, [backend])
    try:
        failed += main(given.folder, given.names, given.backends)
        sys.exit(failed > 0)
    except CourseError as error:
        sys.exit(f"Error: {error}")
