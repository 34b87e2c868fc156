"""The screens of one desk, each made when it is first wanted: making all of them at once would hold up the sign-in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from PySide6.QtWidgets import QWidget


class ScreenShelf(Mapping[str, QWidget]):
    """``makers``: name → what makes the screen; ``made``: those that somebody has looked at. GUI thread."""

    def __init__(self, makers: Mapping[str, Callable[[], QWidget]]) -> None:
        self._makers = makers
        self.made: dict[str, QWidget] = {}

    def __getitem__(self, name: str) -> QWidget:
        if name not in self.made:
            self.made[name] = self._makers[name]()
        return self.made[name]

    def __contains__(self, name: object) -> bool:
        return name in self._makers

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)
