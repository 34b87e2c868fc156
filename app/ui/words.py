"""Words the windows share: verdicts, states, icons; every one through Qt's translation."""

from __future__ import annotations

import qtawesome
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QIcon

from app.config.texts import error_text
from app.domain.errors import WorkstationError
from app.domain.fees import OPEN, FeeOrder, FeeState
from app.domain.judgement import Verdict
from app.domain.printing import PrintJob, PrintJobState

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


def print_told(job: PrintJob, language: str) -> str:
    """The same with the reason, where there is one."""
    why = error_text(WorkstationError(job.error), language).what if job.error else ""
    return f"{why} {print_advice(job.state)}".strip()


# Of each state, its icon and the colour of the theme.
_FEE_ICONS = {
    FeeState.ASKED: ("mdi6.progress-clock", "warn"),
    FeeState.CREATED: ("mdi6.qrcode", "accent"),
    FeeState.UNKNOWN: ("mdi6.help-circle", "unknown"),
    FeeState.PAID: ("mdi6.check-circle", "pass"),
    FeeState.EXPIRED: ("mdi6.timer-off-outline", "fail"),
    FeeState.CANCELLED: ("mdi6.cancel", "fail"),
    FeeState.REFUSED: ("mdi6.close-circle", "fail"),
}


def fee_icon(order: FeeOrder) -> tuple[str, str]:
    """Icon and colour token of an order as it stands."""
    return _FEE_ICONS[order.state]


def fee_word(order: FeeOrder) -> str:
    """Where an order stands, in a word or two."""
    if order.cancel_wanted and order.state in OPEN:
        return QCoreApplication.translate("Words", "Being cancelled")
    words = {
        FeeState.ASKED: QCoreApplication.translate("Words", "Code asked for"),
        FeeState.CREATED: QCoreApplication.translate("Words", "To be paid"),
        FeeState.UNKNOWN: QCoreApplication.translate("Words", "Not known whether paid"),
        FeeState.PAID: QCoreApplication.translate("Words", "Paid"),
        FeeState.EXPIRED: QCoreApplication.translate("Words", "Code expired"),
        FeeState.CANCELLED: QCoreApplication.translate("Words", "Cancelled"),
        FeeState.REFUSED: QCoreApplication.translate("Words", "Order refused"),
    }
    return words[order.state]


def fee_advice(order: FeeOrder) -> str:
    """What that means at the window."""
    if order.cancel_wanted and order.state in OPEN:
        return QCoreApplication.translate(
            "Words", "The finance system has not said yet that it is cancelled. Nobody is to pay with this code."
        )
    advice = {
        FeeState.ASKED: QCoreApplication.translate(
            "Words", "The order is kept here and the finance system is asked again by itself. Nothing is ordered twice."
        ),
        FeeState.CREATED: QCoreApplication.translate(
            "Words", "The applicant scans the code or pays with its number. This page notices it by itself."
        ),
        FeeState.UNKNOWN: QCoreApplication.translate(
            "Words",
            "The finance system does not say whether it was paid. Let nobody pay twice; it is asked again by itself.",
        ),
        FeeState.PAID: QCoreApplication.translate("Words", "The finance system says that the money has come in."),
        FeeState.EXPIRED: QCoreApplication.translate(
            "Words", "Nobody paid in time. Ask for a new code if the fee is still to be paid."
        ),
        FeeState.CANCELLED: QCoreApplication.translate(
            "Words", "Nobody is to pay with the old code. A new one can be asked for."
        ),
        FeeState.REFUSED: QCoreApplication.translate(
            "Words", "Nothing was ordered. Check the items, then ask for the code again."
        ),
    }
    return advice[order.state]
