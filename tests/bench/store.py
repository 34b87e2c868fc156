"""Keeping a shot (digest, seal, fsync, row) beside writing the same bytes plainly with fsync."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.rows import Row, in_turn

from helpers.stores import TestClock, new_store, session_record

SIZE = 10 * 2**20


def measure() -> Iterator[Row]:
    """A ten-megabyte original."""
    data = os.urandom(SIZE)
    with tempfile.TemporaryDirectory() as folder:
        clock = TestClock()
        store, _, _ = new_store(Path(folder) / "data", clock)
        record = session_record(clock)
        store.create_session(record)
        plain = Path(folder) / "plain"

        def bare() -> None:
            with plain.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())

        yield in_turn(
            "keep a 10-MB shot: digest, seal, fsync, row",
            lambda: store.keep_shot(record.id, data, device="d", file_name="f"),
            "write and fsync the same bytes in the open",
            bare,
        )
        store.close()
