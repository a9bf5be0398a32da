"""The benchmarks run, and what they compare does the same work."""

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from course_lib import results

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "mlp.py"


@pytest.mark.parametrize(
    "script, options, names, untrained",
    [
        ("mlp.py", ["--optimiser", "adam"], {"ours", "scikit-learn", "Keras"}, 2.6),
        ("conv.py", [], {"ours", "Keras"}, 2.25),
        ("conv.py", ["--form", "tanh"], {"ours", "Keras"}, 2.25),
    ],
)
def test_all_contenders_learn_the_same(script, options, names, untrained):
    command = [sys.executable, SCRIPT.with_name(script), "--quick", *options]
    ran = subprocess.run(command, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    losses = re.findall(r"^(ours|scikit-learn|Keras).* (\d\.\d+)$", ran.stdout, re.M)
    assert {name for name, _ in losses} == names
    assert max(float(loss) for _, loss in losses) < untrained, "it learns"
    differ = re.search(r"losses differ by (\S+)", ran.stdout)[1]
    assert float(differ) < 1e-3


def test_nets_for_mnist_are_of_lenet_5s_size_and_train():
    script = SCRIPT.with_name("mnist.py")
    command = [sys.executable, script, "--quick", "--seeds", "1"]
    ran = subprocess.run(command, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    rows = re.findall(r"^(\w+) +(\d+) +0 +\d+ +\d+\.\d\d +\d+ +\d+$", ran.stdout, re.M)
    assert [name for name, _ in rows] == ["plain", "distorted", "deeper"]
    assert rows[0] == ("plain", "61706"), "LeNet-5"
    assert max(int(parameters) for _, parameters in rows) == 61_706


def test_a_result_on_noise_or_on_the_validation_part_is_never_stored():
    for option in ("--quick", "--validate"):
        command = [sys.executable, SCRIPT.with_name("mnist.py"), "--store", option]
        ran = subprocess.run(command, capture_output=True, text=True)
        assert ran.returncode == 2 and "the test part only" in ran.stderr


def test_the_nets_for_moved_digits_have_the_sizes_they_are_said_to_have():
    command = [sys.executable, SCRIPT.with_name("translated.py"), "--quick"]
    ran = subprocess.run([*command, "--seeds", "1"], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    rows = re.findall(r"^seed 0  (.+?) +([\d,]+) weights", ran.stdout, re.M)
    stored_runs = results.read("translated_digits")
    assert rows == [(name, f"{r['weights']:,}") for name, r in stored_runs.items()]
    ran = subprocess.run([*command, "--store"], capture_output=True, text=True)
    assert ran.returncode == 2 and "not stored" in ran.stderr


@pytest.mark.parametrize("other", ["dense", "CNN, permuted"])
def test_sharing_wins_by_far_on_digits_that_moved(other):
    runs = results.read("translated_digits")
    assert all(len(run["test"]) >= 5 for run in runs.values())
    assert runs["CNN"]["weights"] < runs["dense"]["weights"] < 4100
    assert np.median(runs["CNN"]["test"]) - np.median(runs[other]["test"]) >= 0.35


def test_it_is_the_sharing_that_wins_and_not_the_small_patch():
    runs = results.read("translated_digits")
    medians = {name: np.median(run["test"]) for name, run in runs.items()}
    assert medians["CNN"] - medians["not shared"] >= 0.1
    assert abs(medians["not shared"] - medians["wide dense"]) < 0.1


def test_without_a_gpu_no_crossover_is_invented():
    script = SCRIPT.with_name("gpu.py")
    hidden = os.environ | {"CUDA_VISIBLE_DEVICES": "-1"}
    command = [sys.executable, script]
    ran = subprocess.run(command, capture_output=True, text=True, env=hidden)
    assert ran.returncode == 1
    assert "No GPU was found" in ran.stderr and "nothing was stored" in ran.stderr
