#!/usr/bin/env bash
# nbgrader: one student who copies an answer cell ends the grading of all who follow.
#
# Versions: nbgrader 0.9.6.
# One would guess: autograde gives the student whose notebook it cannot read no points,
# says so, and goes on.
# What was seen: a cell copied and pasted has the same grade_id twice, which is an error
# (it speaks of an old format of the metadata); autograde ends with exit status 1. The
# student before is graded, the one after is not.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet nbgrader==0.9.6
cd "$folder"
export PATH="$folder/venv/bin:$PATH" IPYTHONDIR="$folder" JUPYTER_CONFIG_DIR="$folder"
python - <<'PROGRAM'
import copy
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook


def cell(source, name, **roles):
    marks = {
        "grade_id": name,
        "schema_version": 3,
        "locked": False,
        "task": False,
    } | roles
    return new_code_cell(source, metadata={"nbgrader": marks})


def write(notebook, *folder):
    path = Path(*folder, "week1", "sums.ipynb")
    path.parent.mkdir(parents=True)
    nbformat.write(notebook, path)


answer = cell("def twice(x):\n    return 2 * x", "twice", solution=True, grade=False)
test = cell("assert twice(2) == 4", "test_twice", solution=False, grade=True, points=1)
right = new_notebook(cells=[answer, test])
copied = new_notebook(cells=[answer, copy.deepcopy(answer), test])
for extra in copied.cells[1:2]:
    extra["id"] = "copy"
write(right, "source")
for student, notebook in {"ann": right, "bob": copied, "cat": right}.items():
    write(notebook, "submitted", student)
PROGRAM
nbgrader generate_assignment week1 >release.log 2>&1
status=0
nbgrader autograde week1 >grade.log 2>&1 || status=$?
graded=$(ls autograded | tr '\n' ' ')
echo "exit status $status, graded: $graded"
if [ "$status $graded" != "1 ann " ]; then
    echo "Changed: autograde goes on after the copied cell." >&2
    exit 1
fi
