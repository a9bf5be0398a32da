"""Can a net write tunes? An LSTM and an n-gram on the Nottingham collection, in ABC.

    python benchmarks/tunes.py [--seeds 3] [--store] [--quick]

They learn to tell the next letter of melodies: K:, L:, M: and the notes, without names
of chords and without spaces (course_lib.tunes.melody), in random order, with an empty
line between them. Left out are two tunes whose text is faulty, and repeats: tunes of
which more than half of the rows of 40 letters stand in an earlier one. 100 tunes are
the test, 100 the validation; the others are learnt from.

    LSTM      128 units and a linear output, from pieces of 100 letters, 32 a step of
              Adam: 22 times all tunes, shuffled and cut anew each time. Gradients over
              1 are cut to 1. The rate is 0.005 for half of the steps, then falls
              in a straight line to 0.
    n-gram    course_lib.text.NGram; n is the best of 3 to 11 on the validation tunes

Each then reads the last 100 letters learnt from and writes a tune, letter by letter by
its own probabilities, 100 times. Of these, and of the test tunes:

    read      share that course_lib.tunes can read
    ends      share that ends in a bar line
    bars      share of the bars between two plain bar lines | that have the length which
              M: asks for, in tunes that can be read
    copied    the longest row of letters that stands in a tune learnt from: its median
              and its maximum over the tunes, headers left out

The first three tunes of each are stored as they came. `accidentals` tells in how many
tunes the pitches are others if an accidental holds for its one note ("not") or in its
own octave ("octave") instead of in all octaves to the bar line.
"""

import time

import numpy as np
import typer
from threadpoolctl import threadpool_limits

from course_lib import datasets, results, tunes
from course_lib.layers import Dense, Sequential
from course_lib.maths import cross_entropy, sigmoid, softmax
from course_lib.recurrent import LSTM
from course_lib.text import Alphabet, NGram, pieces
from course_lib.training import Adam, batches, clip

NAME = "tunes"  # of the stored result
UNITS, PIECE, BATCH, EPOCHS, RATE = 128, 100, 32, 22, 0.005
LONGEST = 1500  # letters of a tune that does not end by itself


# -- tunes to learn from -----------------------------------------------------------


def readable(texts):
    """The texts that can be read as tunes."""
    found = []
    for text in texts:
        try:
            tunes.read(text)
            found.append(text)
        except ValueError:
            pass
    return found


def without_repeats(melodies, row=40):
    """The melodies of which at most half of the rows stand in an earlier one."""
    kept, seen = [], set()
    for melody in melodies:
        rows = {melody[k : k + row] for k in range(len(melody) - row + 1)}
        if len(rows & seen) <= len(rows) / 2:
            kept.append(melody)
        seen |= rows
    return kept


def made_up(n, rng):
    """n tunes of random notes, for a quick run: their texts."""
    bars = ["".join(rng.choice([*"CDEFGABc"], 4)) for _ in range(8 * n)]
    bodies = ["|".join(bars[8 * k : 8 * k + 8]) for k in range(n)]
    return [f"X:1\nT:No {k}\nM:4/4\nL:1/4\nK:C\n{b}|]\n" for k, b in enumerate(bodies)]


def joined(melodies):
    """One text, an empty line before, between and behind the melodies."""
    return "\n" + "".join(melody + "\n" for melody in melodies)


def other_pitches(texts):
    """In how many tunes, and for how many notes, each rule gives other pitches."""

    def pitches(text, rule):
        return [note.pitches for bar in tunes.read(text, rule) for note in bar.notes]

    found = {}
    for rule in ("not", "octave"):
        pairs = [(pitches(text, "pitch"), pitches(text, rule)) for text in texts]
        wrong = [sum(p != q for p, q in zip(*pair, strict=True)) for pair in pairs]
        found[rule] = {"tunes": int(np.count_nonzero(wrong)), "notes": sum(wrong)}
    return found


# -- the net and the n-gram --------------------------------------------------------


def train(melodies, alphabet, epochs, seed):
    """A net that has learned to tell the next letter of the melodies."""
    rng, K = np.random.default_rng(seed), len(alphabet)
    net = Sequential(LSTM(K, UNITS, rng), Dense(UNITS, K, rng)).astype("float32")
    letter = np.eye(K, dtype="float32")
    steps = epochs * (len(joined(melodies)) // (PIECE * BATCH) + 1)
    adam = Adam(lambda t: RATE * max(0, min(1, 2 * (1 - (t - 1) / steps))))
    for _ in range(epochs):
        shuffled = [melodies[k] for k in rng.permutation(len(melodies))]
        codes = alphabet.encode(joined(shuffled))[rng.integers(PIECE) :]
        x, y = pieces(codes, PIECE)
        for k in batches(len(x), BATCH, rng):
            _, dy = cross_entropy(net.forward(letter[x[k]]), y[k])
            net.gradients(dy)
            clip(net)
            adam.step(net)
    return net


def bits(net, codes):
    """The net's mean surprise at each letter but the first, in bits."""
    x = np.eye(net.layers[-1].W.shape[1], dtype="float32")[codes[None, :-1]]
    return float(cross_entropy(net.forward(x), codes[None, 1:])[0] / np.log(2))


class NetWriter:
    """The net one letter at a time, for n tunes at once; it keeps h and c."""

    def __init__(self, net, n):
        self.lstm, self.dense = net.layers
        self.h, self.c = np.zeros((2, n, len(self.lstm.U)), "float32")

    def next(self, codes):
        """p (n, K) of the next letters after one more letter each (n,)."""
        z = self.lstm.W[codes] + self.lstm.b + self.h @ self.lstm.U
        i, f, g, o = np.split(z, 4, axis=1)
        self.c = sigmoid(f) * self.c + sigmoid(i) * np.tanh(g)
        self.h = sigmoid(o) * np.tanh(self.c)
        return softmax(self.h @ self.dense.W + self.dense.b)


class NGramWriter:
    """The n-gram in the same way; it keeps the last n - 1 letters."""

    def __init__(self, model, n):
        self.model, self.before = model, np.zeros((n, 0), int)

    def next(self, codes):
        """p (n, K) of the next letters after one more letter each (n,)."""
        self.before = np.column_stack([self.before, codes])[:, 1 - self.model.n :]
        return self.model.next(self.before)


def write(writer, n, alphabet, before, rng):
    """n tunes that follow the text before, each up to its empty line."""
    for code in alphabet.encode(before):
        p = writer.next(np.full(n, code))
    codes = np.empty((LONGEST, n), int)
    for t in range(LONGEST):
        p = p.cumsum(axis=1)
        codes[t] = (p < rng.random((n, 1)) * p[:, -1:]).sum(axis=1)
        p = writer.next(codes[t])
    return [alphabet.decode(column).partition("\n\n")[0] + "\n" for column in codes.T]


# -- what is measured of tunes -----------------------------------------------------


def shares(melodies, learnt):
    """What the table tells of these melodies."""
    good = readable(melodies)
    bars = [bar for text in good for bar in tunes.read(text)]
    inner = [bar for bar in bars if bar.before == bar.after == "|" and bar.metre]
    right = [sum(note.length for note in bar.notes) == bar.metre for bar in inner]
    copied = [len(longest_copy(melody, learnt)) for melody in melodies]
    return {
        "read": round(len(good) / len(melodies), 3),
        "ends": round(float(np.mean([t.strip()[-1:] in "|:]" for t in melodies])), 3),
        "bars": round(float(np.mean(right)), 4) if right else None,
        "copied": [int(np.median(copied)), max(copied)],
        "letters": int(np.median([len(melody) for melody in melodies])),
    }


def longest_copy(melody, learnt):
    """The longest row of letters, all in one line, that stands in the text learnt."""
    best = ""
    for line in melody.split("\n"):
        if line[1:2] == ":" and line[2:3] != "|":
            continue  # a header
        for start in range(len(line)):
            while (row := line[start : start + len(best) + 1]) in learnt:
                if len(row) <= len(best):
                    break  # the line ends here
                best = row
    return best


def line(name, found):
    """One line of the table."""
    of_test = f"{found['bits']:10.3f}" if "bits" in found else " " * 10
    return (
        f"{name:14}{of_test}{found['read']:8.1%}{found['ends']:8.1%}"
        f"{found['bars'] or 0:8.1%}{found['copied'][0]:8}{found['copied'][1]:6}"
    )


def main(seeds: int = 3, store: bool = False, quick: bool = False):
    """Train, let both write, print a table, and store it if asked to."""
    if store and quick:
        raise typer.BadParameter("a quick run is for tests; it is not stored")
    rng = np.random.default_rng(2026)
    texts = readable(made_up(60, rng) if quick else datasets.tunes())
    melodies = without_repeats([tunes.melody(text) for text in texts])
    melodies = [melodies[k] for k in rng.permutation(len(melodies))]
    n = 10 if quick else 100  # tunes of test and validation, and to write
    test, validation, learnt = melodies[:n], melodies[n : 2 * n], melodies[2 * n :]
    alphabet, text = Alphabet("".join(melodies)), joined(learnt)
    before = text[-100:]  # what a new tune follows
    codes = {"test": joined(test), "validation": joined(validation), "learnt": text}
    codes = {part: alphabet.encode(text) for part, text in codes.items()}

    found = {"accidentals": other_pitches(texts), "read": len(texts)}
    found |= {"kept": len(melodies), "learnt": len(learnt), "letters": len(text)}
    found["units"], found["epochs"] = UNITS, 1 if quick else EPOCHS
    found["real"] = shares(test, text)
    print(f"{'':14}bits, test    read    ends    bars  copied, at most")
    print(line("test tunes", found["real"]))

    by_n = {}
    for order in range(3, 12):
        model = NGram(order, len(alphabet)).fit(codes["learnt"])
        by_n[order] = round(float(model.bits(codes["validation"])[1:].mean()), 4)
    order = min(by_n, key=by_n.get)
    model = NGram(order, len(alphabet)).fit(codes["learnt"])
    written = write(
        NGramWriter(model, n), n, alphabet, before, np.random.default_rng(1)
    )
    found["ngram"] = {"n": order, "validation": by_n}
    found["ngram"]["bits"] = round(float(model.bits(codes["test"])[1:].mean()), 4)
    found["ngram"] |= shares(written, text) | {"tunes": written[:3]}
    print(line(f"{order}-gram", found["ngram"]))

    found["nets"] = []
    for seed in range(seeds):
        start = time.process_time()
        net = train(learnt, alphabet, found["epochs"], seed)
        run = {"seed": seed, "seconds": round(time.process_time() - start)}
        names = {"bits": "test", "validation": "validation", "of_learnt": "learnt"}
        run |= {name: round(bits(net, codes[part]), 4) for name, part in names.items()}
        rng = np.random.default_rng([seed, 1])
        written = write(NetWriter(net, n), n, alphabet, before, rng)
        run |= shares(written, text) | {"tunes": written[:3]}
        run["copies"] = [longest_copy(tune, text) for tune in written[:3]]
        found["nets"].append(run)
        print(line(f"LSTM, seed {seed}", run), flush=True)
    if store:
        command = f"python benchmarks/tunes.py --seeds {seeds} --store"
        results.write(NAME, found, command)


if __name__ == "__main__":
    with threadpool_limits(1):  # on products this small threads wait for each other
        typer.run(main)
