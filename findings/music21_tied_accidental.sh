#!/usr/bin/env bash
# music21: a tie over the bar line joins two different pitches.
#
# Versions: music21 10.5.1.
# One would guess: in "^F4-|F2 F2" the tied F is sharp as well, for a tie joins notes of
# one pitch; that is how it is printed.
# What was seen: F sharp, with a tie to F, also below the line "%abc-2.1", which makes
# accidentals hold to the bar line. Played, the note changes while it sounds.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet music21==10.5.1
"$folder/venv/bin/python" - <<'PROGRAM'
import sys

from music21 import converter

tune = "%abc-2.1\nX:1\nT:Tie\nM:4/4\nL:1/4\nK:C\n^F4-|F2 F2|\n"
notes = converter.parseData(tune, format="abc").recurse().notes
seen = [(note.pitch.name, note.tie and note.tie.type) for note in notes]
print(seen)
if seen[:2] != [("F#", "start"), ("F", "stop")]:
    sys.exit("Changed: a tie carries its accidental over the bar line.")
PROGRAM
