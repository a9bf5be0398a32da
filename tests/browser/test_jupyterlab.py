"""The course in JupyterLab as a learner meets it: a real server, a real browser."""

import json
import os
import secrets
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import nbformat
import pytest
from helpers import chromium
from playwright.sync_api import expect

from course_lib.classroom import ROOT

TOKEN = secrets.token_hex(16)
FOLDER = ROOT / "course_lib" / "widgets"
WIDGETS = sorted(p.stem for p in FOLDER.glob("[!_]*.py") if p.stem != "parts")
SECONDS = 120  # for a lesson to run, on a busy machine
expect.set_options(timeout=1000 * SECONDS)


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Start JupyterLab for a learner who never used it; return folder and address."""
    home = tmp_path_factory.mktemp("home")
    folder = home / "workspace"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "course_lib.classroom", "start", "--no-browser"]
    command += [f"--port={port}", f"--workspace={folder}"]
    command += [f"--IdentityProvider.token={TOKEN}"]
    fresh = {"JUPYTER_CONFIG_DIR": f"{home}", "JUPYTERLAB_SETTINGS_DIR": f"{home}"}
    with open(home / "lab.log", "w") as log:
        server = subprocess.Popen(
            command, env=os.environ | fresh, stdout=log, stderr=log
        )
    wait_for(lambda: answers(port), lambda: (home / "lab.log").read_text())
    yield folder, f"http://127.0.0.1:{port}"
    server.terminate()
    try:
        server.wait(30)
    except subprocess.TimeoutExpired:  # it may wait for a kernel for ever; no test asks
        server.kill()


@pytest.fixture
def page(browser, lab):
    """Open a page which may ask this machine only."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(SECONDS * 1000)
    hosts = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    yield page
    page.close()
    assert hosts - {None} == {"127.0.0.1"}


@pytest.fixture
def photograph(page, tmp_path):
    """Keep screenshots in COURSE_SCREENSHOTS, or else with the test's files."""
    folder = Path(os.environ.get("COURSE_SCREENSHOTS") or tmp_path)

    def photograph(name, part=page):
        part.screenshot(path=folder / f"{name}.png")

    return photograph


def wait_for(true, problem, seconds=SECONDS):
    """Wait until `true()` holds; give up with the sentence of `problem()`."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, problem()
        time.sleep(0.2)


def answers(port):
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def open_lesson(page, address, path, name):
    """Open a page of Lab, no other; wait until the lesson's kernel is there."""
    page.goto(f"{address}{path}?reset&token={TOKEN}")

    def ready():
        sessions = page.request.get(f"{address}/api/sessions").json()
        kernels = [s["kernel"] for s in sessions if s["path"] == name]
        return any(k["execution_state"] == "idle" and k["connections"] for k in kernels)

    wait_for(ready, lambda: f"{name} has no idle kernel")
    expect(page.locator("#jp-main-statusbar")).to_contain_text("Idle")


def stop_kernel(page, address, name):
    for session in page.request.get(f"{address}/api/sessions").json():
        if session["path"] == name:
            page.request.delete(
                f"{address}/api/sessions/{session['id']}",
                headers={"Authorization": f"token {TOKEN}"},
            )


def run_to(page, file, words):
    """Run the cells one after another, from the top to the one with these words."""
    sources = ["".join(c["source"]) for c in json.loads(file.read_text())["cells"]]
    page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell").first.click()
    for _ in range(1 + next(k for k, s in enumerate(sources) if words in s)):
        page.keyboard.press("Shift+Enter")


def run_all(page, file):
    """Run all cells; return the saved code cells once every one was run."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    cells = []

    def done():
        page.keyboard.press("Control+s")
        page.wait_for_timeout(1000)
        cells[:] = code_cells(file)
        finished = cells and all(c["execution_count"] for c in cells)
        return finished or any(map(errors, cells))

    wait_for(done, lambda: f"{file.name} is still running")
    return cells


def code_cells(file):
    """Return a notebook's code cells; none while Lab is writing the file."""
    try:
        cells = json.loads(file.read_text())["cells"]
    except json.JSONDecodeError:
        return []
    return [c for c in cells if c["cell_type"] == "code" and c["source"]]


def errors(cell):
    """Return the errors that a cell was not meant to show."""
    if "raises-exception" in cell["metadata"].get("tags", []):
        return []
    return [o["evalue"] for o in cell["outputs"] if o["output_type"] == "error"]


def changed(image, before, how):
    """Wait until a picture is another one and stays so; return its source."""
    sources = [before, before]

    def settled():
        sources.append(image.get_attribute("src"))
        time.sleep(0.7)
        return sources[-1] == sources[-2] != before

    wait_for(settled, lambda: f"{how} moved the slider, but not the figure")
    return sources[-1]


def press_a_key(slider):
    """Move a slider by one step, away from its end."""
    handle = slider.locator(".noUi-handle")
    now, end = map(handle.get_attribute, ("aria-valuenow", "aria-valuemax"))
    handle.press("ArrowLeft" if now == end else "ArrowRight")


def drag(page, slider):
    """Drag a slider's handle towards the farther end of its track."""
    track = slider.locator(".noUi-base").bounding_box()
    handle = slider.locator(".noUi-handle").bounding_box()
    x = handle["x"] + handle["width"] / 2
    y = handle["y"] + handle["height"] / 2
    share = 0.1 if x > track["x"] + track["width"] / 2 else 0.9
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(track["x"] + share * track["width"], y, steps=10)
    page.mouse.up()


CANVASES = {  # widgets drawn on a canvas, not in an image: its words, its last slider
    "perceptron": ("Twelve points of two classes", "bias b"),
    "squeeze": ("600 digits at their codes", "z₂"),
}


def walk_on(page, canvas):
    """Press in the middle of a canvas's left half, walk on a little and let go."""
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    x, y = box["x"] + box["width"] * 0.4, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y, steps=4)
    page.mouse.up()


def is_read_aloud(box):
    """Each control has the name before it and says the value that is seen."""
    sliders = box.locator(".widget-slider")
    for slider in sliders.all():
        handle = slider.locator(".noUi-handle")
        name = slider.locator(".widget-label").inner_text()
        value = slider.locator(".widget-readout").inner_text()
        expect(handle).to_have_accessible_name(name)
        expect(handle).to_have_attribute("aria-valuetext", value)
    for choice in box.locator(".widget-toggle-buttons").all():
        name = choice.locator(".widget-label").inner_text()
        pressed = choice.get_by_role("button", pressed=True)
        assert name and choice.get_attribute("aria-label") == name
        expect(pressed).to_have_count(1)
    for switch in box.locator(".widget-box > .widget-toggle-button").all():
        expect(switch).to_have_accessible_name(switch.get_attribute("title"))
        on = "mod-active" in switch.get_attribute("class")
        expect(switch).to_have_attribute("aria-pressed", str(on).lower())


def test_lab_opens_on_lesson_00_and_nothing_covers_it(lab, page, photograph):
    folder, address = lab
    name = next((folder / "notebooks").glob("00_*.ipynb")).name
    open_lesson(page, address, "/", f"notebooks/{name}")
    page.wait_for_timeout(3000)  # for a pop-up that comes late
    photograph("lesson_00")
    tabs = page.locator("#jp-main-dock-panel .lm-TabBar-tab.lm-mod-current")
    assert tabs.all_inner_texts() == [name]
    assert page.locator(".jp-Dialog, .Toastify__toast").count() == 0
    assert page.get_by_text("Create Assignment").count() == 0
    box = page.locator(".jp-NotebookPanel").bounding_box()
    middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    found = "([x, y]) => !!document.elementFromPoint(x, y).closest('.jp-NotebookPanel')"
    assert page.evaluate(found, middle)


def test_lesson_03_runs_and_its_figure_follows_the_slider(lab, page, photograph):
    folder, address = lab
    name = next((ROOT / "notebooks").glob("03_*.ipynb")).relative_to(ROOT).as_posix()
    open_lesson(page, address, f"/lab/tree/{name}", name)
    cells = run_all(page, folder / name)
    assert [error for cell in cells for error in errors(cell)] == []

    widget = page.locator(".jp-OutputArea .course-widget").first
    widget.scroll_into_view_if_needed()
    image = widget.locator("img").first
    slider = widget.locator(".widget-slider").first
    first = image.get_attribute("src")
    press_a_key(slider)
    second = changed(image, first, "a key")
    drag(page, slider)
    changed(image, second, "the mouse")
    photograph("widget", widget)


def test_every_widget_opens_and_its_figure_follows_its_first_slider(
    lab, page, photograph
):
    folder, address = lab
    shown = [
        f"from course_lib.widgets import {name}\n{name}.show()" for name in WIDGETS
    ]
    notebook = nbformat.v4.new_notebook()
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    notebook.cells = [nbformat.v4.new_code_cell("\n".join(shown))]
    nbformat.write(notebook, folder / "widgets.ipynb")
    open_lesson(page, address, "/lab/tree/widgets.ipynb", "widgets.ipynb")
    cells = run_all(page, folder / "widgets.ipynb")
    assert [error for cell in cells for error in errors(cell)] == []
    boxes = page.locator(".jp-OutputArea .course-widget")
    expect(boxes).to_have_count(len(WIDGETS))
    for name, box in zip(WIDGETS, boxes.all(), strict=True):
        is_read_aloud(box)
        if name in CANVASES:
            words, named = CANVASES[name]
            canvas = box.get_by_role("img", name=words)
            before = canvas.get_attribute("aria-label")
            press_a_key(box.locator(".widget-slider").last)
            expect(canvas).not_to_have_attribute("aria-label", before)
            expect(box.get_by_role("slider", name=named)).to_be_visible()
            if name == "squeeze":  # its map is walked by mouse, too
                before = canvas.get_attribute("aria-label")
                walk_on(page, canvas)
                expect(canvas).not_to_have_attribute("aria-label", before)
                page.wait_for_timeout(2000)  # for the last of its moves
                photograph("squeeze", box)
            continue
        image = box.locator("img").first
        before = image.get_attribute("src")
        press_a_key(box.locator(".widget-slider").first)
        after = changed(image, before, f"a key in {name}")
        if name == "gates":  # its switches are named for a row and a step
            switch = box.get_by_role("button", name="gate o, 3", exact=True)
            switch.press("Space")
            expect(switch).to_have_attribute("aria-pressed", "false")
            changed(image, after, "a switch")
            photograph("gates", box)
        if name == "valley":  # its pixels are drawn by mouse or by key
            pixel = box.get_by_role("button", name="row 0, column 0", exact=True)
            ink = pixel.get_attribute("aria-pressed")
            pixel.click()
            expect(pixel).not_to_have_attribute("aria-pressed", ink)
            after = changed(image, after, "a pixel")
            pixel.press("ArrowDown")
            below = box.get_by_role("button", name="row 1, column 0", exact=True)
            expect(below).to_be_focused()
            ink = below.get_attribute("aria-pressed")
            below.press("Space")
            expect(below).not_to_have_attribute("aria-pressed", ink)
            changed(image, after, "a pixel by key")
            photograph("valley", box)
        if name == "dream":  # what is erased by mouse or by key
            pixel = box.get_by_role("button", name="row 0, column 0, paper, erased")
            expect(pixel).to_have_attribute("aria-pressed", "false")
            pixel.click()
            expect(pixel).to_have_attribute("aria-pressed", "true")
            after = changed(image, after, "a pixel")
            pixel.press("ArrowRight")
            beside = box.get_by_role("button", name="row 0, column 1,")
            expect(beside).to_be_focused()
            beside.press("Space")
            expect(beside).to_have_attribute("aria-pressed", "true")
            changed(image, after, "a pixel by key")
            photograph("dream", box)
        if name == "counterfeiter":
            box.get_by_role("button", name="the detective learns").press("Enter")
            changed(image, after, "the detective")
            photograph("counterfeiter", box)


def test_a_widget_without_its_kernel_keeps_its_picture_and_says_that_it_sleeps(
    lab, page, photograph
):
    folder, address = lab
    notebook = nbformat.v4.new_notebook()
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    shown = "from course_lib.widgets import gates\ngates.show()"
    notebook.cells = [nbformat.v4.new_code_cell(shown)]
    nbformat.write(notebook, folder / "gates.ipynb")
    open_lesson(page, address, "/lab/tree/gates.ipynb", "gates.ipynb")
    run_all(page, folder / "gates.ipynb")
    box = page.locator(".jp-OutputArea .course-widget")
    expect(box.locator("img")).to_be_visible()
    asleep = box.get_by_text("This panel sleeps")
    expect(asleep).to_be_hidden()
    page.keyboard.press("Control+s")
    wait_for(lambda: '"widgets"' in (folder / "gates.ipynb").read_text(), str)
    stop_kernel(page, address, "gates.ipynb")
    open_lesson(page, address, "/lab/tree/gates.ipynb", "gates.ipynb")
    expect(asleep).to_be_visible()
    expect(box.locator("img")).to_be_visible()
    photograph("asleep_panel", box)
    page.locator(".jp-NotebookPanel .jp-Cell").first.click()
    page.keyboard.press("Shift+Enter")
    expect(asleep).to_be_hidden()
    expect(box.locator("img")).to_be_visible()
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.get_by_text("Restart Kernel…", exact=True).first.click()
    page.locator(".jp-Dialog button", has_text="Restart").click()
    expect(asleep).to_be_visible()
    expect(box.locator("img")).to_be_visible()


def test_a_prediction_is_clicked_and_judged_on_the_card(lab, page, photograph):
    folder, address = lab
    name = next((ROOT / "notebooks").glob("02_*.ipynb")).relative_to(ROOT).as_posix()
    open_lesson(page, address, f"/lab/tree/{name}", name)
    run_to(page, folder / name, "Take the bias away")
    box = page.locator(".course-predict", has_text="Take the bias away").first
    box.get_by_role("radio", name="all four").check()
    expect(box).to_contain_text("Kept: all four")
    run_all(page, folder / name)
    box.scroll_into_view_if_needed()
    photograph("lesson")
    card = page.locator(".course-card", has_text="Without a bias").first
    expect(card).to_contain_text("You predicted “all four”; right was “three”")
    card.scroll_into_view_if_needed()
    photograph("card", card)


QUESTIONS = """\
import os
import tempfile

import matplotlib.pyplot as plt

from course_lib.predictions import predict

os.environ["COURSE_PROGRESS"] = tempfile.mkdtemp() + "/none"  # nothing was answered
===
predict("How many mistakes?", ["two", "three", "four"])
===
predict("Which number?", number=(0, 100, "mistakes"))
===
predict("Which first?", order=["alpha", "beta", "gamma"])
===
ax = plt.subplots(figsize=(4, 2))[1]
ax.plot([0, 1, 2], [1, 0, 4])
predict("Where is it flat?", point=(ax, "A curve that falls, then rises.", 0.3))
"""


@pytest.fixture
def asked(lab, page):
    """A notebook with a prediction of each kind, open and run."""
    folder, address = lab
    cells = [nbformat.v4.new_code_cell(s) for s in QUESTIONS.strip().split("\n===\n")]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(notebook, folder / "asked.ipynb")
    open_lesson(page, address, "/lab/tree/asked.ipynb", "asked.ipynb")
    run_to(page, folder / "asked.ipynb", "Where is it flat?")
    expect(page.locator(".course-picture")).to_be_visible()
    expect(page.locator(".course-cross")).to_be_hidden()  # no mark before a guess
    return {
        name: page.locator(".course-predict", has_text=words)
        for name, words in {
            "choice": "How many mistakes?",
            "number": "Which number?",
            "order": "Which first?",
            "point": "Where is it flat?",
        }.items()
    }


def answer_by_keys(page, asked):
    """Answer each prediction without a mouse; what each box must then say."""
    asked["choice"].get_by_role("radio", name="two").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    asked["number"].get_by_role("spinbutton").focus()
    page.keyboard.type("20")
    page.keyboard.press("Enter")
    asked["order"].get_by_role("button", name="move alpha down").focus()
    page.keyboard.press("ArrowDown")
    asked["point"].get_by_role("application").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    return {
        "choice": "Kept: three.",
        "number": "Kept: 20 mistakes.",
        "order": "Kept: beta, alpha, gamma.",
        "point": "Kept: (0.956, 2).",
    }


def test_predictions_are_answered_by_keys_and_named_for_a_screen_reader(page, asked):
    for name, words in answer_by_keys(page, asked).items():
        expect(asked[name]).to_contain_text(words)
    group = page.get_by_role("group", name="Predict. How many mistakes?")
    expect(group.get_by_role("radio", name="three")).to_be_checked()
    number = page.get_by_role("spinbutton", name="Which number? From 0 to 100 mistakes")
    expect(number).to_have_value("20")
    cross = page.get_by_role("application", name="A curve that falls, then rises.")
    expect(cross.locator(".course-cross")).to_be_visible()
    assert "Cross at x = 0.956" in cross.get_attribute("aria-label")


def test_a_prediction_opened_again_without_its_kernel_shows_the_answer_and_sleeps(
    lab, page, asked, photograph
):
    folder, address = lab
    said = answer_by_keys(page, asked)
    for name, words in said.items():
        expect(asked[name]).to_contain_text(words)
    page.keyboard.press("Control+s")
    wait_for(lambda: "Kept: three" in (folder / "asked.ipynb").read_text(), str)
    stop_kernel(page, address, "asked.ipynb")
    page.set_viewport_size({"width": 1024, "height": 900})
    open_lesson(page, address, "/lab/tree/asked.ipynb", "asked.ipynb")
    for name, words in said.items():
        expect(asked[name]).to_contain_text(words)
        expect(asked[name]).to_contain_text("This box sleeps")
    asked["choice"].get_by_role("radio", name="four").check()
    expect(asked["choice"]).to_contain_text("Not kept. This box sleeps")
    said = asked["choice"].get_by_text("This box sleeps").filter(visible=True)
    expect(said).to_have_count(1)
    photograph("asleep")


def test_after_a_restarted_kernel_a_box_does_not_claim_to_keep_anything(page, asked):
    answer_by_keys(page, asked)
    expect(asked["choice"]).to_contain_text("Kept: three.")
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.get_by_text("Restart Kernel…", exact=True).first.click()
    page.locator(".jp-Dialog button", has_text="Restart").click()
    expect(page.locator("#jp-main-statusbar")).to_contain_text("Idle")
    asked["choice"].get_by_role("radio", name="four").check()
    expect(asked["choice"]).to_contain_text("Not kept")
    expect(asked["choice"]).not_to_contain_text("Kept: four")


SHOWN = """\
import matplotlib.pyplot as plt

from course_lib import plots
from course_lib.claims import claim
from course_lib.predictions import predict
from course_lib.widgets import perceptron

predict("How many mistakes?", ["two", "three", "four"])
claim("2.12", 3, "<=", 3, "Of the four corners {measured} are right.")
plots.show(plots.curves({"loss": [2, 1]}), alt="A loss that falls from two to one.")
perceptron.show()
"""
LIGHT = """(part) => {
  const [red, green, blue] = getComputedStyle(part).backgroundColor.match(/[0-9]+/g);
  return Math.max(red, green, blue);
}"""


@pytest.fixture
def dark(lab):
    """JupyterLab in its dark theme."""
    folder, _ = lab
    settings = folder.parent / "@jupyterlab/apputils-extension"
    settings.mkdir(parents=True, exist_ok=True)
    theme = settings / "themes.jupyterlab-settings"
    theme.write_text('{"theme": "JupyterLab Dark"}')
    yield
    theme.unlink()


def test_in_the_dark_theme_nothing_glares(lab, page, dark, photograph):
    folder, address = lab
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(SHOWN)])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, folder / "dark.ipynb")
    open_lesson(page, address, "/lab/tree/dark.ipynb", "dark.ipynb")
    cells = run_all(page, folder / "dark.ipynb")
    assert [error for cell in cells for error in errors(cell)] == []
    for name in ("fieldset.course-predict", ".course-card"):
        box = page.locator(f".jp-OutputArea {name}").first
        expect(box).to_be_visible()
        assert box.evaluate(LIGHT) < 80, name
    for name in (".course-figure", ".course-widget canvas"):
        picture = page.locator(f".jp-OutputArea {name}").first
        expect(picture).to_have_css("filter", "invert(0.88) hue-rotate(180deg)")
    photograph("dark")


def test_a_wrong_answer_is_told_which_mistake_it_is(lab, page, photograph):
    folder, address = lab
    name = "exercises/02_perceptron/02_perceptron.ipynb"
    wrong = "    return np.min(y * (X @ w + b))"
    text = (folder / name).read_text("utf-8")
    cell = text.index("def margin")
    stub = text.index("    raise NotImplementedError()", cell)
    end = stub + len("    raise NotImplementedError()")
    (folder / name).write_text(text[:stub] + wrong + text[end:], "utf-8")
    open_lesson(page, address, f"/lab/tree/{name}", name)
    run_all(page, folder / name)
    check = page.locator(".jp-CodeCell", has_text='check("margin"').first
    check.scroll_into_view_if_needed()
    expect(check).to_contain_text("These are scores, not distances")
    expect(check).not_to_contain_text("Traceback")
    photograph("check", check)
