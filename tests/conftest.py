"""What every test relies on: one thread, no window, no touch on the learner's files."""

import os
import tempfile
from pathlib import Path

for library in ("OMP", "OPENBLAS", "MKL"):  # must stand before NumPy is loaded
    os.environ[f"{library}_NUM_THREADS"] = "1"

import matplotlib  # noqa: E402
import matplotlib.pyplot as plt  # noqa: E402
import numpy as np  # noqa: E402
import pytest  # noqa: E402

matplotlib.use("Agg")


def pytest_configure(config):
    """Keep the learner's own progress out of reach, for servers and kernels too."""
    folder = tempfile.TemporaryDirectory()
    os.environ["COURSE_PROGRESS"] = str(Path(folder.name) / "progress.jsonl")
    config.add_cleanup(folder.cleanup)


@pytest.fixture(autouse=True)
def fresh_progress(monkeypatch, tmp_path_factory):
    """A learner who has answered nothing yet."""
    path = tmp_path_factory.mktemp("progress") / "progress.jsonl"
    monkeypatch.setenv("COURSE_PROGRESS", str(path))


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


@pytest.fixture
def rng():
    return np.random.default_rng(0)


@pytest.fixture(scope="session")
def course_data():
    """The folder of real data, which the course itself does not hold."""
    if not os.environ.get("COURSE_DATA"):
        pytest.skip("COURSE_DATA is not set: nothing was checked on real data")
    return Path(os.environ["COURSE_DATA"])


# -- in CI a skipped test is a failed one --------------------------------------


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    return no_skip_in_ci((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    return no_skip_in_ci((yield))


def no_skip_in_ci(report):
    """Turn a skip into a failure, unless it asks for real data where there is none."""
    if not (report.skipped and os.environ.get("CI")) or hasattr(report, "wasxfail"):
        return report
    reason = report.longrepr[2] if report.longrepr else "no reason given"
    if "COURSE_DATA" not in reason or os.environ.get("COURSE_DATA"):
        report.outcome = "failed"
        report.longrepr = f"in CI no test may be skipped; this one was: {reason}"
    return report
