"""How long do RNN, GRU and LSTM remember two numbers? The adding problem.

    python benchmarks/adding.py [--net LSTM] [--longest 60] [--store] [--quick]

A step shows a number, uniform in 0 to 1, and a mark; two steps are marked, one in each
half. After T steps the net is to tell the sum of the two marked numbers (Hochreiter &
Schmidhuber 1997; in this form Arjovsky, Shah & Bengio 2016). Whoever tells the mean, 1,
has a squared error of 1/6 = 0.167; whoever knows only one of the two numbers, 1/12.

    RNN, GRU, LSTM          32 units of course_lib.recurrent and one linear output
    LSTM, forget bias 0     a control: the same, but for where the forget gate starts
    RNN, Glorot start       a control: the same, but U starts as W does, not orthogonal

Every step of Adam sees 32 sequences drawn anew, so that no error is one on sequences
learnt from; 1,500 steps see 48,000. Gradients longer than 1 are cut to 1. The rate is
kept for half of the steps, then falls in a straight line to 0. GRU and LSTM start with
0.01 and were not tuned. The RNNs are tried with five rates at each T; "chosen" is the
one with the lowest mean of `last` over all seeds. Per run:

    test      squared error on 2,000 fresh sequences, the same for all, at the end
    last      mean error of the last 100 batches
    first     steps taken when the mean error of 20 batches was first below 0.02
    clipped   share of the steps whose gradient was cut
    seconds   of the processor, on one thread
"""

import time

import numpy as np
import typer
from threadpoolctl import threadpool_limits

from course_lib import results
from course_lib.datasets import adding
from course_lib.layers import Dense, Sequential
from course_lib.maths import glorot, squared_error
from course_lib.recurrent import GRU, LSTM, RNN
from course_lib.training import Adam, clip

NAME = "adding_problem"  # of the stored result
BATCH, UNITS = 32, 32
RATES = 0.0003, 0.001, 0.003, 0.01, 0.03


def single(arrays):
    return [array.astype("float32") for array in arrays]


def test_set(T):
    """What adding is given for the test: the same for all nets."""
    return 2000, T, np.random.default_rng([T, 1997])


def forgetful(n_in, n_out, rng, last):
    layer = LSTM(n_in, n_out, rng, last)
    layer.b[:] = 0
    return layer


def glorot_start(n_in, n_out, rng, last):
    layer = RNN(n_in, n_out, rng, last)
    layer.U = glorot(n_out, n_out, rng)
    return layer


NETS = {  # what makes the layer, the rates, the lengths T
    "GRU": (GRU, RATES[3:4], (10, 30, 60, 100)),
    "LSTM": (LSTM, RATES[3:4], (10, 30, 60, 100)),
    "LSTM, forget bias 0": (forgetful, RATES[3:4], (60,)),
    "RNN": (RNN, RATES, (10, 30, 60, 100)),
    "RNN, Glorot start": (glorot_start, RATES, (30, 60)),
}


def measure(kind, T, lr, steps, seed):
    """Train one net; what the table tells of it."""
    start, rng = time.process_time(), np.random.default_rng(seed)
    net = Sequential(kind(2, UNITS, rng, last=True), Dense(UNITS, 1, rng))
    net.astype("float32")
    optimiser = Adam(lambda t: lr * min(1, 2 * (1 - (t - 1) / steps)))
    errors, cut = [], []
    for _ in range(steps):
        x, y = single(adding(BATCH, T, rng))
        error, dy = squared_error(net.forward(x), y)
        net.gradients(dy)
        cut.append(clip(net))
        optimiser.step(net)
        errors.append(error)
    below = np.convolve(errors, np.full(20, 1 / 20), "valid") < 0.02
    x, y = single(adding(*test_set(T)))
    return {
        "test": round(float(squared_error(net.forward(x), y)[0]), 5),
        "last": round(float(np.mean(errors[-100:])), 5),
        "first": int(below.argmax()) + 20 if below.any() else None,
        "clipped": round(float(np.mean(cut)), 3),
        "seconds": round(time.process_time() - start, 1),
    }


def row(found):
    """One run's line of the table."""
    return (
        f"{found['net']:20}{found['T']:4}{found['lr']:8}{found['seed']:6}"
        f"{found['test']:9.5f}{found['last']:9.5f}{found['first'] or '-':>7}"
        f"{found['clipped']:9.1%}{found['seconds']:9}"
    )


def several(name, T, steps, seeds):
    """The runs of one net with all its rates and seeds, and the best rate."""
    kind, rates, _ = NETS[name]
    runs, last = [], {}
    for lr in rates:
        for seed in range(seeds):
            run = {"net": name, "T": T, "lr": lr, "seed": seed}
            runs.append(run | measure(kind, T, lr, steps, seed))
            print(row(runs[-1]), flush=True)
        last[lr] = np.mean([run["last"] for run in runs[-seeds:]])
    return runs, min(last, key=last.get)


def main(
    net: str = "all",
    longest: int = 100,
    seeds: int = 3,
    store: bool = False,
    quick: bool = False,
):
    """Train each net at each T, print a table, and store it if asked to."""
    if store and quick:
        raise typer.BadParameter("a quick run is for tests; it is not stored")
    steps = 300 if quick else 1500
    found = {"steps": steps, "batch": BATCH, "sequences": steps * BATCH, "rates": RATES}
    found |= {"mean": {}, "chosen": {}, "runs": []}
    if store and (results.FOLDER / f"{NAME}.json").exists():
        found = results.read(NAME)  # what is stored of others is kept
    print(f"net{'T':>21}{'lr':>8}  seed     test     last  first  clipped  seconds")
    for name in NETS if net == "all" else [net]:
        for T in (4,) if quick else NETS[name][2]:
            if T > longest:
                continue
            runs, best = several(name, T, steps, seeds)
            y = adding(*test_set(T))[1]
            found["mean"][str(T)] = round(float(np.mean((y - 1) ** 2)), 5)
            found["chosen"].setdefault(name, {})[str(T)] = best
            others = [r for r in found["runs"] if (r["net"], r["T"]) != (name, T)]
            key = [*NETS].index
            found["runs"] = sorted(others + runs, key=lambda r: (r["T"], key(r["net"])))
            if store:  # each time, so that a run cut short leaves what it has
                how = f"--longest {longest} --seeds {seeds} --store"
                results.write(NAME, found, f"python benchmarks/adding.py {how}")
    means = ", ".join(f"{mean} at T = {T}" for T, mean in found["mean"].items())
    print(f"the mean's test error: {means}")


if __name__ == "__main__":
    with threadpool_limits(1):  # on products this small threads wait for each other
        typer.run(main)
