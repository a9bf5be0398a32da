"""Turn a lesson into a deck: one HTML file that needs no internet.

The slides are the lesson's own cells, chosen with Jupyter's slide types.
"""

import base64
import re
from pathlib import Path

import nbformat
from jinja2 import pass_context
from nbconvert.exporters.slides import SlidesExporter
from nbconvert.filters.markdown_mistune import (
    IPythonRenderer,
    MarkdownWithMath,
    MathInlineParser,
)
from traitlets.config import Config

from course_lib.classroom import ROOT, CourseError
from course_lib.classroom.minutes import exercise_minutes
from course_lib.classroom.paths import find, write
from course_lib.classroom.slide_story import SLIDE_TYPES, slide_type, told

DECK = Path(__file__).parent / "deck"
# what needs a running page (widgets, scripts) is left out for its still picture
SHOWN = [
    "text/html",
    "text/markdown",
    "image/svg+xml",
    "image/png",
    "image/jpeg",
    "text/latex",
    "text/plain",
]


def make_decks(names, out, root=ROOT):
    """Write a deck for each lesson, for all where none is named; return the paths."""
    decks = []
    for notebook in find(root / "notebooks", names):
        deck = Path(out) / f"{notebook.stem}.html"
        write(deck, deck_html(notebook))
        print(f"{deck}  {deck.stat().st_size / 1e6:.1f} MB")
        decks.append(deck)
    return decks


def deck_html(notebook):
    """Return the deck of one saved notebook as a page that loads nothing."""
    nb = nbformat.read(notebook, as_version=4)
    if not any(slide_type(cell) in SLIDE_TYPES for cell in nb.cells):
        raise CourseError(
            f"{notebook} has no slides. Give the cells to show the slide type "
            "'slide' (in JupyterLab: Property Inspector, Slide Type)."
        )
    nb.cells = told(nb.cells, _exercise(notebook))
    resources = {"deck_title": _title(nb, notebook.stem), "deck_part": _part}
    page, _ = DeckExporter(config=_config()).from_notebook_node(nb, resources)
    return page


def _exercise(notebook):
    """The name and the minutes of a lesson's exercise; None where it has none."""
    path = ROOT / "exercises" / notebook.stem / notebook.name
    if path.exists():
        return notebook.stem, exercise_minutes(nbformat.read(path, as_version=4))
    return None


def _title(nb, default):
    heading = re.compile(r"^# +(.+)$", re.MULTILINE)
    sources = (cell.source for cell in nb.cells if cell.cell_type == "markdown")
    found = filter(None, map(heading.search, sources))
    return next((match[1].strip() for match in found), default)


def _part(name):
    """Return one file of the deck, made safe to stand inside the page."""
    text = (DECK / name).read_text(encoding="utf-8")
    if name.endswith(".css"):
        return re.sub(r"url\((fonts/[\w.-]+)\)", _embedded, text)
    # a script that speaks of <!-- and <script> could swallow the rest of the page
    return re.sub(r"<(?=!--|/?script)", r"\\x3C", text)


def _embedded(match):
    data = base64.b64encode((DECK / match[1]).read_bytes()).decode()
    return f"url(data:font/woff2;base64,{data})"


def _config():
    hidden = {"hide-input", "remove-input"}
    return Config(
        NbConvertBase={"display_data_priority": SHOWN},
        TagRemovePreprocessor={"enabled": True, "remove_input_tags": hidden},
        TemplateExporter={
            "extra_template_basedirs": [str(DECK.parent)],
            "exclude_input_prompt": True,
            "exclude_output_prompt": True,
        },
    )


class DeckExporter(SlidesExporter):
    """nbconvert's slides, in our own page and with equations as elements."""

    template_name = "deck"

    @pass_context
    def markdown2html(self, context, source):
        """Markdown to HTML, each equation kept as TeX for the deck to typeset."""
        renderer = EquationRenderer(
            escape=False,
            exclude_anchor_links=True,
            attachments=context.get("cell", {}).get("attachments", {}),
        )
        return MarkdownWithMath(renderer, inline=EquationParser()).render(source)


class EquationRenderer(IPythonRenderer):
    """Put the TeX of each equation into an element of class `tex`."""

    def inline_math(self, body):
        return f'<span class="tex">{self.escape_html(body)}</span>'

    def block_math(self, body):
        return f'<span class="tex" data-display>{self.escape_html(body)}</span>'

    def latex_environment(self, name, body):
        return self.block_math(f"\\begin{{{name}}}{body}\\end{{{name}}}")


class EquationParser(MathInlineParser):
    """Take $x$ for an equation, but neither "$5 or $6" nor a dollar in code."""

    SPECIFICATION = {
        **MathInlineParser.SPECIFICATION,
        "inline_math_tex": (
            r"(?<![$\\])\$(?P<math_inline_tex>(?!\s)[^$`]+?)(?<![\s\\])\$(?![\d$])"
        ),
    }
