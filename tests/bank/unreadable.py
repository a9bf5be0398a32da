"""Files that cannot be read or are something else: they count as not submitted."""

import json
import os

from bank.book import case, notebook, references


@case("07", read=False)
def empty_file(book):
    """A file of no bytes."""
    book.save(b"")


@case("07", read=False)
def truncated(book):
    """The upload broke off in the middle."""
    book.save(book.text()[: len(book.text()) // 2])


@case("02", read=False)
def merge_conflict(book):
    """Git left its marks; which half counts is not ours to say."""
    middle = book.text().replace('"cells"', '<<<<<<< HEAD\n "cells"', 1)
    book.save(middle + "\n>>>>>>> mine\n")


@case("02", read=False)
def not_json(book):
    """A letter instead of a notebook."""
    book.save("Dear teacher, my computer broke down.\n")


@case("03", read=False)
def list_for_object(book):
    """The cells alone, without the notebook around them."""
    book.save(json.dumps(book.cells))


@case("03", read=False)
def cells_in_an_object(book):
    """An object where the list of cells should be."""
    book.data["cells"] = {cell["id"]: cell for cell in book.cells}


@case("04", read=False)
def format_2(book):
    """nbformat 2, of 2011, had neither metadata nor ids."""
    book.save(json.dumps({"nbformat": 2, "metadata": {}, "worksheets": []}))


@case("05", read=False)
def too_large(book):
    """More than 20 MB, of padding."""
    book.data["metadata"]["padding"] = "x" * 21_000_000


@case("05", read=False)
def nested_without_end(book):
    """A hundred thousand lists in each other, which no reader of JSON survives."""
    book.save(b'{"cells": ' + b"[" * 100_000)


@case("06", read=False)
def endless_number(book):
    """A version number of 5,000 digits, which Python refuses to read."""
    book.save(book.text().replace('"nbformat": 4', '"nbformat": ' + "4" * 5000))


@case("07", read=False)
def binary(book):
    """A picture with another name."""
    book.save(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)


@case("07", read=False)
def web_page(book):
    """The notebook exported to HTML and renamed."""
    book.save("<!DOCTYPE html>\n<html><body><script>alert(1)</script></body></html>")


@case("08", read=False)
def python_file(book):
    """The notebook exported to Python."""
    book.save("\n\n".join(references("08").values()), name="08_cars.py")


@case("08", read=False)
def another_exercise(book):
    """Exercise 07 handed in as exercise 08: no question of 08 is in it."""
    book.save(json.dumps(notebook("exercises", "07")))


@case("01", read=False)
def nothing_handed_in(book):
    """A folder with nothing in it."""
    book.saved = True


@case("01", read=False)
def only_a_checkpoint(book):
    """What JupyterLab saved for itself was not handed in by anybody."""
    book.save(name=".ipynb_checkpoints/01_learning-checkpoint.ipynb")


@case("02", read=False)
def folder_for_file(book):
    """A folder called 02_perceptron.ipynb."""
    book.save(name="02_perceptron.ipynb/02_perceptron.ipynb")


@case("02", read=False)
def pipe_for_file(book):
    """A named pipe, at which a careless reader waits for ever."""
    os.mkfifo(book.path)
    book.saved = True


def _link(book, target):
    book.path.symlink_to(target)
    book.saved = True


@case("03", read=False)
def link_to_another(book):
    """A symbolic link to the work of an honest student."""
    _link(book, "../honest_03/03_stairs.ipynb")


@case("03", read=False)
def link_to_a_secret(book):
    """A symbolic link to a file that only root may read."""
    _link(book, "/etc/shadow")


@case("04", read=False)
def link_to_endless_zeros(book):
    """A symbolic link to a file that never ends."""
    _link(book, "/dev/zero")


@case("04", read=False)
def link_to_itself(book):
    """A symbolic link to itself."""
    _link(book, "04_hidden_units.ipynb")
