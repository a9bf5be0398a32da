"""Tunes as they sound: in the order in which they are played, and to be heard."""

import base64
import io
import wave
from html import escape

import numpy as np
from IPython.display import display

from course_lib.tunes import parts_from


def played(bars):
    """The notes as they are heard: repeats and endings unfolded, tied notes as one.

    A repeat goes back to the last repeat sign or double line.
    """
    notes, part = [], []
    for bar, later in zip(bars, [*bars[1:], None], strict=True):
        part.append(bar)
        if later and (later.endings or not parts_from(bar.after)):
            continue
        twice = any(b.after.startswith(":") for b in part)
        turns = max([1 + twice] + [n for b in part for n in b.endings])
        for turn in range(1, turns + 1):
            notes += [n for b in part if turn in (b.endings or [turn]) for n in b.notes]
        part = []
    return tied(notes)


def tied(notes):
    """The notes, those that a tie joins as one."""
    joined = []
    for note in notes:
        if joined and joined[-1].tied and joined[-1].pitches == note.pitches:
            note = note._replace(length=joined.pop().length + note.length)
        joined.append(note)
    return joined


def samples(notes, whole=2, rate=8000):
    """Samples (n,) in -1 to 1 of these notes, a whole note lasting `whole` seconds.

    Each is its tone and two overtones, which fade away: e^(-3t) Σ_k sin(2π k f t) / k².
    """
    ends = rate * whole * np.cumsum([float(note.length) for note in notes])
    starts = np.append(0, ends).astype(int)
    sum_ = np.zeros(starts[-1])
    for note, start, end in zip(notes, starts[:-1], starts[1:], strict=True):
        t = np.arange(end - start) / rate
        fade = np.exp(-3 * t) * np.minimum(1, np.minimum(t, t[::-1]) * 200)
        for pitch in note.pitches:
            angle = 2 * np.pi * 440 * 2 ** ((pitch - 69) / 12) * t
            tones = np.sin(angle) + np.sin(2 * angle) / 4 + np.sin(3 * angle) / 9
            sum_[start:end] += fade * tones
    return sum_ / max(1e-9, np.abs(sum_).max(initial=0))


def listen(samples, alt, rate=8000):
    """Show a player for the samples, one byte each; alt says what is to be heard."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setparams((1, 1, rate, 0, "NONE", ""))
        out.writeframes((128 + 120 * samples).astype("uint8").tobytes())
    source = base64.b64encode(file.getvalue()).decode()
    player = (
        f'<audio controls aria-label="{escape(alt)}" '
        f'src="data:audio/wav;base64,{source}">{escape(alt)}</audio>'
    )
    display({"text/html": player, "text/plain": alt}, raw=True)
