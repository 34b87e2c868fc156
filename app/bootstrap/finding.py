"""One prerequisite as doctor found it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One prerequisite: ``good``, what was seen, and what to do when it is not good (zh, en)."""

    id: str
    good: bool
    seen: str
    remedy_zh: str
    remedy_en: str

    def remedy(self, language: str) -> str:
        """What to do, "" when nothing is wrong."""
        if self.good:
            return ""
        return self.remedy_zh if language.startswith("zh") else self.remedy_en
