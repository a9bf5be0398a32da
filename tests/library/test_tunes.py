"""A tune's text is read as the ABC standard 2.1 has it, and sounds as it is written."""

import base64
import io
import re
import wave
from fractions import Fraction

import numpy as np
import pytest

from course_lib import datasets, sounds, tunes

HEAD = "X:1\nT:A tune\nM:4/4\nL:1/4\nK:C\n"
FAULTY = {"Joy of the Dance", "Dance All Night"}  # [e2c2(3A/2B/2c/2| and [+GB]


def notes(music, head=HEAD, **how):
    """The pitches of a melody as numbers (a rest is None, a chord a tuple), lengths."""
    found = [note for bar in tunes.read(head + music, **how) for note in bar.notes]
    kinds = {0: lambda p: None, 1: lambda p: p[0]}
    pitches = [kinds.get(len(n.pitches), tuple)(n.pitches) for n in found]
    return pitches, [n.length * 4 for n in found]  # in quarters


def pitches(music, head=HEAD, **how):
    return notes(music, head, **how)[0]


def lengths(music, head=HEAD):
    return notes(music, head)[1]


# -- pitches ---------------------------------------------------------------------


def test_letters_commas_and_apostrophes_tell_the_octave():
    assert pitches("C,, C, C c c' c''") == [36, 48, 60, 72, 84, 96]
    assert pitches("CDEFGABc") == [60, 62, 64, 65, 67, 69, 71, 72]


@pytest.mark.parametrize(
    "key, altered",
    [
        ("C", ""),
        ("Am", ""),
        ("none", ""),
        ("G", "F#"),
        ("E minor", "F#"),
        ("Bm", "F# C#"),
        ("B", "F# C# G# D# A#"),
        ("F#", "F# C# G# D# A# E#"),
        ("F", "Bb"),
        ("Cm", "Bb Eb Ab"),
        ("Db", "Bb Eb Ab Db Gb"),
        ("D dorian", ""),
        ("Ador", "F#"),
        ("D Mix", "F#"),
        ("Ephr", ""),
        ("Flyd", ""),
        ("Bloc", ""),
        ("C ionian", ""),
    ],
)
def test_a_key_alters_the_notes_it_should(key, altered):
    expected = {a[0]: 1 if a[1] == "#" else -1 for a in altered.split()}
    assert tunes.key(key) == expected


def test_an_accidental_holds_to_the_bar_line_in_all_octaves():
    music = "^F F f F, | F =F"
    assert pitches(music) == [66, 66, 78, 54, 65, 65]
    assert pitches(music, propagate="octave") == [66, 66, 77, 53, 65, 65]
    assert pitches(music, propagate="not") == [66, 65, 77, 53, 65, 65]


def test_a_natural_holds_against_the_key_and_doubles_are_two_half_tones():
    head = HEAD.replace("K:C", "K:D")
    assert pitches("=F F ^^F F | F __B", head) == [65, 65, 67, 67, 66, 69]


@pytest.mark.parametrize("line", ["|", "||", ":|", "|:", "::", "|]", "|1", ":|2"])
def test_every_bar_line_ends_an_accidental(line):
    assert pitches(f"^F F {line} F") == [66, 66, 65]


def test_a_tie_carries_an_accidental_over_the_bar_line_for_one_note():
    assert pitches("^F4- | F2 F2") == [66, 66, 65]
    assert pitches("^F4 | F2 F2") == [66, 65, 65]
    assert pitches("[^FA]4- | [FA]2 F2") == [(66, 69), (66, 69), 65]


def test_an_accidental_of_a_chord_holds_for_what_follows_and_the_other_way_round():
    assert pitches("[^FA] F | ^F [FA]") == [(66, 69), 66, 66, (66, 69)]


# -- lengths ---------------------------------------------------------------------


def test_lengths_are_multiples_and_parts_of_the_unit():
    read = lengths("A A2 A/ A// A/4 A3/2 A3/ z2 x [CE]2 [C2E2]/2")
    assert read == [
        *(1, 2, Fraction(1, 2), Fraction(1, 4), Fraction(1, 4), Fraction(3, 2)),
        *(Fraction(3, 2), 2, 1, 2, 1),
    ]


@pytest.mark.parametrize(
    "metre, unit", [("2/4", 1 / 4), ("3/4", 1 / 2), ("6/8", 1 / 2), ("C|", 1 / 2)]
)
def test_the_metre_of_the_header_gives_the_unit_where_l_does_not(metre, unit):
    head = f"X:1\nM:{metre}\nK:C\nM:4/4\n"  # a later metre changes nothing
    assert lengths("A", head) == [unit]


def test_fields_change_what_follows_within_a_line_and_on_lines_of_their_own():
    music = "FA[K:D]FA[L:1/8]F|\nL:1/16\nK:F\nB"
    assert notes(music) == ([65, 69, 66, 69, 66, 70], [1, 1, 1, 1, 0.5, 0.25])


def test_a_bar_has_the_metre_that_holds_when_it_ends():
    bars = tunes.read(HEAD + "ABcd|[M:3/4]ABc|\nM:6/8\nABc|[M:none]A|")
    metres = [bar.metre for bar in bars]
    assert metres == [1, Fraction(3, 4), Fraction(3, 4), None]
    assert [sum(note.length for note in bar.notes) for bar in bars[:3]] == metres[:3]


def test_broken_rhythms_lengthen_one_note_and_shorten_the_other():
    quarter = Fraction(1, 4)
    assert lengths("A>B A<B") == [1.5, 0.5, 0.5, 1.5]
    assert lengths("A2>>B2") == [4 - 2 * quarter, 2 * quarter]
    assert lengths("A>B>c") == [1.5, 0.75, 0.5]


def test_tuplets_put_so_many_notes_into_the_time_of_others():
    third, two = Fraction(1, 3), Fraction(2, 3)
    assert lengths("(3ABc d") == [two, two, two, 1]
    assert lengths("(3A/B/c/ d") == [third, third, third, 1]
    assert lengths("(2AB (4ABcd") == [1.5, 1.5, *[0.75] * 4]
    assert lengths("(3:2:2Az A (3::4A[CE]AA A") == [two, two, 1, *[two] * 4, 1]
    assert lengths("(5ABcde", HEAD.replace("4/4", "6/8"))[0] == Fraction(3, 5)
    assert lengths("(5ABcde")[0] == Fraction(2, 5)


def test_rests_of_whole_bars_are_as_long_as_their_bars():
    assert lengths("Z | Z2 |", HEAD.replace("4/4", "3/4")) == [3, 6]


# -- bars, repeats, ties ---------------------------------------------------------


def letters(music):
    """The notes of a tune, as they are played, as letters."""
    played = sounds.played(tunes.read(HEAD + music))
    return "".join("C D EF G A B"[n.pitches[0] - 60] for n in played)


@pytest.mark.parametrize(
    "music, heard",
    [
        ("C|D|", "CD"),
        ("C|D:|E", "CDCDE"),
        ("C|:D:|E", "CDDE"),
        ("C::D:|", "CCDD"),
        ("C:|\n|:D:|", "CCDD"),
        ("C||D:|", "CDD"),
        ("C|]D:|", "CDD"),
        ("C|D|1E:|2F|G|", "CDECDFG"),
        ("C|D|[1E:|[2F||G:|", "CDECDFGG"),
        ("C [1 D:|[2 E::F:|", "CDCEFF"),
        ("C|[1-3D:|[4E|]", "CDCDCDCE"),
        ("C|[1,3D:|[2E:|", "CDCECD"),
        ("C|[1D|E:|[2F|G||A", "CDECFGA"),
        ("C|[1D:|", "CDC"),
    ],
)
def test_repeats_and_endings_are_played(music, heard):
    assert letters(music) == heard


def test_tied_notes_are_one_where_they_are_the_same():
    played = sounds.played(tunes.read(HEAD + "A4-|A2 A2-|B4 -|B4"))
    assert [(n.pitches, n.length) for n in played] == [
        *(((69,), 1.5), ((69,), 0.5), ((71,), 2))
    ]


def test_a_bar_knows_the_signs_around_it():
    bars = tunes.read(HEAD + "|:AB|cd:|\n|:[1ef||")
    assert [(bar.before, bar.after) for bar in bars] == [
        *(("|:", "|"), ("|", ":||:"), (":||:", "||"))
    ]
    assert [bar.endings for bar in bars] == [(), (), (1,)]


# -- what makes no sound, and what is not read -----------------------------------


def test_names_of_chords_ornaments_graces_comments_and_other_fields_are_silent():
    music = '"D7"A{gab}B !trill!~c (d e)\\\n% D E F\nP:B\nw:do re\nA:|\n'
    assert pitches(music) == [69, 71, 72, 74, 76, 69]


def test_a_melody_is_the_same_tune_with_less_text():
    text = HEAD + '"D7" A2 {g}B ~c|\\\nP:B\n(d e) [K:G] "A/c+" f f-\\\nM:3/4\n Z2 :|\n'
    melody = tunes.melody(text)
    assert melody == "M:4/4\nL:1/4\nK:C\nA2Bc|de[K:G]ff-\nM:3/4\nZ2:|\n"


@pytest.mark.parametrize(
    "music, says",
    [
        ("AB#", "line 6 of the tune, 'AB#': '#' in column 3 is not read. Read are"),
        ("AB\nA [+GB]", "line 7 of the tune, 'A [+GB]': '[' in column 3"),
        ("A0", "'0' in column 2"),
        ("A/0", "'0' in column 3"),
        ("(1A", "'(' in column 1"),
        (">A", "no note of this bar comes before >"),
        ("A&B", "'&'"),
        ("V:2\nA", "several voices"),
        ("K:H", "the key 'H' is not read. Read are G, F#m, B dorian"),
        ("K:G#", "the key 'G#'"),
        ("[L:8]A", "'8' is not read. Read are fractions such as 6/8"),
        ("M:0/4", "'0/4' is not read"),
    ],
)
def test_what_is_not_read_is_named_with_its_line(music, says):
    with pytest.raises(ValueError, match=re.escape(says)):
        tunes.read(HEAD + music)


def test_a_tune_without_a_key_or_notes_and_an_unknown_rule_are_errors():
    with pytest.raises(ValueError, match="the tune has no notes"):
        tunes.read(HEAD + "|")
    with pytest.raises(ValueError, match="K:, which names the key, must come before"):
        tunes.read("X:1\nM:4/4\nABc")
    with pytest.raises(ValueError, match="is pitch, octave or not; it is 'bar'"):
        tunes.read(HEAD + "A", propagate="bar")


# -- sound -----------------------------------------------------------------------


def test_a_note_sounds_at_its_pitch_for_its_length_and_a_rest_is_silent():
    rate = 8000
    sound = sounds.samples(sounds.played(tunes.read(HEAD + "A2 z2")), 2, rate)
    assert len(sound) == 2 * rate and np.abs(sound).max() == 1
    first, rest = sound[:rate], sound[rate:]
    assert not rest.any()
    assert np.abs(np.fft.rfft(first)).argmax() == 440  # Hz, since it lasts 1 s
    assert abs(first[0]) < 0.01 > abs(first[-1]), "no click"
    assert np.abs(first[:800]).max() > 3 * np.abs(first[-800:]).max(), "it fades"


def test_the_player_holds_the_samples_and_says_what_is_heard(capsys, monkeypatch):
    shown = []
    monkeypatch.setattr(sounds, "display", lambda data, raw: shown.append(data))
    sound = np.sin(np.arange(4000) / 5)
    sounds.listen(sound, 'a tone, "soft"')
    (data,) = shown
    assert data["text/plain"] == 'a tone, "soft"'
    assert 'aria-label="a tone, &quot;soft&quot;"' in data["text/html"]
    file = base64.b64decode(re.search('base64,([^"]+)', data["text/html"])[1])
    with wave.open(io.BytesIO(file)) as opened:
        assert opened.getframerate() == 8000 and opened.getnframes() == 4000
        heard = np.frombuffer(opened.readframes(4000), "uint8")
    assert np.abs((heard - 128.0) / 120 - sound).max() < 0.01


# -- the whole collection --------------------------------------------------------


@pytest.fixture(scope="module")
def collection(course_data):
    """{text: its bars} of all tunes, but for two whose text is faulty."""
    titles = {text: re.search("^T:(.*)$", text, re.M)[1] for text in datasets.tunes()}
    return {text: tunes.read(text) for text in titles if titles[text] not in FAULTY}


@pytest.mark.slow
def test_all_tunes_but_two_faulty_ones_are_read(collection):
    texts = datasets.tunes()
    assert len(texts) == len(set(texts)) == 1034 and len(collection) == 1032
    for text in set(texts) - set(collection):
        with pytest.raises(ValueError, match=r"'\[' in column"):
            tunes.read(text)
    assert (
        sum(len(bar.notes) for bars in collection.values() for bar in bars) == 105_338
    )


@pytest.mark.slow
def test_a_melody_has_the_notes_of_its_tune(collection):
    for text, bars in collection.items():
        assert tunes.read(tunes.melody(text)) == bars, text


@pytest.mark.slow
def test_nearly_all_bars_of_the_collection_have_their_metres_length(collection):
    bars = [bar for bars in collection.values() for bar in bars]
    inner = [bar for bar in bars if bar.before == bar.after == "|"]
    right = [sum(n.length for n in bar.notes) == bar.metre for bar in inner]
    assert len(right) > 10_000 and np.mean(right) > 0.98


@pytest.mark.slow
def test_the_rule_for_accidentals_decides_the_pitches_of_many_tunes(collection):
    def differ(text, how):
        sung = [[n.pitches for n in bar.notes] for bar in collection[text]]
        return sung != [[n.pitches for n in b.notes] for b in tunes.read(text, how)]

    accidental = [text for text in collection if re.search("[_^=]", text)]
    assert sum(differ(text, "not") for text in accidental) == 133
    assert sum(differ(text, "octave") for text in accidental) == 6
