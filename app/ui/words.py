"""Words the windows share: verdicts, states, icons; every one through Qt's translation."""

from __future__ import annotations

import qtawesome
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QIcon

from app.domain.judgement import Verdict
from app.domain.printing import PrintJobState

# Icon names of Material Design Icons as QtAwesome carries them.
_VERDICT_ICONS = {
    Verdict.PASS: "mdi6.check-circle",
    Verdict.WARN: "mdi6.alert",
    Verdict.FAIL: "mdi6.close-circle",
    Verdict.UNKNOWN: "mdi6.help-circle",
}


def verdict_word(verdict: Verdict) -> str:
    """合格, 提醒, 不合格, 无法判定."""
    words = {
        Verdict.PASS: QCoreApplication.translate("Words", "Passed"),
        Verdict.WARN: QCoreApplication.translate("Words", "Passed, look"),
        Verdict.FAIL: QCoreApplication.translate("Words", "Not passed"),
        Verdict.UNKNOWN: QCoreApplication.translate("Words", "Cannot tell"),
    }
    return words[verdict]


def verdict_icon(verdict: Verdict, colour: str) -> QIcon:
    """The verdict's shape in its colour."""
    return icon(_VERDICT_ICONS[verdict], colour)


def rail_icon(name: str, colour: str, chosen: str) -> QIcon:
    """An icon in one colour, and in another while its button is chosen."""
    return QIcon(qtawesome.icon(name, color=colour, color_on=chosen))


def icon(name: str, colour: str) -> QIcon:
    """An icon of the kept library."""
    return QIcon(qtawesome.icon(name, color=colour))


def print_advice(state: PrintJobState) -> str:
    """What became of a print, and what is to be done about it."""
    advice = {
        PrintJobState.QUEUED: QCoreApplication.translate(
            "Words", "It prints by itself as soon as the printer can. Look at its paper and cover."
        ),
        PrintJobState.SENT: QCoreApplication.translate(
            "Words", "The printer has not said that it was printed. Look at the paper and say which."
        ),
        PrintJobState.CONFIRMED: QCoreApplication.translate("Words", "Printed. A copy is numbered and marked as a copy."),
        PrintJobState.FAILED: QCoreApplication.translate(
            "Words", "A part of it may be on paper: throw that away and print a copy."
        ),
        PrintJobState.EXPIRED: QCoreApplication.translate(
            "Words", "It waited too long or was not wanted. Print it again from its own screen."
        ),
    }
    return advice[state]
