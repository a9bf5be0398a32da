"""Programs of their own: training on two devices, and in two processes."""

import re
import subprocess
import sys

import numpy as np
import pytest

from course_lib.classroom import ROOT


def run(*command, **how):
    """A finished process; its text, and nothing on its error stream if it went well."""
    done = subprocess.run(
        [sys.executable, *command], capture_output=True, text=True, timeout=600, **how
    )
    assert done.returncode or done.stderr == ""
    return done


def test_two_devices_train_as_one():
    done = run("-m", "course_lib.scripts.mirrored")
    assert done.returncode == 0, done.stderr
    differences = re.findall(r"differ by (\S+) at most", done.stdout)
    assert len(differences) == 2 and max(map(float, differences)) < 1e-6
    two, one = re.search(r"two devices (\S+), on one (\S+)", done.stdout).groups()
    assert abs(float(two) - float(one)) < 1e-5 and float(two) < 0.6, "it learns"


def test_two_workers_hold_the_same_weights_after_training():
    done = run("-m", "course_lib.scripts.workers")
    assert done.returncode == 0, done.stderr
    workers = re.findall(r"first loss (\S+), last loss (\S+)", done.stdout)
    assert len(workers) == 2 and workers[0] == workers[1]
    assert float(workers[0][1]) < float(workers[0][0]) / 2
    assert "both hold the same 387 weights: yes" in done.stdout


def test_two_workers_train_as_two_devices_do():
    """Both scripts print the last loss of the same net on the same batches."""
    code = """
import numpy as np
from course_lib.scripts import loop, workers
from course_lib.keras_tools import quiet
with quiet():
    import tensorflow as tf
    losses, weights = loop.train(tf.distribute.get_strategy())
print(losses[-1], len(weights), np.isfinite(weights).all())
"""
    loss, n, finite = run("-c", code).stdout.split()
    found = run("-m", "course_lib.scripts.workers").stdout
    last = re.findall(r"last loss (\S+)", found)
    assert np.allclose(float(loss), [float(x) for x in last], rtol=0, atol=1e-5)
    assert (n, finite) == ("387", "True")


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
