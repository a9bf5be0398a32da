#!/usr/bin/env bash
# ONNX: the reference implementation of recurrent nets reads beyond a sequence's end.
#
# Versions: onnx 1.23.2, NumPy 2.4.6.
# One would guess: onnx.reference, the yardstick for other runtimes, heeds the input
# sequence_lens of RNN, GRU and LSTM: a sequence of two steps, padded to four, ends in
# the state of its second step.
# What was seen: it ends in the state of the fourth, for all three operators, without a
# warning.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet numpy==2.4.6 onnx==1.23.2
"$folder/venv/bin/python" - <<'PROGRAM'
import sys

import numpy as np
from onnx import TensorProto, checker, helper
from onnx.reference import ReferenceEvaluator

rng = np.random.default_rng(1)
padded = rng.normal(size=(4, 1, 3)).astype("float32")  # steps, sequences, inputs


def last_state(operator, gates, steps, lengths):
    """The state after a sequence, by the operator with two hidden units."""
    weights = np.random.default_rng(2).normal(size=(1, gates * 2, 5)).astype("float32")
    names = ["X", "W", "R", "", "L"] if lengths else ["X", "W", "R"]
    feed = {"X": steps, "W": weights[..., :3], "R": weights[..., 3:]}
    types = {name: TensorProto.FLOAT for name in feed}
    if lengths:
        feed["L"], types["L"] = np.array(lengths, "int32"), TensorProto.INT32
    node = helper.make_node(operator, names, ["", "H"], hidden_size=2)
    inputs = [helper.make_tensor_value_info(n, types[n], feed[n].shape) for n in feed]
    output = helper.make_tensor_value_info("H", TensorProto.FLOAT, [1, 1, 2])
    graph = helper.make_graph([node], "net", inputs, [output])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 22)])
    checker.check_model(model)
    return ReferenceEvaluator(model).run(None, feed)[0].ravel()


for operator, gates in (("RNN", 1), ("GRU", 3), ("LSTM", 4)):
    told = last_state(operator, gates, padded, [2])
    two = last_state(operator, gates, padded[:2], None)
    four = last_state(operator, gates, padded, None)
    print(f"{operator}: told two steps {told}, two steps {two}, four steps {four}")
    if not (np.array_equal(told, four) and not np.allclose(told, two)):
        sys.exit(
            "Changed: the reference implementation heeds the length of a sequence."
        )
PROGRAM
