"""From which size on does a GPU pay? Products of square matrices, on it and beside it.

    python benchmarks/gpu.py [--largest 8192] [--rounds 7]

Needs a GPU that Keras finds, on whatever backend (KERAS_BACKEND). Matrices lie on the
device before the clock starts; the last product of a round is waited for. The result is
stored as gpu_crossover, and lesson 09 shows it.
"""

import sys
from importlib import import_module
from time import perf_counter

import numpy as np
import typer

from course_lib import results
from course_lib.keras_tools import devices, load


def gpu_name():
    """What the GPU that Keras finds is called; None where there is none."""
    keras, found = load(), devices()
    backend = keras.config.backend()
    if all("cpu" in device.lower() for device in found):
        return None
    if backend == "tensorflow":
        config = import_module("tensorflow").config
        gpu = config.list_physical_devices("GPU")[0]
        return config.experimental.get_device_details(gpu).get("device_name", "GPU")
    if backend == "jax":
        return import_module("jax").devices()[0].device_kind
    return found[-1]


def microseconds(device, n, n_rounds):
    """The time of a product of two n × n matrices in float32: the least of n_rounds."""
    keras, rounds = load(), []
    n_calls = int(np.clip(1e10 / n**3, 2, 200))
    with keras.device(device):
        A = keras.ops.full((n, n), 1 / n, "float32")
        for _ in range(n_rounds + 1):  # the first one warms up
            start = perf_counter()
            for _ in range(n_calls):
                C = keras.ops.matmul(A, A)
            float(C[0, 0])
            rounds.append((perf_counter() - start) / n_calls * 1e6)
    return min(rounds[1:])


def main(largest: int = 8192, rounds: int = 7):
    name = gpu_name()
    if name is None:
        sys.exit("No GPU was found: nothing was measured, and nothing was stored.")
    sizes = [2**k for k in range(2, largest.bit_length())]
    took = {"cpu": [], "gpu": []}
    print(f"{name}\n{'size':>6}{'processor':>14}{'GPU':>14}   microseconds")
    for n in sizes:
        for device, times in took.items():
            times.append(round(microseconds(f"{device}:0", n, rounds), 2))
        print(f"{n:6}{took['cpu'][-1]:14,.1f}{took['gpu'][-1]:14,.1f}")
    backend = load().config.backend()
    measured = {"device": f"{name}, Keras on {backend}", "sizes": sizes} | took
    command = f"python benchmarks/gpu.py --largest {largest} --rounds {rounds}"
    results.write("gpu_crossover", measured, command, ("keras", backend))


if __name__ == "__main__":
    typer.run(main)
