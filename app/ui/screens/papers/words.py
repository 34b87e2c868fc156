"""Words about papers that more than one screen shows."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.domain.cases.application import ONLINE


def origin_word(origin: str) -> str:
    """Where a paper came from."""
    words = {
        ONLINE: QCoreApplication.translate("Papers", "uploaded"),
        "file": QCoreApplication.translate("Papers", "file"),
        "scanner": QCoreApplication.translate("Papers", "scanned"),
        "document camera": QCoreApplication.translate("Papers", "photographed"),
        "e-licence": QCoreApplication.translate("Papers", "electronic licence"),
        "signature": QCoreApplication.translate("Papers", "signed here"),
    }
    return words.get(origin, origin)
