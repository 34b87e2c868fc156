"""A small catalogue, people nobody is, and cases in every way a test wants them."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from app.config.settings import Settings
from app.config.workflows import work_calendar, workflow
from app.domain.cases.case import CasePerson, CasePlace, CaseStep, FieldValue, NewCase, PersonRole, Provenance
from app.domain.cases.matter import Finding, FindingKind, MatterFacts
from app.domain.cases.workflow import CaseEvent
from app.domain.errors import BadInput
from app.domain.numbering import NumberingRule
from app.domain.person import check_character
from app.domain.records import Officer, Role
from app.intake.room import Intake, IntakePlace, open_intake
from app.security.identifiers import new_id
from app.store.cases import CaseRules
from app.store.store import Store
from helpers.stores import STATION, TestClock, new_store

CASE_RULE = NumberingRule("SL{date}{terminal}{seq:04}")
RULES = CaseRules(workflow(), work_calendar(), CASE_RULE)
PLACE = CasePlace("zhang", STATION)
MOVE_IN = MatterFacts("HZ-001", "夫妻投靠落户", "3", "household", track="approval", renamed={"spouse": "host_name"})
CERTIFICATE = MatterFacts("HZ-090", "户籍信息证明", "1", "household")
DOG = MatterFacts("ZA-001", "养犬登记", "1", "security", promised_days=10)
OFFICER = Officer("zhang", "张某", Role.OPERATOR)


class SmallCatalogue:
    """Three matters. ``move_in_version``: which version of the first is in force."""

    def __init__(self, move_in_version: str = "3", gone: Collection[str] = ()) -> None:
        self._version = move_in_version
        self._gone = gone

    def facts(self, code: str, version: str = "") -> MatterFacts:
        found = {m.code: m for m in (replace(MOVE_IN, version=version or self._version), CERTIFICATE, DOG)}
        if code not in found or version in self._gone:
            raise BadInput("PER-101", length=0)
        return found[code]

    def findings(
        self, code: str, version: str, fields: Mapping[str, str], materials: Collection[str]
    ) -> tuple[Finding, ...]:
        if code != MOVE_IN.code:
            return ()
        found = [Finding(FindingKind.WARNING, "host_name", "请核对", "L4799")]
        if "marriage-certificate" not in materials:
            found.append(Finding(FindingKind.MISSING_MATERIAL, "marriage-certificate", "缺结婚证", "L4799"))
        if not fields.get("host_name"):
            found.append(Finding(FindingKind.FIELD, "host_name", "被投靠人姓名未填", "L4811"))
        return tuple(found)


def id_number(serial: int, born: date = date(1990, 3, 7)) -> str:
    """Of a region that does not exist."""
    first17 = f"999999{born:%Y%m%d}{serial % 1000:03}"
    return first17 + check_character(first17)


def person(role: PersonRole = PersonRole.APPLICANT, name: str = "欧阳𬱖", serial: int = 1, **more: object) -> CasePerson:
    made = CasePerson(role, name, id_number(serial), sex="2", ethnicity="01", birth_date=date(1990, 3, 7))
    return replace(made, **more)  # type: ignore[arg-type]  # a test names its fields


def new_case(matter: MatterFacts = CERTIFICATE, **changes: object) -> NewCase:
    new = NewCase(new_id(), matter, (person(),), {"purpose": FieldValue("公证", Provenance.HAND)})
    return replace(new, **changes)  # type: ignore[arg-type]  # a test names its fields


def order(event: CaseEvent, action: str = "", opinion: str = "经审核，意见如上") -> CaseStep:
    return CaseStep(event, action or new_id(), "zhang", "张某", "关键内容", opinion)


def accept() -> CaseStep:
    return order(CaseEvent.ACCEPT)


def intake_on(
    store: Store, clock: TestClock, catalogue: SmallCatalogue | None = None, officer: Officer = OFFICER
) -> Intake:
    place = IntakePlace(officer, lambda: STATION, "zh_CN")
    return open_intake(store, catalogue or SmallCatalogue(), Settings.of({}), place, clock)


def new_intake(root: Path, clock: TestClock) -> tuple[Store, Intake]:
    store, _, _ = new_store(root, clock)
    return store, intake_on(store, clock)


_SURNAMES, _GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平"


def drawn_name(draw: random.Random) -> str:
    """A name as frequent names are; nobody's in particular."""
    return draw.choice(_SURNAMES) + "".join(draw.choice(_GIVEN) for _ in range(draw.choice((1, 2, 2))))
