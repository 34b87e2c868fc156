"""An audit log that only remembers, for desks that are tried without a store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from app.domain.audit import DONE, Access


class Remembered:
    """``words``: event and result of every access."""

    def __init__(self) -> None:
        self.words: list[tuple[str, str]] = []

    def note(self, access: Access, result: str = DONE) -> None:
        self.words.append((access.event.word, result))

    @contextmanager
    def doing(self, access: Access) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            self.note(access, str(getattr(error, "code", type(error).__name__)))
            raise
        self.note(access)
