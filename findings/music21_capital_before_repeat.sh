#!/usr/bin/env bash
# music21: a note A to G right before the bar line "::" vanishes, and its line with it.
#
# Versions: music21 10.5.1.
# One would guess: "C B::d e" has four notes; "::" ends one repeat and begins another.
# What was seen: one note. "B:" is taken for a field (the standard's B: names a book),
# which lasts to the end of the line, without an error. With a space before "::", or a
# length or a small letter, all four are there. Of the 1,034 tunes of the Nottingham
# collection, 50 lose notes in this way.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet music21==10.5.1
"$folder/venv/bin/python" - <<'PROGRAM'
import sys

from music21 import converter


def pitches(music):
    tune = f"X:1\nT:Repeats\nM:2/4\nL:1/4\nK:C\n{music}\n"
    notes = converter.parseData(tune, format="abc").recurse().notes
    return [note.pitch.nameWithOctave for note in notes]


joined, apart = pitches("C B::d e:|"), pitches("C B ::d e:|")
print(f"joined {joined}\napart {apart}")
if (joined, apart) != (["C4"], ["C4", "B4", "D5", "E5"]):
    sys.exit("Changed: a capital letter before :: is no longer taken for a field.")
PROGRAM
