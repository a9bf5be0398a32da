"""The benchmarks run, and what they compare does the same work."""

import re
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[1] / "benchmarks" / "mlp.py"


def test_all_contenders_learn_the_same():
    command = [sys.executable, SCRIPT, "--quick", "--optimiser", "adam"]
    ran = subprocess.run(command, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    losses = re.findall(r"^(ours|scikit-learn|Keras).* (\d\.\d+)$", ran.stdout, re.M)
    assert {name for name, _ in losses} == {"ours", "scikit-learn", "Keras"}
    assert max(float(loss) for _, loss in losses) < 2.6, "it learns"
    differ = re.search(r"losses differ by (\S+)", ran.stdout)[1]
    assert float(differ) < 1e-3
