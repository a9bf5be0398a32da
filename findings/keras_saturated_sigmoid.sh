#!/usr/bin/env bash
# Keras: the loss above a saturated sigmoid has a slope on TensorFlow, none on JAX.
#
# Versions: Keras 3.15.1, TensorFlow 2.21.0, JAX 0.10.2.
# One would guess: sigmoid and then binary cross-entropy is the same number with each
# backend, as the code is the same.
# What was seen: for a logit of 100 and a label of 0 TensorFlow says 100, slope 1, for
# Keras finds the logit again behind the sigmoid; JAX says 15.94, slope 0, for it sees
# the clipped probability only. A net that is sure and wrong goes on learning with one
# and stops with the other.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet numpy==2.4.6 tensorflow==2.21.0 jax==0.10.2 keras==3.15.1
cat > "$folder/loss.py" <<'PROGRAM'
import keras
import numpy as np

logit = keras.ops.convert_to_tensor(np.array([[100.0]], "float32"))
label = np.array([[0.0]], "float32")


def loss(x):
    return keras.ops.mean(keras.losses.binary_crossentropy(label, keras.ops.sigmoid(x)))


if keras.backend.backend() == "jax":
    import jax

    value, slope = jax.value_and_grad(loss)(logit)
else:
    import tensorflow as tf

    with tf.GradientTape() as tape:
        tape.watch(logit)
        value = loss(logit)
    slope = tape.gradient(value, logit)
print(f"{float(value):.2f} {float(np.asarray(slope)[0, 0]):.2f}")
PROGRAM
export TF_CPP_MIN_LOG_LEVEL=3
tensorflow=$(KERAS_BACKEND=tensorflow "$folder/venv/bin/python" "$folder/loss.py" 2>/dev/null)
jax=$(KERAS_BACKEND=jax "$folder/venv/bin/python" "$folder/loss.py")
echo "loss and slope: TensorFlow $tensorflow, JAX $jax"
if [ "$tensorflow, $jax" != "100.00 1.00, 15.94 0.00" ]; then
    echo "Changed: the two backends no longer give these losses." >&2
    exit 1
fi
