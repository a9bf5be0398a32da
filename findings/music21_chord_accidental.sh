#!/usr/bin/env bash
# music21: the accidental of a note does not hold for a chord in the same bar.
#
# Versions: music21 10.5.1.
# One would guess: where accidentals hold to the bar line (music21 does so below the
# line "%abc-2.1"), the F of the chord in "^F [FA]" is sharp, and so is the later F in
# "[^FA] F".
# What was seen: both are F. Notes of chords neither take nor give an accidental.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet music21==10.5.1
"$folder/venv/bin/python" - <<'PROGRAM'
import sys

from music21 import converter


def pitches(music):
    tune = f"%abc-2.1\nX:1\nT:Chords\nM:2/4\nL:1/4\nK:C\n{music}\n"
    notes = converter.parseData(tune, format="abc").recurse().notes
    return [" ".join(pitch.name for pitch in note.pitches) for note in notes]


plain, before, behind = pitches("^F F|"), pitches("^F [FA]|"), pitches("[^FA] F|")
print(f"notes only {plain}\nthen a chord {before}\nfirst a chord {behind}")
if (plain, before, behind) != (["F#", "F#"], ["F#", "F A"], ["F# A", "F"]):
    sys.exit("Changed: an accidental reaches from notes to chords, or from chords.")
PROGRAM
