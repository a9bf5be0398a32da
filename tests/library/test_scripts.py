"""Programs of their own: training on two devices, and in two processes."""

import re
import subprocess
import sys

import numpy as np
import pytest

from course_lib.classroom import ROOT


def together(test):
    """One run serves these tests, so one worker does."""
    return pytest.mark.slow(pytest.mark.xdist_group("scripts")(test))


def run(*command, **how):
    """A finished process; its text, and nothing on its error stream if it went well."""
    done = subprocess.run(
        [sys.executable, *command], capture_output=True, text=True, timeout=600, **how
    )
    assert done.returncode or done.stderr == ""
    return done


@pytest.fixture(scope="module")
def on_devices():
    """What training on two devices, and then on one, has said."""
    done = run("-m", "course_lib.scripts.mirrored")
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def in_processes():
    """What training in two processes has said."""
    done = run("-m", "course_lib.scripts.workers")
    assert done.returncode == 0, done.stderr
    return done.stdout


@together
def test_two_devices_train_as_one(on_devices):
    differences = re.findall(r"differ by (\S+) at most", on_devices)
    assert len(differences) == 2 and all(float(d) < 1e-6 for d in differences)
    two, one = re.search(r"two devices (\S+), on one (\S+)", on_devices).groups()
    assert abs(float(two) - float(one)) < 1e-5 and float(two) < 0.6, "it learns"


@together
def test_two_workers_hold_the_same_weights_after_training(in_processes):
    workers = re.findall(r"first loss (\S+), last loss (\S+)", in_processes)
    assert len(workers) == 2 and workers[0] == workers[1]
    assert float(workers[0][1]) < float(workers[0][0]) / 2
    assert "both hold the same 387 weights: yes" in in_processes


@together
def test_two_workers_train_as_two_devices_and_as_one_do(on_devices, in_processes):
    """All of them print the last loss of the same net on the same batches."""
    last = re.findall(r"last loss (\S+)", in_processes)
    last += re.search(r"two devices (\S+), on one (\S+)", on_devices).groups()
    assert len(last) == 4 and np.ptp(np.array(last, float)) < 1e-5


@pytest.mark.slow
def test_a_worker_that_fails_is_heard_and_ends_the_other():
    code = """
from course_lib.scripts import workers
workers.SECONDS = 200
good = workers.start
workers.start = lambda k, ports: good(k + 2, ports)  # no such worker in the cluster
workers.main()
"""
    done = run("-c", code)
    assert done.returncode == 1
    assert "task" in done.stderr.lower()


@pytest.mark.parametrize("name", ["loop", "mirrored", "workers"])
def test_a_script_can_be_read_on_one_screen(name):
    lines = (ROOT / "course_lib" / "scripts" / f"{name}.py").read_text("utf-8")
    assert len(lines.splitlines()) <= 80


def test_the_lesson_shows_the_step_that_the_scripts_run():
    source = (ROOT / "course_lib" / "scripts" / "loop.py").read_text("utf-8")
    lesson = (ROOT / "notebooks" / "09_tensorflow.ipynb").read_text("utf-8")
    start = source.index("def step(x, y)")
    for line in source[start:].splitlines()[:5]:
        assert line.strip().replace('"', '\\"') in lesson, line
