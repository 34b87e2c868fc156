"""The words and signs of cases, shared by the list, the detail, the figures and the verification."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QIcon

from app.domain.cases.application import ONLINE
from app.domain.cases.case import Case, PersonRole
from app.domain.cases.deadline import Urgency
from app.domain.cases.query import Operator
from app.domain.cases.verification import OriginalFound, Stage
from app.ui.words import icon

# A word, a shape and a colour each; the colour alone says nothing.
_URGENCY = {
    Urgency.IN_TIME: ("mdi6.clock-outline", "muted"),
    Urgency.DUE_SOON: ("mdi6.clock-alert", "warn"),
    Urgency.OVERDUE: ("mdi6.alert-octagon", "fail"),
    Urgency.PAUSED: ("mdi6.pause-circle-outline", "unknown"),
    Urgency.DONE: ("mdi6.check-circle", "pass"),
    Urgency.DONE_LATE: ("mdi6.clock-remove-outline", "warn"),
}
_FOUND = {
    OriginalFound.UNSEEN: ("mdi6.help-circle-outline", "unknown"),
    OriginalFound.AGREES: ("mdi6.check-circle", "pass"),
    OriginalFound.DIFFERS: ("mdi6.close-circle", "fail"),
    OriginalFound.MISSING: ("mdi6.minus-circle", "warn"),
}


def urgency_word(urgency: Urgency) -> str:
    """期限内, 临期, 超期, 等待补正, 按时办结, 超期办结."""
    words = {
        Urgency.IN_TIME: QCoreApplication.translate("Cases", "In time"),
        Urgency.DUE_SOON: QCoreApplication.translate("Cases", "Due soon"),
        Urgency.OVERDUE: QCoreApplication.translate("Cases", "Overdue"),
        Urgency.PAUSED: QCoreApplication.translate("Cases", "Waits for papers"),
        Urgency.DONE: QCoreApplication.translate("Cases", "Answered in time"),
        Urgency.DONE_LATE: QCoreApplication.translate("Cases", "Answered late"),
    }
    return words[urgency]


def urgency_icon(urgency: Urgency, colours: Mapping[str, str]) -> QIcon:
    """Its shape in its colour."""
    name, token = _URGENCY[urgency]
    return icon(name, colours[token])


def urgency_token(urgency: Urgency) -> str:
    """The theme's colour of it."""
    return _URGENCY[urgency][1]


def deadline_words(case: Case, urgency: Urgency) -> str:
    """The word and the last day; a day that no holiday table covers is marked."""
    mark = "" if case.due_certain else QCoreApplication.translate("Cases", " (holidays unknown)")
    return f"{urgency_word(urgency)} {case.due:%m-%d}{mark}"


def found_word(found: OriginalFound) -> str:
    """未核验, 一致, 不一致, 未提供原件."""
    words = {
        OriginalFound.UNSEEN: QCoreApplication.translate("Cases", "Not checked"),
        OriginalFound.AGREES: QCoreApplication.translate("Cases", "Agrees"),
        OriginalFound.DIFFERS: QCoreApplication.translate("Cases", "Differs"),
        OriginalFound.MISSING: QCoreApplication.translate("Cases", "Not brought"),
    }
    return words[found]


def found_icon(found: OriginalFound, colours: Mapping[str, str]) -> QIcon:
    """Its shape in its colour."""
    name, token = _FOUND[found]
    return icon(name, colours[token])


def stage_word(stage: Stage) -> str:
    """待审核受理, 待核验原件, 待投递, 待揽收."""
    words = {
        Stage.REVIEW: QCoreApplication.translate("Cases", "To be reviewed"),
        Stage.VERIFY: QCoreApplication.translate("Cases", "Originals to be verified"),
        Stage.SEND: QCoreApplication.translate("Cases", "To be posted"),
        Stage.COLLECT: QCoreApplication.translate("Cases", "To be collected"),
    }
    return words[stage]


def operator_word(operator: Operator) -> str:
    """The sign where there is one, else a word."""
    words = {
        Operator.EMPTY: QCoreApplication.translate("Cases", "is empty"),
        Operator.NOT_EMPTY: QCoreApplication.translate("Cases", "is not empty"),
        Operator.CONTAINS: QCoreApplication.translate("Cases", "contains"),
        Operator.BETWEEN: QCoreApplication.translate("Cases", "from … to"),
        Operator.IN: QCoreApplication.translate("Cases", "is one of"),
    }
    return words.get(operator, operator.value)


def channel_word(channel: str) -> str:
    """申报方式."""
    if channel == ONLINE:
        return QCoreApplication.translate("Cases", "online")
    return QCoreApplication.translate("Cases", "at the window")


def role_word(role: PersonRole) -> str:
    """申请人, 当事人, 代办人, 随迁人员, 被投靠人, 户主."""
    words = {
        PersonRole.APPLICANT: QCoreApplication.translate("Cases", "Applicant"),
        PersonRole.SUBJECT: QCoreApplication.translate("Cases", "Person concerned"),
        PersonRole.AGENT: QCoreApplication.translate("Cases", "Agent"),
        PersonRole.ACCOMPANYING: QCoreApplication.translate("Cases", "Moves along"),
        PersonRole.HOST: QCoreApplication.translate("Cases", "Host"),
        PersonRole.HOUSEHOLDER: QCoreApplication.translate("Cases", "Householder"),
    }
    return words[role]


def moment_words(moment: datetime) -> str:
    """To the minute, on the workstation's own clock."""
    return f"{moment:%Y-%m-%d %H:%M}"


def day_words(day: date | None) -> str:
    """A dash for none."""
    return "—" if day is None else day.isoformat()


def subject_of(case: Case) -> tuple[str, str]:
    """Name and ID number of whom the case is about."""
    content = case.content
    person = content.person(PersonRole.SUBJECT) or content.person(PersonRole.APPLICANT)
    return ("", "") if person is None else (person.name, person.id_number)
