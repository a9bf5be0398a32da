"""Tunes in ABC notation: their bars as written, and their notes as heard.

Read is one tune of ABC 2.1 (2011) in one voice: the fields K:, L: and M:, also within
the tune; notes, chords, rests, ties, triplets and their like, broken rhythms, bar
lines, repeats, endings. Names of chords, grace notes, ornaments and slurs make no sound
and are passed over, as are the other fields (the order of parts in P: is not followed).
"""

import re
from collections import namedtuple
from fractions import Fraction

Note = namedtuple("Note", "pitches length tied")  # MIDI's numbers; a rest has none
Bar = namedtuple("Bar", "notes metre endings before after")  # the signs around it

LENGTH = r"((?:[1-9]\d*)?)(/*)((?:[1-9]\d*)?)"
PITCH = r"(\^\^?|__?|=|)([A-Ga-g])([,']*)"
SIGNS = {
    "note": PITCH + LENGTH,
    "line": r"((?:\[\||\|\]|[:|])+)(\d[\d,-]*)?",
    "silence": r"""[\s\\)~.HLMOPSTuvy`]|\((?!\d)|"[^"]*"|![^!]*!|\{[^}]*\}""",
    "field": r"\[([A-Za-z]):([^\]]*)\]",
    "ending": r"\[(\d[\d,-]*)",
    "chord": rf"\[((?:{PITCH}{LENGTH}-?\s*)+)\]{LENGTH}",
    "rest": "[zx]" + LENGTH,
    "bars_rest": r"Z([1-9]?\d?)",
    "tie": "-",
    "broken": "(>{1,3}|<{1,3})",
    "tuplet": r"\(([2-9])(?::([1-9]?))?(?::([1-9]?))?",
}
SIGNS = {name: re.compile(sign) for name, sign in SIGNS.items()}
HALF_TONES = dict(zip("CDEFGAB", (0, 2, 4, 5, 7, 9, 11), strict=True))
ALTERED = {"=": 0, "^": 1, "^^": 2, "_": -1, "__": -2}
FIFTHS = "FCGDAEB"
MODES = {"": 0, "maj": 0, "ion": 0, "mix": -1, "dor": -2, "m": -3, "min": -3, "aeo": -3}
MODES |= {"phr": -4, "loc": -5, "lyd": 1}  # how many sharps more than major has


def read(text, propagate="pitch"):
    """The bars of one tune, in the order in which they are written.

    Lengths are parts of a whole note. An accidental holds to the bar line, in all
    octaves ("pitch", which section 11.3 of the standard makes the default) or in its
    own ("octave", as in print); or, "not", for its one note.
    """
    if propagate not in ("pitch", "octave", "not"):
        raise ValueError(f"propagate is pitch, octave or not; it is {propagate!r}")
    reader = _Reader(propagate)
    for number, line in enumerate(text.split("\n"), 1):
        music = re.sub("%.*", "", line)
        field = re.match(r"([A-Za-z]):(?![|:])(.*)", music)
        try:
            reader.field(*field.groups()) if field else reader.music(music)
        except ValueError as error:
            raise ValueError(f"line {number} of the tune, {line!r}: {error}") from None
    reader.line("", None)
    if not reader.bars:
        raise ValueError("the tune has no notes")
    after = [bar.before for bar in reader.bars[1:]] + [reader.before]
    pairs = zip(reader.bars, after, strict=True)
    return [bar._replace(after=signs) for bar, signs in pairs]


def melody(text):
    """The text of a tune's melody: K:, L:, M: and the notes, without spaces."""
    melody = ""
    for line in re.sub("%.*", "", text).split("\n"):
        if re.match(r"[KLM]:(?![|:])", line):
            melody += "\n" * (melody[-1:] not in "\n") + line.strip() + "\n"
        elif not re.match(r"[A-Za-z]:(?![|:])", line):
            melody += re.sub(SIGNS["silence"], "", line)
    return melody.strip() + "\n"


def parts_from(signs):
    """Whether a line of these signs parts what is repeated from what is not."""
    return any(sign in signs for sign in (":", "||", "]"))


class _Reader:
    """What was read so far; a method for each kind of sign."""

    def __init__(self, propagate):
        self.propagate, self.key, self.unit, self.metre = propagate, {}, None, None
        self.bars, self.notes, self.before, self.endings = [], [], "", ()
        # alterations: held in this bar, tied over from the last bar, of the last note
        self.held, self.over, self.last = {}, {}, {}
        self.compound, self.next, self.scale, self.left = False, 1, 1, 0

    def music(self, line):
        """Read the signs of a line one after the other."""
        at = 0
        while at < len(line):
            signs = ((name, sign.match(line, at)) for name, sign in SIGNS.items())
            name, found = next((pair for pair in signs if pair[1]), (None, None))
            if not found:
                raise ValueError(
                    f"{line[at]!r} in column {at + 1} is not read. Read are notes, "
                    "chords [CE], ^ _ = , ', lengths 2 /2, rests z x Z, ties -, (3, > "
                    "and <, bar lines, repeats, endings [1 and fields [K:G]."
                )
            getattr(self, name)(*found.groups())
            at = found.end()

    def silence(self):
        pass

    def field(self, name, value):
        """A key, a unit of length or a metre, from here on."""
        value = value.strip()
        if name == "V":
            raise ValueError("tunes of several voices are not read")
        if name == "K":
            self.key = key(value)
            self.unit = self.unit or Fraction(1, 16 if (self.metre or 1) < 0.75 else 8)
        if name == "L":
            self.unit = fraction(value)
        if name == "M":
            value = {"C": "4/4", "C|": "2/2", "none": ""}.get(value, value)
            self.metre = fraction(value) if value else None
            self.compound = value.startswith(("6/", "9/", "12/"))

    def line(self, signs, endings):
        """End the bar, and what its accidentals alter."""
        if self.notes:
            self.bars.append(Bar(self.notes, self.metre, self.endings, self.before, ""))
            self.over = self.last if self.notes[-1].tied else {}
            self.notes, self.before = [], ""
        self.before, self.held = self.before + signs, {}
        if parts_from(signs):
            self.endings = ()
        if endings:
            self.ending(endings)

    def ending(self, numbers):
        """Begin a part that is for some repeats only: 1, 2-4."""
        if self.notes:
            self.line("", None)
        runs = [re.findall(r"\d+", run) for run in numbers.split(",") if run]
        self.endings = tuple(n for r in runs for n in range(int(r[0]), int(r[-1]) + 1))

    def note(self, *found):
        self.chord("".join(found), "", "", "")

    def chord(self, inside, *found):
        """Notes at once, as long as their first."""
        notes = re.findall(PITCH + LENGTH, inside)
        self.last = {}
        pitches = tuple(self.pitch(*note[:3]) for note in notes)
        self.add(pitches, length(*notes[0][3:]) * length(*found[-3:]))
        if "-" in inside:
            self.tie()

    def pitch(self, sign, letter, octave):
        """The number of a note, C being 60."""
        name, step = letter + octave, letter.upper()
        held = step if self.propagate == "pitch" else name
        kept = self.held.get(held, self.over.get(name, self.key.get(step, 0)))
        altered = self.last[name] = ALTERED.get(sign, kept)
        if sign and self.propagate != "not":
            self.held[held] = altered
        octaves = letter.islower() + octave.count("'") - octave.count(",")
        return 60 + 12 * octaves + HALF_TONES[step] + altered

    def rest(self, *found):
        self.add((), length(*found))

    def bars_rest(self, bars):
        self.add((), int(bars or 1) * (self.metre or 1) / (self.unit or 1))

    def add(self, pitches, length):
        """Keep a note of so many units."""
        if self.unit is None:
            raise ValueError("K:, which names the key, must come before the notes")
        length *= self.unit * self.next * (self.scale if self.left else 1)
        self.left, self.next, self.over = max(self.left - 1, 0), 1, {}
        self.notes.append(Note(pitches, length, False))

    def tie(self):
        if self.notes:
            self.notes[-1] = self.notes[-1]._replace(tied=True)

    def broken(self, arrows):
        """a>b: the first note gets half of the second."""
        if not self.notes:
            raise ValueError(f"no note of this bar comes before {arrows}")
        short = Fraction(1, 2 ** len(arrows))
        this, self.next = (2 - short, short) if ">" in arrows else (short, 2 - short)
        self.notes[-1] = self.notes[-1]._replace(length=self.notes[-1].length * this)

    def tuplet(self, p, q, r):
        """(p:q:r, the next r notes, p of them in the time of q."""
        usual = {2: 3, 3: 2, 4: 3, 6: 2, 8: 3}.get(int(p), 3 if self.compound else 2)
        self.scale, self.left = Fraction(int(q or usual), int(p)), int(r or p)


def length(number, slashes, below):
    """What stands behind a note: 3 is 3, 3/2 is 3/2, / is 1/2, // is 1/4."""
    return Fraction(int(number or 1), int(below or 2 ** len(slashes)))


def fraction(text):
    """The number that L: or M: writes as 6/8."""
    if not re.fullmatch(r"[1-9]\d*/[1-9]\d*", text):
        raise ValueError(f"{text!r} is not read. Read are fractions such as 6/8.")
    return Fraction(text)


def key(text):
    """How a key alters notes: {"F": 1} in G or E minor."""
    if text in ("", "none"):
        return {}
    found = re.fullmatch(r"([A-G])([#b]?)\s*([A-Za-z]*)", text)
    tonic, sign, mode = found.groups() if found else ("C", "", "?")
    more = MODES.get(mode.lower()[:3], 99)
    sharps = FIFTHS.index(tonic) - 1 + {"": 0, "#": 7, "b": -7}[sign] + more
    if abs(sharps) > 7:
        raise ValueError(f"the key {text!r} is not read. Read are G, F#m, B dorian, …")
    letters = FIFTHS if sharps > 0 else FIFTHS[::-1]
    return dict.fromkeys(letters[: abs(sharps)], 1 if sharps > 0 else -1)
