#!/usr/bin/env bash
# pyabc2 sings the names of the chords.
#
# Versions: pyabc2 0.1.4.
# One would guess: in ABC the text "D7" above a note names a chord for the guitar; the
# tune D7 d4, G g4 has two notes.
# What was seen: four. The letters in the quotation marks are read as notes as well, "7"
# as a length.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet pyabc2==0.1.4
"$folder/venv/bin/python" - <<'PROGRAM'
import sys

from pyabc2 import Tune

tune = 'X:1\nT:Two notes\nM:4/4\nL:1/8\nK:G\n"D7"d4 "G"g4 |\n'
notes = [f"{note.class_name} {note.duration}" for note in Tune(tune).iter_notes()]
print(notes)
if notes != ["D 7/8", "D 1/2", "G 1/8", "G 1/2"]:
    sys.exit("Changed: the names of the chords are no longer read as notes.")
PROGRAM
