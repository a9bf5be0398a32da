"""A class: released, handed in, graded, returned; whatever happens meanwhile."""

import csv
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
import time
import zipfile

import nbformat
import pytest
from distributed import LocalCluster
from helpers import hand_in, needs_bwrap, scores, solution
from nbgrader.api import Gradebook

from course_lib.classroom import ROOT, CourseError
from course_lib.classroom.exercises import questions
from course_lib.classroom.grading import batch
from course_lib.classroom.grading.batch import feedback_all, grade_all
from course_lib.classroom.grading.class_folder import ClassFolder
from course_lib.classroom.grading.grade import grade
from course_lib.classroom.grading.rebuild import is_test
from course_lib.classroom.grading.release import api, release, reseeded
from course_lib.classroom.grading.reports import safe_cell
from course_lib.classroom.grading.roster import read_roster
from course_lib.classroom.grading.submissions import find

COURSE = [sys.executable, "-m", "course_lib.classroom"]
EXERCISE = "02_perceptron"
WRONG = "def margin(w, b, X, y):\n    return 0.0"
POINTS = {"test_threshold_to_weights": 3, "test_update": 5, "test_margin": 4}
POINTS |= {"test_train": 5}


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """A class's folder with one exercise released, in seconds; never graded in."""
    folder = tmp_path_factory.mktemp("released") / "autumn"
    release(["02"], folder)
    return folder


@pytest.fixture
def klass(released, tmp_path):
    """A class's folder of one's own."""
    return shutil.copytree(released, tmp_path / "autumn")


@pytest.fixture
def handed_in(tmp_path):
    """A folder of hand-ins: four right ones, one wrong in margin, one broken."""
    folder = tmp_path / "hand-ins"
    right, wrong = solution("02").read_bytes(), hand_in(solution("02"), margin=WRONG)
    contents = {"ada": right, "bob": wrong, "cleo": right, "dan": b"{"}
    for student, content in (contents | {"eve": right, "fay": right}).items():
        (folder / student).mkdir(parents=True)
        (folder / student / f"{EXERCISE}.ipynb").write_bytes(content)
    return folder


def right(students, questions_wrong=()):
    """The scores of students who have all right but some (student, question)."""
    return {
        (student, question): 0 if (student, question) in questions_wrong else points
        for student in students
        for question, points in (POINTS | {"words": 0}).items()
    }


EXPECTED = right(["ada", "bob", "cleo", "eve", "fay"], {("bob", "test_margin")})


# -- release -------------------------------------------------------------------


@pytest.mark.slow
def test_a_release_holds_no_answer_no_hidden_test_and_no_mistake(released):
    files = [p for p in (released / "release").rglob("*") if p.is_file()]
    assert {p.name for p in files} == {f"{EXERCISE}.ipynb", "checks.json"}
    text = "".join(p.read_text("utf-8") for p in files)
    assert "HIDDEN" not in text and "SOLUTION" not in text and "secret" not in text
    for question in questions(solution("02")).values():
        assert not any(
            f"def {wrong.__name__}" in text for _, wrong in question.mistakes
        )


@pytest.mark.slow
def test_students_get_a_zip_with_exercises_library_and_what_to_do(released):
    with zipfile.ZipFile(released / "autumn.zip") as file:
        names = set(file.namelist())
        assert "pip install" in file.read("autumn/README.txt").decode()
        wheel = next(name for name in names if name.endswith(".whl"))
        with file.open(wheel) as inner, zipfile.ZipFile(inner) as library:
            inside = library.namelist()
    assert f"autumn/{EXERCISE}/{EXERCISE}.ipynb" in names
    assert "course_lib/checks.py" in inside
    assert "course_lib/register/02_perceptron.toml" in inside
    assert not [n for n in inside if "mistakes" in n or "solutions" in n]


@pytest.mark.slow
def test_hidden_inputs_are_drawn_from_the_class_secret(released):
    secret = (released / "secret.txt").read_text().strip()
    assert (released / "secret.txt").stat().st_mode & 0o077 == 0
    source = (released / "source" / EXERCISE / f"{EXERCISE}.ipynb").read_text("utf-8")
    assert source.count(f", {secret}])") == 4
    test = "rng = default_rng(1)\n### BEGIN HIDDEN TESTS\nrng = default_rng(2)"
    assert reseeded(test, 7).count("default_rng(1)") == 1
    assert "default_rng([2, 7])" in reseeded(test, 7)


@pytest.mark.parametrize("secret", [1, 2**63])
def test_references_pass_with_the_inputs_of_any_class(secret):
    import numpy as np

    from course_lib.classroom.exercises import reference

    for path in sorted((ROOT / "solutions").glob("*/[0-9][0-9]_*.ipynb")):
        names = reference(path)
        for cell in filter(is_test, nbformat.read(path, as_version=4).cells):
            hidden = reseeded(cell.source, secret).split("### BEGIN HIDDEN TESTS")[1]
            exec(hidden, names | {"np": np})


@pytest.mark.slow
def test_a_second_release_keeps_the_secret_and_what_a_teacher_changed(klass):
    before = (klass / "secret.txt").read_text()
    release(["02"], klass)
    assert not (klass / "old").exists()
    source = klass / "source" / EXERCISE / f"{EXERCISE}.ipynb"
    source.write_text(source.read_text("utf-8").replace("## 1", "## One"), "utf-8")
    release(["02"], klass)
    assert (klass / "secret.txt").read_text() == before
    (kept,) = (klass / "old").iterdir()
    assert "## One" in kept.read_text("utf-8")


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(CourseError, match="neither empty nor a class's folder"):
        release(["02"], tmp_path)
    assert os.listdir(tmp_path) == ["thesis.txt"]


@pytest.mark.slow
def test_nbgrader_validate_still_works_for_students(released, tmp_path):
    copy = shutil.copytree(released / "release" / EXERCISE, tmp_path / "mine")
    path = f"{os.path.dirname(sys.executable)}{os.pathsep}{os.environ['PATH']}"
    command = ["nbgrader", "validate", f"{EXERCISE}.ipynb"]
    ran = subprocess.run(
        command,
        cwd=copy,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
    )
    assert "FAILED" in ran.stdout and "is not written yet" in ran.stdout, ran.stderr


# -- finding hand-ins ----------------------------------------------------------


def found(folder, **options):
    return {
        (h.student, h.exercise): h.problem or h.content()[:9]
        for h in find(folder, [EXERCISE, "07_deep_nets"], **options)
    }


def test_hand_ins_are_found_in_every_layout(tmp_path):
    content = b'{"cells":[]}'
    plain = tmp_path / "plain" / "ada" / f"{EXERCISE}.ipynb"
    nbgrader = tmp_path / "nbgrader" / "ada" / EXERCISE / f"{EXERCISE}.ipynb"
    for path in (plain, nbgrader):
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
    moodle, canvas, whole = (tmp_path / f"{n}.zip" for n in "mcw")
    with zipfile.ZipFile(moodle, "w") as file:
        place = f"ada_123_assignsubmission_file_/{EXERCISE}.ipynb"
        file.writestr(place, content)
    with zipfile.ZipFile(canvas, "w") as file:
        file.writestr(f"ada_1234_5678_{EXERCISE}-1.ipynb", content)
    with zipfile.ZipFile(whole, "w") as file:
        file.writestr(f"hand-ins/ada/{EXERCISE}.ipynb", content)
        file.writestr(f"hand-ins/bob/{EXERCISE}.ipynb", content)
    for source in (tmp_path / "plain", tmp_path / "nbgrader", moodle, canvas, whole):
        assert found(source)["ada", EXERCISE] == content[:9], source


def test_of_several_copies_the_right_name_counts_or_else_the_newest(tmp_path):
    folder = tmp_path / "ada"
    folder.mkdir()
    for age, name in enumerate([f"{EXERCISE} (1).ipynb", f"{EXERCISE} (2).ipynb"]):
        (folder / name).write_text(f"copy {age}")
        os.utime(folder / name, (age + 10, age + 10))
    assert found(tmp_path) == {("ada", EXERCISE): b"copy 1"}
    (folder / f"{EXERCISE}.ipynb").write_text("itself")
    os.utime(folder / f"{EXERCISE}.ipynb", (1, 1))
    assert found(tmp_path) == {("ada", EXERCISE): b"itself"}


def test_names_become_ids_and_no_two_students_one(tmp_path):
    for name in ("Ada Lovelace", "Ada_Lovelace", "<script>", "…"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{EXERCISE}.ipynb").write_text(name)
    ids = {student for student, _ in found(tmp_path)}
    assert len(ids) == 4 and all(re.fullmatch(r"[\w.@-]+", i) for i in ids)
    (tmp_path / "roster.csv").write_text("name,id\nAda Lovelace,al1815\n")
    roster = read_roster(tmp_path / "roster.csv")
    assert ("al1815", EXERCISE) in found(tmp_path, roster=roster)


def test_links_folders_and_other_files_are_named_not_followed(tmp_path):
    for student in ("link", "folder", "pipe", "html"):
        (tmp_path / student).mkdir()
    (tmp_path / "link" / f"{EXERCISE}.ipynb").symlink_to("/etc/passwd")
    (tmp_path / "folder" / f"{EXERCISE}.ipynb").mkdir()
    os.mkfifo(tmp_path / "pipe" / f"{EXERCISE}.ipynb")
    (tmp_path / "html" / f"{EXERCISE}.html").write_text("<html>")
    problems = {student: problem for (student, _), problem in found(tmp_path).items()}
    assert "is a link" in problems["link"] and "is a folder" in problems["folder"]
    assert "is no file" in problems["pipe"] and ".ipynb" in problems["html"]


def test_an_empty_folder_and_a_bad_roster_are_said_in_a_sentence(tmp_path):
    with pytest.raises(CourseError, match="No hand-in of 02_perceptron"):
        find(tmp_path, [EXERCISE])
    with pytest.raises(CourseError, match="does not exist"):
        find(tmp_path / "nowhere", [EXERCISE])
    (tmp_path / "roster.csv").write_text("a,b\n1,2\n")
    with pytest.raises(CourseError, match="columns name and id"):
        read_roster(tmp_path / "roster.csv")


# -- grading a class -----------------------------------------------------------


@pytest.mark.slow
@needs_bwrap
def test_a_class_is_graded_and_told(klass, handed_in, capsys):
    grade_all(handed_in, klass, jobs=2)
    assert scores(klass) == EXPECTED
    said = capsys.readouterr().out
    assert re.search(r"bob +02_perceptron +13 of 20 · waits for you", said)
    assert re.search(r"dan +02_perceptron +not submitted: .* not a notebook", said)
    assert "5 graded, 1 not submitted" in said

    rows = list(csv.DictReader(open(klass / "grades.csv", encoding="utf-8")))
    table = {(r["student"], r["question"]): r for r in rows}
    assert table["bob", "test_margin"]["score"] == "0.0"
    assert table["ada", "(all)"]["score"] == "17.0"
    assert table["ada", "words"]["state"] == "waiting for you"
    assert "not a notebook" in table["dan", "(newest)"]["state"]

    pages = {p.parent.parent.name: p for p in (klass / "feedback").rglob("*.html")}
    assert set(pages) == {"ada", "bob", "cleo", "dan", "eve", "fay"}
    assert "public checks pass" in pages["ada"].read_text("utf-8")
    assert pages["ada"].read_text("utf-8").count("has not read this yet") == 1
    assert "HIDDEN TESTS" not in "".join(p.read_text("utf-8") for p in pages.values())
    with zipfile.ZipFile(klass / "feedback.zip") as file:
        assert len(file.namelist()) == 6


@pytest.mark.slow
@needs_bwrap
def test_points_given_by_hand_stay_when_it_is_run_again(klass, handed_in, capsys):
    grade_all(handed_in, klass, jobs=2, student="ada")
    with Gradebook(ClassFolder(klass).url) as gradebook:
        grade = gradebook.find_grade("words", EXERCISE, EXERCISE, "ada")
        grade.manual_score, grade.needs_manual_grade = 2.5, False
        gradebook.db.commit()
    for options in ({}, {"again": True}):
        grade_all(handed_in, klass, jobs=2, student="ada", **options)
        assert scores(klass)["ada", "words"] == 2.5
    feedback_all(klass)
    page = (klass / "feedback" / "ada" / EXERCISE / f"{EXERCISE}.html").read_text()
    assert "2.5 / 3.0" in page and "has not read this yet" not in page


@pytest.mark.slow
@needs_bwrap
def test_one_student_or_one_question_is_graded_again(klass, handed_in, capsys):
    grade_all(handed_in, klass, jobs=2, feedback=False)
    better = solution("02").read_bytes()
    (handed_in / "bob" / f"{EXERCISE}.ipynb").write_bytes(better)
    worse = hand_in(
        solution("02"), margin=WRONG, update="def update(*x):\n    return x"
    )
    (handed_in / "ada" / f"{EXERCISE}.ipynb").write_bytes(worse)
    grade_all(handed_in, klass, jobs=2, student="bob", feedback=False)
    assert scores(klass) == EXPECTED | {("bob", "test_margin"): 4}
    grade_all(
        handed_in, klass, jobs=2, student="ada", question="test_update", feedback=False
    )
    now = scores(klass)
    assert now["ada", "test_update"] == 0 and now["ada", "test_margin"] == 4
    capsys.readouterr()
    grade_all(handed_in, klass, jobs=2, question="test_nothing", feedback=False)
    assert "not regraded: no question test_nothing" in capsys.readouterr().out
    assert scores(klass) == now


KILLED_AT = ["before results", "in results", "after results", "commit 1", "commit 2"]
KILLED_AT += ["before submitted", "after handed_in", "commit 3", "commit 5", "commit 8"]
KILLED_AT += ["in autograded", "before saved", "after saved", "commit 12", "commit 30"]
KILLED_AT += ["in grades.csv", "page 1", "in feedback.zip", "after feedback.zip"]
NOT_YET = {(key, 0.0) for key in EXPECTED}  # a score that is there but not given


@pytest.mark.slow
@needs_bwrap
def test_a_kill_at_any_point_loses_no_grade_and_doubles_none(klass, handed_in):
    script = ROOT / "tests" / "classroom" / "killed.py"
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    command = [sys.executable, script, handed_in, klass]
    with subprocess.Popen(command, **pipes, stderr=subprocess.DEVNULL) as grader:

        def ended(point):
            print(point, file=grader.stdin, flush=True)
            return int(grader.stdout.readline())

        for point in KILLED_AT:
            assert ended(point) == -signal.SIGKILL, f"never came to: {point}"
            assert scores(klass).items() <= EXPECTED.items() | NOT_YET, point
        assert ended("") == 0
    assert scores(klass) == EXPECTED
    assert len(list((klass / "feedback").rglob("*.html"))) == 6


@pytest.mark.slow
@needs_bwrap
def test_a_kill_at_a_random_moment_loses_no_grade_and_doubles_none(klass, handed_in):
    command = [*COURSE, "grade", str(handed_in), "--class", str(klass), "--jobs=2"]
    command += ["--no-feedback"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    for seconds in random.uniform(2, 5), random.uniform(2, 5):
        process = subprocess.Popen(command, **quiet)
        time.sleep(seconds)
        process.kill()
        process.wait()
        assert scores(klass).items() <= EXPECTED.items() | NOT_YET, seconds
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    assert scores(klass) == EXPECTED


@pytest.mark.slow
@needs_bwrap
def test_two_dask_workers_give_the_same_gradebook(klass, handed_in):
    with LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None
    ) as cluster:
        address = cluster.scheduler_address
        grade_all(handed_in, klass, scheduler=address, jobs=2, feedback=False)
    assert scores(klass) == EXPECTED


OLD_CONFIG = """\
from pathlib import Path

from course_lib.classroom.apart import AUTOGRADE, FEEDBACK

c = get_config()
c.CourseDirectory.course_id = "autumn"
c.CourseDirectory.root = str(Path(__file__).resolve().parent)
c.Autograde.autograde_preprocessors = AUTOGRADE  # students' code runs apart
c.GenerateFeedback.preprocessors = FEEDBACK  # without hidden tests
"""


@pytest.mark.slow
@needs_bwrap
@pytest.mark.parametrize("config", [None, OLD_CONFIG], ids=["now", "before"])
def test_formgraders_button_grades_in_the_sandbox(klass, config, tmp_path, monkeypatch):
    """Its call of nbgrader's API, with the class's configuration of now or before."""
    if config:
        (klass / "nbgrader_config.py").write_text(config)
    marker = tmp_path / "marker"
    spy = f"""
        def margin(w, b, X, y):
            import os
            inside = os.environ.get("COURSE_SANDBOX")
            try:
                open({str(marker)!r}, "w").close()
            except OSError:
                inside += " and cannot write"
            raise ValueError(inside)
    """
    better = {"ada": {}, "bob": {"margin": textwrap.dedent(spy)}}
    for student, sources in better.items():
        place = klass / "submitted" / student / EXERCISE / f"{EXERCISE}.ipynb"
        place.parent.mkdir(parents=True)
        place.write_bytes(hand_in(solution("02"), **sources))
    monkeypatch.chdir(tmp_path)
    for student in better:
        done = api(klass).autograde(EXERCISE, student)  # as formgrader's server does
        assert done["success"], done["log"]
    assert scores(klass) == right(["ada", "bob"], {("bob", "test_margin")})
    graded = klass / "autograded" / "bob" / EXERCISE / f"{EXERCISE}.ipynb"
    assert "1 and cannot write" in graded.read_text("utf-8")
    assert not marker.exists()
    page = klass / "feedback" / "ada" / EXERCISE / f"{EXERCISE}.html"
    assert api(klass).generate_feedback(EXERCISE, "ada")["success"]
    assert "HIDDEN TESTS" not in page.read_text("utf-8")


@pytest.mark.slow
@needs_bwrap
def test_results_kept_by_an_older_version_are_read(klass, handed_in, monkeypatch):
    """Of a class that was being graded when the course was renewed."""
    known = ClassFolder(klass)
    (klass / "results").mkdir()
    for handin in find(handed_in, [EXERCISE]):
        content, exercise = handin.content(), known.exercise(EXERCISE)
        old = {"problem": "as it was then", "notebook": None, "seconds": 0.01}
        if handin.student in ("ada", "bob"):
            old = {"problem": "", "notebook": grade(content, exercise), "seconds": 0.5}
        path = klass / "results" / f"{known.key(handin, content, {})}.json"
        path.write_text(json.dumps(old))
    monkeypatch.setattr(batch, "on_cores", lambda items, jobs: 1 / 0)  # not again
    grade_all(handed_in, klass, feedback=False)
    kept = {key: score for key, score in scores(klass).items() if key[0] == "bob"}
    assert kept == right(["bob"], {("bob", "test_margin")})
    problem = klass / "problems" / "dan" / f"{EXERCISE}.txt"
    assert problem.read_text() == "as it was then"


def test_a_spreadsheet_takes_no_name_for_a_formula():
    assert safe_cell("=1+1") == "'=1+1"
    assert safe_cell("ada") == "ada" and safe_cell(2.5) == 2.5


@pytest.mark.slow
@needs_bwrap
def test_formgrader_lists_the_submissions_and_opens_one(klass, handed_in):
    """In a real server, with the class's own configuration."""
    from urllib.request import Request, urlopen

    grade_all(handed_in, klass, jobs=2, feedback=False)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = klass / "jupyter"
    settings.mkdir()
    (settings / "jupyter_server_config.json").write_text(
        json.dumps(
            {"ServerApp": {"jpserver_extensions": {
                "nbgrader.server_extensions.formgrader": True}}}
        )
    )  # fmt: skip
    command = [sys.executable, "-m", "jupyter_server", "--no-browser"]
    command += [f"--port={port}", "--IdentityProvider.token=teacher"]
    command += ["--allow-root"] if os.getuid() == 0 else []
    path = f"{os.path.dirname(sys.executable)}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"JUPYTER_CONFIG_DIR": str(settings), "PATH": path}
    server = subprocess.Popen(
        command, cwd=klass, env=environment, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip

    def ask(path):
        address = f"http://127.0.0.1:{port}/formgrader/{path}"
        request = Request(address, headers={"Authorization": "token teacher"})
        with urlopen(request, timeout=30) as page:
            return page.read().decode()

    try:
        end = time.monotonic() + 60
        while True:
            try:
                listed = json.loads(ask(f"api/submissions/{EXERCISE}"))
                break
            except OSError:
                assert time.monotonic() < end, "formgrader did not start"
                time.sleep(0.5)
        assert {s["student"] for s in listed if s["autograded"]} == {
            "ada", "bob", "cleo", "eve", "fay",
        }  # fmt: skip
        opened = json.loads(ask(f"api/submitted_notebooks/{EXERCISE}/{EXERCISE}"))
        page = ask(f"submissions/{opened[0]['id']}/")
        assert ">margin<" in page and "formgrade" in page
    finally:
        server.terminate()
        server.wait(30)
