#!/usr/bin/env bash
# gensim: of a sentence of 25,000 words, word2vec reads 10,000.
#
# Versions: gensim 4.4.0, NumPy 2.4.6, SciPy 1.17.1.
# One would guess: a text given as one long list of words is read to its end.
# What was seen: training moves the vector of the 10,000th word and leaves that of the
# next as it was drawn. It is in the vocabulary, counted, and no warning is given. The
# same words in lists of 1,000 are all read.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet numpy==2.4.6 scipy==1.17.1 gensim==4.4.0
"$folder/venv/bin/python" - <<'PROGRAM'
import sys

import numpy as np
from gensim.models import Word2Vec

words = [f"word{i % 20}" for i in range(25_000)]
words[9_999:10_001] = "last", "next"


def moved(sentences):
    """How far training moves the vectors of the 10,000th word and of the next."""
    model = Word2Vec(vector_size=8, min_count=1, sample=0, seed=1, workers=1)
    model.build_vocab(sentences)
    before = {word: model.wv[word].copy() for word in ("last", "next")}
    model.train(sentences, total_examples=model.corpus_count, epochs=1)
    return [float(np.abs(model.wv[word] - before[word]).max()) for word in before]


one, many = moved([words]), moved([words[i : i + 1000] for i in range(0, 25_000, 1000)])
print(f"one list: 10,000th word {one[0]:.3f}, next {one[1]:.3f}")
print(f"25 lists: 10,000th word {many[0]:.3f}, next {many[1]:.3f}")
if not (one[1] == 0 < min(one[0], *many)):
    sys.exit("Changed: a long sentence is read to its end.")
PROGRAM
