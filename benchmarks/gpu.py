"""From which size on does a GPU pay, and how many digits are left?

    python benchmarks/gpu.py [--largest 8192] [--rounds 7] [--quick]

Products of random n × n matrices in float32: on the processor, on the GPU as Keras'
backend asks it by itself, and in full precision (keras_tools.full_precision); then the
relative error of both, beside the product in float64. Needs a GPU that Keras finds, on
whatever backend (KERAS_BACKEND); a quick run does without. Matrices lie on the device
before the clock starts; the last product of a round is waited for. The result is stored
as gpu_crossover, and lesson 09 shows it.
"""

import sys
from contextlib import nullcontext
from importlib import import_module
from time import perf_counter

import numpy as np
import typer

from course_lib import results
from course_lib.keras_tools import devices, full_precision, load

WAYS = {  # the device, and what its products are computed in
    "processor": ("cpu", nullcontext),
    "GPU": ("gpu", nullcontext),
    "GPU, full float32": ("gpu", full_precision),
}
SLOW = 1e5  # microseconds; what takes longer is not asked for larger products


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


def microseconds(A, n_rounds):
    """The time of A @ A, A (n, n) on its device: the least of n_rounds."""
    keras, rounds = load(), []
    n_calls = int(np.clip(1e10 / len(A) ** 3, 2, 200))
    for _ in range(n_rounds + 1):  # the first one warms up
        start = perf_counter()
        for _ in range(n_calls):
            C = keras.ops.matmul(A, A)
        float(C[0, 0])
        rounds.append((perf_counter() - start) / n_calls * 1e6)
    return min(rounds[1:])


def error(A):
    """The relative error of A @ A, A (n, n) on its device, against float64."""
    ops = load().ops
    exact = ops.convert_to_numpy(A).astype(float)
    exact = exact @ exact
    off = ops.convert_to_numpy(ops.matmul(A, A)) - exact
    return float(np.linalg.norm(off) / np.linalg.norm(exact))


def measured(look, n, way, *how):
    """What look says of a random n × n matrix, put and multiplied in one of WAYS."""
    device, precision = WAYS[way]
    A = np.random.default_rng(0).standard_normal((n, n), "float32")
    keras = load()
    with keras.device(f"{device}:0"), precision():
        return look(keras.ops.convert_to_tensor(A), *how)


def table(sizes, n_rounds):
    """Print and return {way: microseconds by size}; a slow one ends before the last."""
    took = {way: [] for way in WAYS}
    print("microseconds a product", f"{'n':>6}", sep="\n", end=" ")
    print(*(f"{way:>18}" for way in WAYS))
    for k, n in enumerate(sizes):
        for way, times in took.items():
            if not times or times[-1] < SLOW:
                times.append(round(measured(microseconds, n, way, n_rounds), 2))
        cells = (f"{t[k]:,.1f}" if k < len(t) else "" for t in took.values())
        print(f"{n:6}", *(f"{cell:>18}" for cell in cells))
    return took


def main(largest: int = 8192, rounds: int = 7, quick: bool = False):
    name = gpu_name()
    if quick:
        name, largest, rounds = "a quick run, all on the processor", 64, 2
        WAYS.update({way: ("cpu", precision) for way, (_, precision) in WAYS.items()})
    if name is None:
        sys.exit("No GPU was found: nothing was measured, and nothing was stored.")
    print(name)
    sizes, n = [2**k for k in range(2, largest.bit_length())], min(1024, largest)
    found = {"sizes": sizes, "microseconds": table(sizes, rounds), "errors_at": n}
    found["errors"] = {way: measured(error, n, way) for way in list(WAYS)[1:]}
    for way, relative in found["errors"].items():
        print(f"relative error at n = {n}, {way}: {relative:.1e}")
    if not quick:
        backend = load().config.backend()
        found["device"] = f"{name}, Keras on {backend}"
        command = f"python benchmarks/gpu.py --largest {largest} --rounds {rounds}"
        results.write("gpu_crossover", found, command, ("keras", backend))


if __name__ == "__main__":
    typer.run(main)
