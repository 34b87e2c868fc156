"""A sentence under every wrong field of a form, none under the others."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QLabel

from app.config.texts import Coded, error_text


def show_wrong_sentences(labels: Mapping[str, QLabel], fields: Mapping[str, Coded], language: str) -> None:
    """``labels``: the place under each field, by its name; ``fields``: what is wrong with which. What and what next."""
    for name, label in labels.items():
        error = fields.get(name)
        text = error_text(error, language) if error is not None else None
        label.setText(f"{text.what} {text.next}" if text is not None else "")
        label.setVisible(text is not None)
