"""Files that are not as Jupyter writes them, but can be repaired: all points count."""

import json
import random

import nbformat

from bank.book import case, notebook


@case("07")
def byte_order_mark(book):
    """An editor on Windows put a byte order mark in front."""
    book.save(b"\xef\xbb\xbf" + book.text().encode())


@case("02")
def format_3(book):
    """nbformat 3, of 2014: worksheets, `input` for `source`, no ids."""
    old = nbformat.convert(nbformat.reads(book.text(), as_version=4), 3)
    book.save(nbformat.writes(old, version=3))


@case("03")
def format_4_0(book):
    """nbformat 4.0 knows no ids; the nbgrader metadata tells which cell is which."""
    book.data["nbformat_minor"] = 0
    for cell in book.cells:
        del cell["id"]


@case("04")
def format_4_99(book):
    """A minor version of the future, with fields nobody knows yet."""
    book.data["nbformat_minor"] = 99
    book.data["future"] = {"x": 1}
    for cell in book.cells:
        cell["future"] = [None]


@case("05")
def metadata_lost(book):
    """A tool dropped all metadata; the ids still tell which cell is which."""
    book.data["metadata"] = {}
    for cell in book.cells:
        cell["metadata"] = {}


@case("05")
def metadata_of_a_wrong_type(book):
    """Lists, numbers and nulls where there should be metadata."""
    book.data["metadata"] = None
    for cell, odd in zip(book.cells, [[], 3, None, "x"] * 9, strict=False):
        cell["metadata"] = odd


@case("06")
def ids_all_the_same(book):
    """Every cell has the same id."""
    for cell in book.cells:
        cell["id"] = "x"


@case("06", plain=True)
def ids_and_metadata_lost_in_one_cell(book):
    """An answer pasted into a fresh cell, still in front of its check."""
    cell = book.cell("xor_step")
    source = cell["source"]
    book.insert_after("xor_step", source)
    book.cells.remove(cell)


@case("08")
def fields_missing(book):
    """No outputs, no execution counts, no notebook metadata."""
    del book.data["metadata"]
    for cell in book.cells:
        cell.pop("outputs", None)
        cell.pop("execution_count", None)


@case("07")
def nonsense_in_the_fields(book):
    """Counts and outputs of impossible types, NaN, and outputs under Markdown."""
    book.data["metadata"]["course"] = float("nan")
    odd = ["many", -1, 2.5, [], {"a": None}, 10**40]
    for k, cell in enumerate(book.cells):
        cell["execution_count"] = odd[k % 6]
        cell["outputs"] = [odd[k % 6], {"output_type": "dream"}]
        cell["attachments"] = "none"


@case("07", "dropout")
def cells_that_are_none(book):
    """null and a number among the cells, and an answer without its source."""
    del book.cell("dropout")["source"]
    book.cells[3:3] = [None, 7, "cell", [], {}]


@case("01")
def other_kernels(book):
    """A kernelspec of R and a language nobody has heard of."""
    book.data["metadata"] = {
        "kernelspec": {"name": "ir", "display_name": "R", "language": "R"},
        "language_info": {"name": "klingon", "pygments_lexer": "klingon"},
    }


@case("01")
def carriage_returns(book):
    """Line ends of Windows, in the file and in the sources, some of them lists."""
    for k, cell in enumerate(book.cells):
        text = "".join(cell["source"]).replace("\n", "\r\n")
        cell["source"] = text.splitlines(True) if k % 2 else text
    book.save(book.text().replace("\n", "\r\n"))


@case("02")
def odd_characters(book):
    """NUL, lone surrogates, direction marks and emojis in texts and own cells."""
    odd = "\x00 \ud800 \u202e \U0001f600 \x1b[31m \x7f \ufeff"
    book.cell("title")["source"] = odd
    book.append(odd)
    book.append(odd, "markdown")
    book.append("print(" + ascii(odd) + ")")
    book.cell("setup")["outputs"] = [
        {"output_type": "stream", "name": "stdout", "text": odd}
    ]
    book.save(json.dumps(book.data))


@case("07")
def copy_number_in_the_name(book):
    """A browser called the download `07_deep_nets (1).ipynb`."""
    book.save(name="07_deep_nets (1).ipynb")


@case("08")
def name_of_a_copy(book):
    """JupyterLab calls a copy `08_cars-Copy1.ipynb`."""
    book.save(name="08_cars-Copy1.ipynb")


@case("08")
def an_old_copy_beside_it(book):
    """The blank copy counts for nothing beside the notebook of the right name."""
    book.save()
    blank = json.dumps(notebook("exercises", "08"))
    book.save(blank, name="08_cars-Copy1.ipynb")
    book.save(blank, name=".ipynb_checkpoints/08_cars-checkpoint.ipynb")


@case("04")
def shuffled_cells(book):
    """All cells in another order: the release's order counts."""
    random.Random(4).shuffle(book.cells)


@case("05")
def tests_deleted(book):
    """All checks were deleted; they come from the teacher anyway."""
    book.cells[:] = [c for c in book.cells if not c["id"].endswith("-check")]


@case("05")
def only_the_answers(book):
    """Nothing but the cells with the answers was left."""
    book.cells[:] = [c for c in book.cells if c["id"].endswith("-code")]


@case("06", plain=True)
def copied_and_pasted(book):
    """A wrong answer, copied with its metadata, and corrected in the copy."""
    cell = book.cell("xor_step")
    right = json.loads(json.dumps(cell)) | {"id": "pasted"}
    cell["source"] = "def xor_step(x, y, W, W3, lr):\n    return None"
    book.cells.insert(book.cells.index(cell) + 1, right)


@case("06", "xor_step", plain=True)
def copied_and_spoilt(book):
    """A right answer with a wrong copy behind it: the last definition wins."""
    cell = book.cell("xor_step")
    wrong = json.loads(json.dumps(cell)) | {
        "source": "def xor_step(x, y, W, W3, lr):\n    return None"
    }
    book.cells.insert(book.cells.index(cell) + 1, wrong)


@case("03", plain=True)
def split_in_two(book):
    """An answer split into two cells, which both kept the metadata."""
    cell = book.cell("fit")
    second = json.loads(json.dumps(cell)) | {"id": "second-half"}
    cell["source"] = "def sigmoid(z):\n    return 1 / (1 + np.exp(-z))"
    second["source"] = second["source"].replace("1 / (1 + np.exp(-z))", "sigmoid(z)")
    book.cells.insert(book.cells.index(cell) + 1, second)


@case("04", "softmax", plain=True)
def answer_turned_into_text(book):
    """An answer whose cell became Markdown by a slip of the keyboard is gone."""
    cell = book.cell("softmax")
    cell["cell_type"] = "markdown"
    del cell["outputs"], cell["execution_count"]


@case("04", "hinges", plain=True)
def answer_deleted(book):
    """A deleted answer earns nothing; all else counts."""
    book.cells.remove(book.cell("hinges"))


@case("03")
def set_up_changed(book):
    """The set-up replaced by the student's own; the release's runs all the same."""
    book.write("setup", "import math\nimport numpy\n\nprint('my set-up')")
    book.write("probability", book.read("probability").replace("np.exp", "numpy.exp"))


@case("03")
def set_up_deleted(book):
    """The set-up deleted, and everything told to be locked, hidden or uneditable."""
    book.cells.remove(book.cell("setup"))
    for cell in book.cells:
        cell["metadata"] |= {"editable": False, "deletable": False, "collapsed": True}


@case("04")
def format_nonsense(book):
    """A version that never was, around cells that can be read."""
    book.data["nbformat"] = -17


@case("06")
def utf_16(book):
    """Saved as "Unicode" by an old editor, which says so in its first two bytes."""
    book.save(book.text().encode("utf-16"))
