#!/usr/bin/env bash
# music21: how long an accidental of an ABC tune lasts depends on a comment in line 1.
#
# Versions: music21 10.5.1.
# One would guess: in "^F2 F2 F4 | F8" all notes of the first bar are F sharp, as in
# print.
# What was seen: only the first is; the others are F. Put "%abc-2.1" before the tune and
# all three are sharp. No file of the Nottingham collection has such a line, so that a
# net which learns from it by way of music21 learns other pitches, without an error.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet music21==10.5.1
"$folder/venv/bin/python" - <<'PROGRAM'
import sys

from music21 import converter

tune = "X:1\nT:Bars\nM:4/4\nL:1/8\nK:C\n^F2 F2 F4 | F8 |\n"


def pitches(text):
    notes = converter.parseData(text, format="abc").recurse().notes
    return [note.pitch.name for note in notes]


bare, versioned = pitches(tune), pitches("%abc-2.1\n" + tune)
print(f"bare tune {bare}\nwith a version line {versioned}")
if (bare, versioned) != (["F#", "F", "F", "F"], ["F#", "F#", "F#", "F"]):
    sys.exit(
        "Changed: the version line no longer decides how long an accidental lasts."
    )
PROGRAM
