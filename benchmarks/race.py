"""Contenders at the same work, timed side by side.

Each has a process of its own, so that threads and memory of one do not disturb another,
and waits while others are timed. The first round is left out. What the tables tell:

    median, best   microseconds a step: one batch forward, backward, update
    x ours         its time by ours in the same round, the median; above 1: ours leads
    cores          processor time by wall time; below --threads: the machine is busy
    peak           rate of the products forward, dW and dx by that of large squares
    loss           on all the (random) data at the end, by one function for all

A contender is a generator function: it gets ready, yields, trains, yields a function
that returns its weights, and begins anew.
"""

import importlib.util
import multiprocessing
import os
import time

import numpy as np


def squares(*job):  # no contender: what np.matmul can do
    a = np.ones((2048, 2048), "float32")
    while True:
        yield
        a @ a
        yield list


def hold_threads(threads):
    """Hold all libraries of the processes to come to so many threads."""
    for name in ("OMP_NUM", "OPENBLAS_NUM", "MKL_NUM", "TF_NUM_INTRAOP"):
        os.environ[f"{name}_THREADS"] = str(threads)
    os.environ |= {"TF_NUM_INTEROP_THREADS": "1", "PYTHONWARNINGS": "ignore"}


def ready(contenders, threads):
    """Hold all libraries to so many threads; leave PyTorch out where there is none."""
    hold_threads(threads)
    if not importlib.util.find_spec("torch"):
        contenders.pop("PyTorch")
        print("PyTorch is not installed; the table does without.")


def work(pipe, contend, how, prepare, job):
    """The life of one process: train when told to, send time, cores and loss."""
    task, loss = prepare(*job)
    runs = contend(*task, **how)
    while pipe.recv():
        next(runs)
        wall, busy = time.perf_counter(), time.process_time()
        weights = next(runs)
        wall, busy = time.perf_counter() - wall, time.process_time() - busy
        last = list(weights())
        pipe.send((wall, busy / wall, loss(last) if last else 0))


def race(contenders, rounds, prepare, *job):
    """{name: arrays (rounds,) of its seconds, its cores, its losses}

    contenders is {name: (generator function, its options)}. prepare(*job) returns the
    generator's other arguments, and the loss as a function of the last weights.
    """
    context, pipes = multiprocessing.get_context("spawn"), {}
    for name, contender in (contenders | {"squares": (squares, {})}).items():
        pipes[name], end = context.Pipe()
        args = end, *contender, prepare, job
        context.Process(target=work, args=args, daemon=True).start()
        end.close()  # here, so that the end of the process ends the wait for it
    found = {name: [] for name in pipes}
    for _ in range(rounds + 1):
        for name, pipe in pipes.items():
            pipe.send(True)
            found[name].append(pipe.recv())
    for pipe in pipes.values():
        pipe.send(False)
    return {name: np.transpose(each[1:]) for name, each in found.items()}


def report(found, title, steps, products):
    """Print the table; products is how many multiplications a step needs."""
    rate = 2 * 2048**3 / found.pop("squares")[0]
    print(f"\n{title}, {steps} steps")
    print(f"{'':16}median    best  x ours   cores    peak    loss")
    for name, (seconds, cores, losses) in found.items():
        step = seconds / steps
        print(
            f"{name:16}{np.median(step) * 1e6:8.0f}{min(step) * 1e6:8.0f}"
            f"{np.median(seconds / found['ours'][0]):8.2f}{np.median(cores):8.2f}"
            f"{np.median(2 * products / step / rate):8.0%}{losses[0]:8.4f}"
        )
    print(f"losses differ by {np.ptp([x[2] for x in found.values()]):.1e}", flush=True)
