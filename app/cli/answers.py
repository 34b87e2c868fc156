"""What a command answers: text for people, or one JSON document on standard output and nothing else there."""

from __future__ import annotations

import json
import locale
import os
import sys
from enum import IntEnum
from typing import Any

from app.config.texts import Coded, error_text


class Exit(IntEnum):
    """The exit codes of every command."""

    SUCCESS = 0
    ANSWER_IS_NO = 1
    BAD_INPUT = 2
    FAULT = 3


def language_of_locale() -> str:
    """``zh_CN`` or ``en``, from the environment as POSIX orders it; Chinese where nothing is said."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return "zh_CN" if value.startswith(("zh", "C", "POSIX")) else "en"
    return "en" if (locale.getlocale()[0] or "zh").startswith("en") else "zh_CN"


def say(text: str) -> None:
    """One line for people."""
    sys.stdout.write(text + "\n")


def hint(text: str) -> None:
    """What to do now, on standard error: standard output is the answer's."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def complain(error: Coded, language: str) -> None:
    """What went wrong, on standard error: what happened, what is safe, what to do."""
    sys.stderr.write(error_text(error, language).one_line() + "\n")


def emit(document: Any) -> None:
    """The one JSON document."""
    json.dump(document, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


def error_document(error: Coded, language: str) -> dict[str, Any]:
    """An error inside a JSON answer."""
    text = error_text(error, language)
    return {"code": text.code, "what": text.what, "safe": text.safe, "next": text.next}
