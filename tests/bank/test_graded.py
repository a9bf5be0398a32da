"""The bank, graded: its points, its pages, and what it must not have reached."""

import ctypes
import html
import json
import os
import re
import socket

import nbformat
import psutil
import pytest
from helpers import chromium, needs_bwrap

from bank.graded import grade, wrong
from course_lib.classroom.grading.roster import identity

pytestmark = [needs_bwrap, pytest.mark.slow, pytest.mark.xdist_group("bank")]
ADOPT = 36  # PR_SET_CHILD_SUBREAPER: whose parent has ended becomes a child of ours


@pytest.fixture(scope="module")
def graded_bank(tmp_path_factory):
    """The whole bank, graded in one batch next to honest hand-ins, with a listener."""
    assert ctypes.CDLL(None).prctl(ADOPT, 1, 0, 0, 0) == 0
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        folder, manifest = grade(tmp_path_factory.mktemp("bank"), port)
        listener.setblocking(False)
        with pytest.raises(BlockingIOError):  # nobody has called
            listener.accept()
    return folder, manifest


def test_the_bank_earns_exactly_its_points(graded_bank):
    assert wrong(*graded_bank) == {}


def test_the_bank_has_reached_nothing_outside(graded_bank):
    _, manifest = graded_bank
    markers = [case["marker"] for case in manifest.values()]
    assert not [marker for marker in markers if os.path.lexists(marker)]
    left = map(command, psutil.Process().children(recursive=True))
    assert not [line for line in left if "course_lib.classroom.sandbox.worker" in line]


def command(process):
    """A process's command line; nothing where it has ended."""
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def test_no_page_or_table_of_the_bank_tells_a_secret_or_runs_a_script(graded_bank):
    folder, manifest = graded_bank
    table = (folder / "grades.csv").read_text("utf-8")
    for student, case in manifest.items():
        who = identity(student, None, {})
        page = folder / "feedback" / who / case["assignment"]
        page = page / f"{case['assignment']}.html"
        if not page.exists():  # there was nothing to be found
            assert case["earned"] is None
            continue
        page = page.read_text("utf-8")
        outputs = json.dumps(outputs_of(folder, who, case["assignment"]))
        bare = html.unescape(re.sub("<[^>]*>", "", page))
        for secret in case["forbidden"]:
            for text in (page, bare, outputs, table):
                assert secret not in text, (student, secret)
        tags = "".join(re.findall("<[^>]*>", page))
        for evil in case["unsafe_html"]:  # as text, between tags, it does no harm
            assert evil not in tags, (student, evil)
            assert not (evil.startswith("<") and evil in page), (student, evil)


def outputs_of(folder, student, exercise):
    """All outputs of a graded notebook; none where there is none."""
    path = folder / "autograded" / student / exercise / f"{exercise}.ipynb"
    if not path.exists():
        return []
    cells = nbformat.read(path, as_version=4).cells
    return [cell.outputs for cell in cells if cell.cell_type == "code"]


def test_scripts_of_students_do_not_run_in_a_browser(graded_bank):
    folder, manifest = graded_bank
    pages = [p for p in (folder / "feedback").rglob("*.html") if "scripts" in str(p)]
    assert len(pages) >= 5
    with chromium() as browser:
        page, dialogs = browser.new_page(), []
        page.on("dialog", lambda dialog: (dialogs.append(dialog), dialog.dismiss()))
        page.route("http**/*", lambda route: route.abort())
        for path in pages:
            page.goto(path.as_uri())
            assert page.get_by_text("Grade cell").count() >= 3
            for link in page.locator("a[href]").all():
                assert not link.get_attribute("href").lower().startswith("javascript")
    assert dialogs == []
