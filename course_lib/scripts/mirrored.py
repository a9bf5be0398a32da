"""The same training on one device and on two: python -m course_lib.scripts.mirrored

A processor is cut into two logical devices, so that no second GPU is needed.
"""

import numpy as np

from course_lib.keras_tools import quiet
from course_lib.scripts.loop import train


def main():
    with quiet():
        import tensorflow as tf

        cpu = tf.config.list_physical_devices("CPU")[0]
        two = [tf.config.LogicalDeviceConfiguration()] * 2
        tf.config.set_logical_device_configuration(cpu, two)  # before the first use
        losses, weights = train(tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"]))
        alone_losses, alone_weights = train(tf.distribute.get_strategy())
    print(f"last loss on two devices {losses[-1]:.6f}, on one {alone_losses[-1]:.6f}")
    print(f"losses differ by {np.abs(losses - alone_losses).max():.0e} at most")
    print(f"weights differ by {np.abs(weights - alone_weights).max():.0e} at most")


if __name__ == "__main__":
    main()
