"""Where hand-ins are graded: on the cores of this machine, or on many machines."""

import os

from joblib import Parallel, delayed

from course_lib.classroom import CourseError
from course_lib.classroom.grading.grade import grade_safely, not_graded

LONGEST = 900  # seconds after which a hand-in on another machine is given up


def warm_up(jobs):
    """Start the processes, which import what they need while the caller goes on."""
    return parallel(jobs)(
        delayed(not_graded)("") for _ in range(jobs or os.cpu_count())
    )


def parallel(jobs):
    """Processes that hand back each result as soon as it is there."""
    return Parallel(n_jobs=jobs or os.cpu_count(), return_as="generator_unordered")


def on_cores(items, jobs):
    """(number, Result) of each item, on the cores of this machine."""
    yield from parallel(jobs)(delayed(grade_safely)(*item) for item in items)


def on_machines(items, address):
    """(number, Result) of each item, on the workers of a dask scheduler."""
    from distributed import Client, wait

    try:
        client = Client(address)
    except (OSError, ValueError) as error:
        raise CourseError(f"No dask scheduler is at {address}: {error}") from None
    with client:
        width = 2 * max(1, sum(client.nthreads().values()))
        running = {}
        for item in [*items, None]:
            if item is not None:
                future = client.submit(grade_safely, *item, pure=False, retries=2)
                running[future] = item[0]
            while running and (item is None or len(running) >= width):
                try:
                    done = wait(list(running), LONGEST, "FIRST_COMPLETED").done
                except TimeoutError:
                    done = list(running)
                for future in done:
                    yield _fetched(future, running.pop(future))


def _fetched(future, number):
    if future.status == "finished":
        return future.result()
    future.cancel()
    words = "its machine was lost or it took too long; grade again"
    return number, not_graded(words, lost=True)
