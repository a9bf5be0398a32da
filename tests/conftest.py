"""What every test relies on: one thread, no window, no touch on the learner's files."""

import itertools
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


# -- quick tests first -----------------------------------------------------------

FOLDERS = "library lessons classroom browser exercises solutions notebooks bank".split()


def folder_of(item):
    """The last of FOLDERS on the way to an item's file; the first one elsewhere."""
    return next((f for f in reversed(FOLDERS) if f in item.path.parts), FOLDERS[0])


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Order tests from quick to slow; a slow one need not stay with its file."""
    for item in items:
        if (folder := folder_of(item)) in ("browser", "bank"):
            item.add_marker(folder)
        if {"keras", "keras_and_tf"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("slow")  # TensorFlow starts in five seconds
        grouped = item.get_closest_marker("xdist_group")
        if item.get_closest_marker("slow") and not grouped:
            item.add_marker(pytest.mark.xdist_group("slow"))

    def place(item):
        return FOLDERS.index(folder_of(item)), bool(item.get_closest_marker("slow"))

    items.sort(key=place)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Let one worker begin with the quick tests and the others with the slow ones."""
    from xdist.scheduler import LoadScopeScheduling

    class FromBothEnds(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            """A file is run by one worker, as a group is; a slow test by any."""
            group = nodeid.rpartition("@")[2] if nodeid[-1] != "]" else nodeid
            if group == nodeid:
                return nodeid.partition("::")[0]
            return nodeid if group == "slow" else group

        def _assign_work_unit(self, node):
            if node.gateway.id != "gw0":
                self.workqueue.move_to_end(next(reversed(self.workqueue)), last=False)
            super()._assign_work_unit(node)

        def _reschedule(self, node):
            waiting = self._pending_of(self.assigned_work[node])
            if waiting < 2 or not self.workqueue:  # one runs, and one is to follow
                super()._reschedule(node)

    config.option.loadscopereorder = False
    return FromBothEnds(config, log)


@pytest.fixture(scope="session")
def progress_files(tmp_path_factory):
    """Names in one folder: a folder a test would cost each test a look at all."""
    folder = tmp_path_factory.mktemp("progress")
    return (folder / f"{number}.jsonl" for number in itertools.count())


@pytest.fixture(autouse=True)
def fresh_progress(monkeypatch, progress_files):
    """A learner who has answered nothing yet."""
    monkeypatch.setenv("COURSE_PROGRESS", str(next(progress_files)))


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
