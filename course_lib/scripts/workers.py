"""The same training in two processes: python -m course_lib.scripts.workers

Each has a copy of the net and talks to the other through a local port, as two machines
would. Keras' `fit` does not run under this strategy (keras#20585); our loop does.
"""

import json
import os
import socket
import subprocess
import sys

import numpy as np

from course_lib.keras_tools import quiet
from course_lib.scripts.loop import train

SECONDS = 240  # until we give up on a worker


def work():
    """Be one of the workers that TF_CONFIG lists; print the losses and the weights."""
    with quiet():
        import tensorflow as tf

        losses, weights = train(tf.distribute.MultiWorkerMirroredStrategy())
    print(json.dumps([losses.tolist(), weights.tolist()]))


def free_ports(n):
    """The numbers of n local ports that nobody uses at the moment."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(n)]
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports


def start(index, ports):
    """Start worker number `index` of those that listen at these ports."""
    cluster = {"worker": [f"127.0.0.1:{port}" for port in ports]}
    config = {"cluster": cluster, "task": {"type": "worker", "index": index}}
    return subprocess.Popen(
        [sys.executable, "-m", __spec__.name, "worker"],
        env=os.environ | {"TF_CONFIG": json.dumps(config)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def main():
    ports = free_ports(2)
    workers = [start(k, ports) for k in range(len(ports))]
    try:
        ends = [worker.communicate(timeout=SECONDS) for worker in workers]
    finally:
        for worker in workers:
            worker.kill()
    if any(worker.returncode for worker in workers):
        sys.exit("\n".join(errors[-2000:] for _, errors in ends))
    found = [list(map(np.array, json.loads(output))) for output, _ in ends]
    for k, (losses, _) in enumerate(found):
        print(f"worker {k}: first loss {losses[0]:.6f}, last loss {losses[-1]:.6f}")
    same = np.array_equal(found[0][1], found[1][1])
    print(f"both hold the same {found[0][1].size} weights: {'yes' if same else 'no'}")


if __name__ == "__main__":
    work() if sys.argv[1:] == ["worker"] else main()
