# SPDX-License-Identifier: GPL-3.0-or-later
"""What the peers in Python share: reading what bench-insight wrote, timing, telling."""
import os
import sys
import time

import numpy

FOLDER = sys.argv[1]
OPTIONS = sys.argv[2:]


def read(name, columns=1):
    """Numbers that bench-insight wrote, as rows of so many columns; None where it did not."""
    path = os.path.join(FOLDER, name)
    if not os.path.exists(path):
        return None
    numbers = numpy.fromfile(path, dtype="<f8")
    return numbers.reshape(-1, columns) if columns > 1 else numbers


class Seconds(float):
    """Seconds by the clock, with those of the processor in all threads."""
    processor = float("nan")


def measure(work, repeats=3):
    """The best times of some repeats, and what the last returned."""
    clock, processor, answer = float("inf"), float("inf"), None
    for _ in range(repeats):
        start, used = time.monotonic(), time.process_time()
        answer = work()
        clock = min(clock, time.monotonic() - start)
        processor = min(processor, time.process_time() - used)
    seconds = Seconds(clock)
    seconds.processor = processor
    return seconds, answer


def tell(key, seconds, name, figure=""):
    """A line for bench-insight --peers."""
    processor = getattr(seconds, "processor", float("nan"))
    with open(os.path.join(FOLDER, "peers.tsv"), "a", encoding="utf-8") as file:
        file.write(f"{key}\t{seconds:.6f}\t{processor:.6f}\t{name}\t{figure}\n")
    print(f"{key}: {seconds:.4f} s, {name} {figure}", file=sys.stderr)
