"""A theme is data: design tokens from ``resources/themes`` turned into one Qt style sheet."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from string import Template

from app.config.places import RESOURCES


@dataclass(frozen=True)
class Theme:
    """Colours as ``#rrggbb`` and sizes in pixels, by token name."""

    colours: dict[str, str]
    sizes: dict[str, int]

    @classmethod
    def load(cls, name: str) -> Theme:
        """``light``, ``dark`` or ``high-contrast``."""
        with (RESOURCES / "themes" / f"{name}.toml").open("rb") as file:
            document = tomllib.load(file)
        return cls(document["colours"], document["sizes"])

    def style_sheet(self) -> str:
        """The whole program's style."""
        tokens = {**self.colours, **{f"{name}_px": f"{value}px" for name, value in self.sizes.items()}}
        sheet = (RESOURCES / "themes" / "style.qss").read_text(encoding="utf-8")
        return Template(sheet).substitute(tokens)
