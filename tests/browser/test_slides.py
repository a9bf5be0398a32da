"""Decks: made from the lessons, need no internet, and nothing on them is cut off."""

import os
import re
from pathlib import Path

import matplotlib.pyplot as plt
import nbformat
import pytest
from bs4 import BeautifulSoup
from helpers import LESSONS, chromium
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from course_lib import plots  # noqa: F401 (sets the letters' size)
from course_lib.classroom import CourseError, slides
from course_lib.classroom.slide_story import slide_type, told

PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "YPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
FIGURE = '<img class="course-figure" alt="One blue point, no more." width="400"'
FIGURE += f' src="{PIXEL}">'


def markdown(source, slide_type="-"):
    return new_markdown_cell(source, metadata={"slideshow": {"slide_type": slide_type}})


def code(source, slide_type="-", tags=(), **data):
    """A code cell; the keywords are its output, as in **{"text/plain": "1"}."""
    outputs = [new_output("display_data", data=data)] if data else []
    metadata = {"slideshow": {"slide_type": slide_type}, "tags": list(tags)}
    return new_code_cell(source, outputs=outputs, metadata=metadata)


def saved(path, *cells):
    nbformat.write(new_notebook(cells=list(cells)), path)
    return path


def tiny_lesson(folder):
    figure = {"text/html": FIGURE, "text/plain": "One blue point, no more."}
    return saved(
        folder / "02_tiny.ipynb",
        code("import secret_setup", "skip"),
        markdown("# Can one neuron learn?\n\nA point and a line", "slide"),
        markdown("Say hello, with $\\eta$. 3 min", "notes"),
        markdown("## The sum", "slide"),
        markdown("$$z = \\sum_{i=1}^{D} w_i x_i + b$$\n\nwith $w \\in \\mathbb{R}^D$"),
        markdown("\\begin{align} a &= b \\\\ c &= d \\end{align}", "fragment"),
        markdown("## The price is $5 or $6, and `a$b$c` is code", "slide"),
        code("price = '$5$'\nprice", **{"text/plain": "'$5$'"}),
        markdown("## The figure", "subslide"),
        code("show_the_point()", tags=["hide-input"], **figure),
    )


@pytest.fixture
def lesson(tmp_path):
    return tiny_lesson(tmp_path)


def read(notebook):
    return BeautifulSoup(slides.deck_html(notebook), "html.parser")


def loads(page):
    """Everything that a page would fetch when it is opened."""
    found = [tag["src"] for tag in page.select("[src]")]
    found += [tag["href"] for tag in page.select("link[href]")]
    styles = [tag.string for tag in page.find_all("style")]
    styles += [tag["style"] for tag in page.select("[style]")]
    for style in styles:
        quoted = re.findall(r"url\(\s*([\"'])(.*?)\1\s*\)", style)
        found += [address for _, address in quoted]
        found += re.findall(r"url\(\s*([^\"')\s%][^)]*)\)", style)
        found += re.findall(r"@import\s+([^;]+)", style)
    return [address for address in found if not address.startswith("data:")]


# --- what is in the page --------------------------------------------------------------


def test_a_deck_loads_nothing_from_elsewhere(lesson):
    page = read(lesson)
    assert loads(page) == []
    assert "@font-face" in page.decode() and "Reveal.initialize" in page.decode()


def test_a_picture_beside_the_deck_would_be_noticed(tmp_path):
    notebook = saved(tmp_path / "03_x.ipynb", markdown("![alt](beside.png)", "slide"))
    assert loads(read(notebook)) == ["beside.png"]


def test_no_script_can_swallow_the_rest_of_the_page(lesson):
    scripts = [tag.string for tag in read(lesson).find_all("script")]
    assert len(scripts) == 4
    assert not any(re.search("<(!--|/?script)", text) for text in scripts)


def test_prose_becomes_speaker_notes_and_not_slide_text(lesson):
    page = read(lesson)
    notes = [aside.extract().get_text() for aside in page.select("aside.notes")]
    assert len(notes) == 1 and "Say hello" in notes[0]
    assert "Say hello" not in page.select_one(".slides").get_text()


def test_skipped_cells_and_hidden_inputs_stay_out_of_the_deck(lesson):
    text = read(lesson).select_one(".slides").get_text()
    assert "secret_setup" not in text and "show_the_point" not in text
    assert "price" in text


def test_an_equation_is_kept_whole_for_the_typesetter(lesson):
    found = [tag.get_text() for tag in read(lesson).select("section .tex")]
    assert "z = \\sum_{i=1}^{D} w_i x_i + b" in found
    assert "w \\in \\mathbb{R}^D" in found
    assert "\\begin{align} a &= b \\\\ c &= d \\end{align}" in found


def test_code_dollars_are_left_alone(lesson):
    page = read(lesson)
    text = page.select_one(".slides").get_text()
    assert "The price is $5 or $6, and a$b$c is code" in text
    assert "price = '$5$'" in text
    assert not any("5" in tag.get_text() for tag in page.select(".tex"))


def test_a_widget_leaves_its_place_to_the_still_picture(tmp_path):
    widget = {"application/vnd.jupyter.widget-view+json": {"model_id": "abc"}}
    cell = code("predict()", "slide", **widget, **{"text/html": FIGURE})
    page = read(saved(tmp_path / "02_widget.ipynb", cell))
    assert page.select_one("section img")["alt"] == "One blue point, no more."
    assert "model_id" not in page.decode()


def test_fragments_appear_one_after_another(lesson):
    fragments = read(lesson).select("section > .fragment")
    assert len(fragments) == 1 and "align" in fragments[0].get_text()


def test_the_same_lesson_gives_the_same_deck(lesson):
    assert slides.deck_html(lesson) == slides.deck_html(lesson)


# --- the command's part ---------------------------------------------------------------


@pytest.fixture
def course(tmp_path):
    """A course of one lesson with slides and one without."""
    (tmp_path / "notebooks").mkdir()
    tiny_lesson(tmp_path / "notebooks")
    saved(tmp_path / "notebooks" / "03_plain.ipynb", new_markdown_cell("# Prose"))
    return tmp_path


def test_a_deck_is_named_after_its_lesson(course):
    assert slides.make_decks(["02"], course / "decks", course) == [
        course / "decks" / "02_tiny.html"
    ]
    assert (course / "decks" / "02_tiny.html").stat().st_size > 100_000


def test_an_unknown_lesson_is_told_which_there_are(course):
    with pytest.raises(CourseError, match="no lesson 07.*02_.*, 03_"):
        slides.make_decks(["07"], course / "decks", course)


def test_a_lesson_without_slides_is_told_how_to_mark_them(course):
    with pytest.raises(CourseError, match="03_plain.*no slides.*slide type"):
        slides.make_decks([], course / "decks", course)


# --- in a browser, every request to another host refused ------------------------------


MEASURE = """async () => {
  const slide = Reveal.getCurrentSlide();
  const all = (selector, outside = "aside.notes") =>
    [...slide.querySelectorAll(selector)].filter((e) => !e.closest(outside));
  const name = (e) => e.tagName.toLowerCase() + " " + e.textContent.trim().slice(0, 40);
  const floor = document.querySelector(".deck-footer").getBoundingClientRect().top;
  const leaves = (e) => {
    const box = e.getBoundingClientRect();
    const out = box.left < 0 || box.top < 0 || box.right > innerWidth + 1;
    return box.width && box.height && (out || box.bottom > floor + 1);
  };
  const hides = (e) => e.clientWidth && e.scrollWidth > e.clientWidth + 1
    && !e.closest("math") && !e.querySelector("math, img");
  const figure = slide.querySelector("img.course-figure")?.getBoundingClientRect();
  const covers = (e) => {
    const box = e.getBoundingClientRect();
    const leaf = !e.children.length && box.width && !e.matches("img, style");
    return leaf && figure && box.right > figure.left + 1 && box.left < figure.right - 1
      && box.bottom > figure.top + 1 && box.top < figure.bottom - 1;
  };
  const prose = all(".jp-RenderedMarkdown").map((e) => {
    const copy = e.cloneNode(true);
    const others = copy.querySelectorAll(".tex, table, pre, .deck-next");
    others.forEach((other) => other.remove());
    return copy.textContent;
  });
  const lines = all(".deck-code pre, .jp-RenderedMarkdown pre").map(
    (e) => e.textContent.trim().split("\\n").length);
  const images = all("img");
  await Promise.all(images.map((e) => e.decode().catch(() => null)));
  return {
    cut_off: all("*").filter((e) => leaves(e) || hides(e) || covers(e)).map(name),
    words: prose.join(" ").split(/\\s+/).filter(Boolean).length,
    code_lines: lines.reduce((a, b) => a + b, 0),
    unseen: images.filter((e) => !e.naturalWidth).map((e) => e.alt)
      .concat(all(".tex").filter((e) => !e.querySelector("math")).map(name)),
    letters: images.filter((e) => e.className === "course-figure").map((e) => {
      const box = e.getBoundingClientRect();
      const width = e.getAttribute("width");
      const height = width * e.naturalHeight / e.naturalWidth;
      return Math.min(box.width / width, box.height / height);
    }),
    holes: all("msqrt").map((e) => {
      const after = e.nextElementSibling?.getBoundingClientRect().left;
      return (after - e.lastElementChild.getBoundingClientRect().right) || 0;
    }).filter((width) => width > 20),
    told: all("aside.notes", "nothing").map((e) => e.textContent).join(" "),
    empty: !all(":not(h1, h2, h3, h1 *, h2 *, h3 *)", "aside.notes").some(
      (e) => e.getBoundingClientRect().height > 10),
  };
}"""


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


def opened(browser, notebook, folder, refused):
    """The deck of a notebook, open; refused collects what it wanted and what failed."""
    deck = folder / f"{notebook.stem}.html"
    deck.write_text(slides.deck_html(notebook), encoding="utf-8")
    context = browser.new_context(viewport={"width": 1280, "height": 720})

    def judge(route):
        if route.request.url.split("#")[0].split("?")[0] == deck.as_uri():
            return route.continue_()
        refused.append(route.request.url)
        return route.abort()

    context.route(re.compile("^(?!data:)"), judge)
    page = context.new_page()
    page.on("pageerror", lambda error: refused.append(str(error)))
    page.on("console", lambda m: m.type == "error" and refused.append(m.text))
    page.goto(deck.as_uri())
    page.wait_for_function("Reveal.isReady()")
    page.evaluate("document.fonts.ready.then(() => true)")
    return page


def walk(browser, notebook, folder):
    """Step through a deck; return what was measured on each slide, and what failed."""
    refused = []
    page = opened(browser, notebook, folder, refused)
    pictures = os.environ.get("COURSE_SCREENSHOTS")
    seen = []
    for number in range(page.evaluate("Reveal.getTotalSlides()")):
        page.evaluate(
            "n => { const at = Reveal.getIndices(Reveal.getSlides()[n]);"
            " Reveal.slide(at.h, at.v, 99) }",
            number,
        )
        seen.append(page.evaluate(MEASURE))
        if pictures:
            picture = Path(pictures) / notebook.stem / f"{number + 1:02}.png"
            page.screenshot(path=picture, animations="disabled")
    page.context.close()
    return notebook, seen, refused


@pytest.fixture(
    scope="module", params=[None, *LESSONS], ids=lambda p: p.stem if p else "tiny"
)
def tour(request, browser, tmp_path_factory):
    folder = tmp_path_factory.mktemp("deck")
    return walk(browser, request.param or tiny_lesson(folder), folder)


def each(tour, measure):
    """What was measured, by the slide's number."""
    return {n: slide[measure] for n, slide in enumerate(tour[1], 1) if slide[measure]}


def test_a_deck_asks_for_nothing_and_reports_no_error(tour):
    assert tour[2] == []


def test_nothing_on_a_slide_is_cut_off(tour):
    assert each(tour, "cut_off") == {}


def test_every_figure_and_every_equation_is_drawn(tour):
    assert each(tour, "unseen") == {}


def test_no_slide_is_empty_but_for_its_title(tour):
    assert each(tour, "empty") == {}


def test_letters_in_a_figure_are_seen_from_the_last_row(tour):
    """18 pixels of a stage of 720, as capitals of a fiftieth of the screen's height."""
    own = plt.rcParams["font.size"] * plt.rcParams["figure.dpi"] / 72
    sizes = {n: own * min(scales) for n, scales in each(tour, "letters").items()}
    assert {n: size for n, size in sizes.items() if size < 18} == {}


def test_a_root_ends_where_its_letters_end(tour):
    assert each(tour, "holes") == {}


def test_what_is_told_beside_a_slide_of_the_first_decks_can_be_spoken(tour):
    if tour[0].stem not in {"00_start", "02_perceptron"}:
        return
    words = {n: len(notes.split()) for n, notes in each(tour, "told").items()}
    assert set(words) == set(range(1, len(tour[1]) + 1))
    assert {n: k for n, k in words.items() if not 35 <= k <= 130} == {}


def test_a_slide_has_at_most_40_words(tour):
    assert {n: words for n, words in each(tour, "words").items() if words > 40} == {}


def test_a_slide_has_at_most_6_lines_of_code(tour):
    assert {n: k for n, k in each(tour, "code_lines").items() if k > 6} == {}


def test_a_deck_tells_its_story_in_10_to_20_slides(tour):
    notebook, seen, _ = tour
    tells_a_story = notebook in LESSONS and not notebook.stem.startswith("00")
    assert not tells_a_story or 10 <= len(seen) <= 20


def test_equations_become_mathml(browser, lesson, tmp_path):
    page = opened(browser, lesson, tmp_path, [])
    assert page.locator("section .tex > math").count() == 4  # one is in the notes
    assert page.locator("math munderover").count() == 1
    assert page.locator("math mtable").count() == 1


def test_the_speaker_view_shows_the_notes_without_internet(browser, lesson, tmp_path):
    refused = []
    page = opened(browser, lesson, tmp_path, refused)
    with page.context.expect_page() as popup:
        page.keyboard.press("s")
    popup.value.wait_for_selector("text=Say hello")
    assert popup.value.locator(".speaker-controls-notes math").count() == 1
    assert [what for what in refused if what != "about:blank"] == []


def test_a_slide_too_full_is_noticed(browser, tmp_path):
    long_line = "x = " + " + ".join(["a_long_name"] * 12)
    full = saved(
        tmp_path / "02_full.ipynb",
        markdown("\n".join(f"- point number {n}" for n in range(20)), "slide"),
        code("\n".join([long_line] * 7), "slide"),
        markdown("$\\frac{1}{$ <img src='https://example.org/x.png' alt='x'>", "slide"),
    )
    _, seen, refused = walk(browser, full, tmp_path)
    assert seen[0]["cut_off"] and seen[0]["words"] == 60
    assert seen[1]["cut_off"] and seen[1]["code_lines"] == 7
    assert len(seen[2]["unseen"]) == 2
    assert "https://example.org/x.png" in refused


# -- what a speaker who has not seen the deck needs ------------------------------------


def asked(question="How many?"):
    items = "<ol><li>two</li><li>3 &lt; 4</li></ol>"
    page = f'<div class="course-predict"><b>{question}</b>{items}</div>'
    cell = code("predict()", "slide", **{"text/html": page})
    cell.outputs[0].metadata = {"prediction": {"question": question, "quiz": False}}
    return cell


def came(words, right):
    cell = code("run()", **{"text/html": f"<b>{words}</b>"})
    cell.outputs[0].metadata = {"outcome": {"words": words, "right": right}}
    return cell


def test_the_right_option_is_marked_at_the_next_step_and_told_in_the_notes():
    cells = told([markdown("## One", "slide"), asked(), came("3 it is", "3 < 4")])
    (question,) = [c for c in cells if c.cell_type == "code" and "predict" in c.source]
    page = BeautifulSoup(question.outputs[0].data["text/html"], "html.parser")
    marked = [item.get_text() for item in page.select("li:has(.fragment)")]
    assert marked == ["3 < 4 ✓"]
    notes = [c.source for c in cells if slide_type(c) == "notes"]
    assert notes == ["**The run:** 3 it is Right: 3 < 4."]


@pytest.mark.parametrize("right", [22, "two"])
def test_an_answer_without_words_leaves_no_empty_run_in_the_notes(right):
    cells = told([markdown("## One", "slide"), asked(), came("", right)])
    notes = [c.source for c in cells if slide_type(c) == "notes"]
    assert notes == [f"Right: {right}."]


def test_a_number_appears_at_the_next_step():
    question = asked()
    told([question, came("18 mistakes", 18)])
    page = BeautifulSoup(question.outputs[0].data["text/html"], "html.parser")
    assert page.select_one("p.fragment").get_text() == "✓ 18 mistakes"


def test_a_prediction_is_told_its_own_answer_and_a_quiz_none():
    quiz, first, second = asked("Quiz?"), asked("First?"), asked("Second?")
    quiz.outputs[0].metadata["prediction"]["quiz"] = True
    told([first, quiz, came("not this", "two"), second, came("this", "two")])
    assert ["✓" in c.outputs[0].data["text/html"] for c in (first, quiz, second)] == [
        False,
        False,
        True,
    ]


def test_no_two_slides_have_one_title():
    first, last = markdown("## One", "slide"), markdown("## Two", "slide")
    cells = told([first, asked(), asked(), last])
    titles = [c.source for c in cells if slide_type(c) == "slide"]
    assert titles == ["## One", "## One · predict", "## One · predict (2)", "## Two"]


def test_a_slide_is_named_by_the_claim_it_judges_and_never_after_the_title_alone():
    card = code("claim()", "slide", **{"text/html": "<b>so</b>"})
    card.outputs[0].metadata = {"claim": {"id": "2.4"}}
    cells = told([markdown("# One", "slide"), card, code("show()", "slide")])
    titles = [c.source for c in cells if slide_type(c) == "slide"]
    assert titles == ["# One", "## One · claim 2.4", "## One (2)"]


def fold(cell):
    """The same cell as a further part of its slide."""
    cell.metadata.slideshow.slide_type = "-"
    return cell


def test_words_to_say_stand_for_the_prose_of_their_slide_only():
    first, second = markdown("## One", "slide"), markdown("## Two", "slide")
    first.metadata.slideshow |= {"minutes": 3, "say": "Look here."}
    prose = [markdown(words, "notes") for words in ("long", "longer", "kept")]
    cells = told([first, prose[0], fold(asked()), prose[1], second, prose[2]])
    notes = [c.source for c in cells if slide_type(c) == "notes"]
    assert notes[1:] == ["**3 min**", "Look here.", "kept"]


def test_a_deck_says_what_the_hour_holds_and_what_comes_after():
    first = markdown(
        "# One?\n\n*75 minutes* · needs lesson 00 · CPU is enough", "slide"
    )
    part, last = markdown("## Two", "slide"), markdown("## Summary\n\n- yes", "slide")
    for cell, minutes in zip((first, part, last), (1, 4, 2), strict=True):
        cell.metadata.slideshow.minutes = minutes
    cells = told([first, part, asked(), last], ("02_tiny", 40))
    assert cells[0].source == (
        "# One?\n\n7 minutes · 1 prediction · needs lesson 00 · then exercise 02"
    )
    assert "1 Two · 5 Summary · 7 end" in cells[1].source
    assert "Now the exercise:</b> 02_tiny, 40 minutes" in last.source


# the share of a square figure, in the middle of its box, that is not cut off
SEEN = """(img) => {
  const { width, height } = img.getBoundingClientRect();
  const hidden = parseFloat(img.style.clipPath.split(" ")[1]) / 100 || 0;
  const side = Math.min(width, height);
  return Math.min(1, (width * (1 - hidden) - (width - side) / 2) / side);
}"""


def test_a_figure_with_steps_is_uncovered_from_left_to_right(browser, tmp_path):
    cell = code("show()", "-", tags=["hide-input"], **{"text/html": FIGURE})
    cell.metadata.slideshow.steps = [0.25, 0.5]
    deck = saved(tmp_path / "02_steps.ipynb", markdown("## One", "slide"), cell)
    page = opened(browser, deck, tmp_path, [])
    page.wait_for_function("document.querySelector('section img').style.clipPath")
    seen = []
    for _ in range(3):
        seen.append(page.locator("section img").evaluate(SEEN))
        page.keyboard.press("ArrowRight")
    assert seen == pytest.approx([0.25, 0.5, 1], abs=0.001)


@pytest.mark.parametrize("notebook", LESSONS, ids=lambda path: path.stem)
def test_no_two_slides_of_a_lesson_have_one_title(notebook):
    cells = told(nbformat.read(notebook, as_version=4).cells)
    titles = [c.source.splitlines()[0] for c in cells if slide_type(c) == "slide"]
    assert len(titles) == len(set(titles))


def test_notes_lead_over_to_nothing_that_no_slide_shows():
    shown, table = markdown("- one", "-"), markdown("| 1 |", "skip")
    leads = "It is so. Here it is:"
    notes = [
        markdown(leads, "notes"),
        markdown(f"{leads}\n\n**Now you.** Do.", "notes"),
    ]
    cells = told([markdown("## One", "slide"), notes[0], table, notes[1], shown])
    assert [c.source for c in cells if slide_type(c) == "notes"] == ["It is so.", leads]


def test_a_prediction_that_no_slide_shows_is_not_answered_in_the_notes():
    page = {"text/html": "<p>so</p>"}
    question, answer = code("predict(", "skip", **page), code("run()", "-", **page)
    question.outputs[0].metadata = {"prediction": {"quiz": False, "kind": "number"}}
    answer.outputs[0].metadata = {"outcome": {"words": "18 mistakes", "right": 18}}
    for kind, told_of in (("skip", 0), ("-", 1)):
        question.metadata.slideshow.slide_type = kind
        cells = told([markdown("## One", "slide"), question, answer])
        assert sum("18 mistakes" in c.source for c in cells) == told_of
