"""`make fuzz`: a million inputs against every parser of the devices' bytes; the first failure names its number."""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[1])]

from fuzz.targets import TARGETS

_LOT = 2000
_LONGEST_S = 2.0  # one input; more is a hang
_LARGEST_MIB = 2048


def _lot(index: int, first: int, count: int) -> tuple[int, int, float]:
    """Numbers ``first`` … of one target; its index, how many, seconds. Raises AssertionError with the number."""
    target = TARGETS[index]
    begun = time.monotonic()
    for number in range(first, first + count):
        at = time.monotonic()
        try:
            target.one(number)
        except Exception as failed:
            raise AssertionError(f"{target.name}: input {number}: {failed!r}") from failed
        if time.monotonic() - at > _LONGEST_S:
            raise AssertionError(f"{target.name}: input {number} took {time.monotonic() - at:.1f} s")
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if grown > _LARGEST_MIB:
        raise AssertionError(f"{target.name}: {grown:.0f} MiB after input {first + count}")
    return index, count, time.monotonic() - begun


def _lots(total: int, first: int, only: str | None) -> Iterator[tuple[int, int, int]]:
    shares = sum(t.share for t in TARGETS)
    for index, target in enumerate(TARGETS):
        if only is not None and only != target.name:
            continue
        wanted = total if only is not None else -(-total * target.share // shares)
        for start in range(0, wanted, _LOT):
            yield index, first + start, min(_LOT, wanted - start)


def main() -> int:
    """Prints inputs and seconds of each target."""
    parser = argparse.ArgumentParser(prog="make fuzz")
    parser.add_argument("--total", type=int, default=1_000_000)
    parser.add_argument("--first", type=int, default=0, help="number of the first input; another one makes other inputs")
    parser.add_argument("--only", metavar="TARGET")
    options = parser.parse_args()
    counts, seconds = [0] * len(TARGETS), [0.0] * len(TARGETS)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for index, count, took in pool.map(_lot, *zip(*_lots(options.total, options.first, options.only), strict=True)):
            counts[index] += count
            seconds[index] += took
    for target, count, took in zip(TARGETS, counts, seconds, strict=True):
        if count:
            sys.stdout.write(f"{target.name:28}{count:>9} inputs {took:>8.1f} s\n")
    sys.stdout.write(f"{sum(counts)} inputs, no failure\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
