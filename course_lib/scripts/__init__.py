"""Programs that a lesson runs in a process of their own: python -m course_lib.scripts.…

Devices and workers must be declared before TensorFlow starts, and in a notebook it has.
These programs are about TensorFlow and its processors, whatever the lesson runs on.
"""

import os

os.environ |= {"KERAS_BACKEND": "tensorflow", "CUDA_VISIBLE_DEVICES": "-1"}
