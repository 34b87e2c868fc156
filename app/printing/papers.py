"""What the documents of a case say: every blank of a template as text, from the case, its people, papers and nodes."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache

from app.config.places import RESOURCES
from app.domain.cases.case import Case, CaseMaterial, CaseNode, CasePerson, Draft, FieldValue, PersonRole, Provenance
from app.domain.cases.workflow import CaseEvent, CaseState, Workflow
from app.domain.person import masked
from app.printing.template import Element, load_template

# (code table, code) → what it means; the code itself where nobody knows.
Meaning = Callable[[str, str], str]
# Field id → its label and code table ("" = none), None for a field no form has.
Label = Callable[[str], tuple[str, str] | None]

_ROLES = {
    PersonRole.APPLICANT: "申请人",
    PersonRole.SUBJECT: "当事人",
    PersonRole.AGENT: "代办人",
    PersonRole.ACCOMPANYING: "随迁人员",
    PersonRole.HOST: "被投靠人",
    PersonRole.HOUSEHOLDER: "户主",
}
_PROVENANCE = {
    Provenance.CARD: "证件",
    Provenance.BACKEND: "后台",
    Provenance.EARLIER_CASE: "以往办件",
    Provenance.HAND: "录入",
}
_ORIGINS = {"scanner": "扫描仪", "document camera": "高拍仪", "file": "文件", "e-licence": "电子证照"}
_PERSON_PARTS = ("name", "number", "masked", "sex", "ethnicity", "birth", "phone", "address", "relation")
# What the resident form asks for and some form of the catalogue may have; blank where none has.
_OPTIONAL = frozenset({
    "former_name", "birth_place", "native_place", "education", "marriage", "military", "blood", "height", "religion",
    "workplace", "occupation",
    "from_address", "post_name", "post_phone", "post_address", "died_on", "died_at", "death_cause",
})  # fmt: skip
DRAFT = "draft"


@dataclass(frozen=True)
class Paper:
    """A document this workstation can print. ``states``: of a case in which it is offered; ``draft``: while parked."""

    id: str
    zh: str
    en: str
    states: frozenset[str]
    ticket: bool
    always: bool
    watermark: bool

    def name(self, language: str) -> str:
        """In ``zh_CN`` or ``en``."""
        return self.zh if language.startswith("zh") else self.en


@cache
def papers() -> Mapping[str, Paper]:
    """Every document by its id, in the order of the file."""
    with (RESOURCES / "documents.toml").open("rb") as file:
        rows = tomllib.load(file)
    return {key: Paper(key, **{**row, "states": frozenset(row["states"])}) for key, row in rows.items()}


@dataclass(frozen=True)
class PrintedBy:
    """Who prints, where and when."""

    officer: str
    account: str
    station: str
    terminal: str
    when: datetime

    @property
    def watermark(self) -> str:
        """Across a page with personal data, so that a photo of it tells whose print it was."""
        return f"{self.officer} {self.account} {self.terminal} {self.when:%Y-%m-%d %H:%M:%S}"


@dataclass(frozen=True)
class CaseFolder:
    """Everything of a case that a document may name."""

    case: Case
    nodes: tuple[CaseNode, ...]
    materials: tuple[CaseMaterial, ...]


@dataclass(frozen=True)
class DraftFolder:
    """A parked draft: what was typed, and what is missing."""

    draft: Draft
    matter: str
    materials: tuple[CaseMaterial, ...] = field(default=())


class CaseWriter:
    """Turns cases and drafts into blanks. ``meaning`` and ``label`` are the catalogue's. Thread: any."""

    def __init__(self, flow: Workflow, meaning: Meaning, label: Label) -> None:
        self._flow = flow
        self._meaning = meaning
        self._label = label

    def case(self, folder: CaseFolder, by: PrintedBy, copy: int, *, training: bool) -> dict[str, str]:
        """Every blank of every template for a case."""
        case, new = folder.case, folder.case.content
        applicant = new.person(PersonRole.APPLICANT) or new.people[0]
        subject = new.person(PersonRole.SUBJECT) or applicant
        blanks = self._blanks(new.fields, folder.materials, by, copy, training=training)
        blanks |= self._person("applicant", applicant) | self._person("subject", subject)
        for role in (PersonRole.AGENT, PersonRole.HOUSEHOLDER):
            blanks |= self._person(role.value, new.person(role))
        track = self._flow.tracks.get(case.track)
        days = f"{case.promised_days} 个工作日"
        return blanks | {
            "number": case.number,
            "matter": new.matter.name,
            "matter_code": new.matter.code,
            "state": self._flow.states[case.state].words.zh,
            "submitted": f"{case.submitted:%Y-%m-%d %H:%M}",
            "due": f"{case.due:%Y-%m-%d}" + ("" if case.due_certain else "（节假日未定）"),
            "promise": days if track is None else f"{track.words.zh}，{days}",
            "reason": _last_opinion(folder.nodes, CaseEvent.REFUSE, CaseEvent.ASK_SUPPLEMENT, CaseEvent.SUSPEND),
            "approval": _approval(folder.nodes),
            "parcel": "退还的材料原件" if case.state in _GOES_BACK else "制成的证件材料和原有材料",
            "people_rows": _rows([self._person_row(person) for person in new.people]),
            "node_rows": _rows([self._node_row(node) for node in folder.nodes]),
        }

    def draft(self, folder: DraftFolder, by: PrintedBy, copy: int, *, training: bool) -> dict[str, str]:
        """Every blank for a draft: what only a case has stays empty."""
        draft = folder.draft
        blanks = self._blanks(draft.fields, folder.materials, by, copy, training=training)
        name = draft.fields.get("applicant_name")
        return blanks | {
            "number": draft.id,
            "matter": folder.matter,
            "applicant_name": name.value if name else "",
            "missing": _rows([(str(n), line) for n, line in enumerate(draft.missing, 1)]),
        }

    def _blanks(
        self,
        fields: Mapping[str, FieldValue],
        materials: Sequence[CaseMaterial],
        by: PrintedBy,
        copy: int,
        *,
        training: bool,
    ) -> dict[str, str]:
        blanks = dict.fromkeys(KNOWN_BLANKS, "")
        blanks |= {name: self._shown(name, value.value) for name, value in fields.items() if name in _OPTIONAL}
        return blanks | {
            "station": by.station,
            "terminal": by.terminal,
            "officer": by.officer,
            "printed": f"{by.when:%Y-%m-%d %H:%M:%S}",
            "today": f"{by.when.year}年{by.when.month}月{by.when.day}日",
            "copy": str(copy) if copy else "",
            "training": "1" if training else "",
            "papers": "\n".join(f"{n}. {m.name}" for n, m in enumerate(materials, 1)),
            "no_papers": "" if materials else "1",
            "paper_rows": _rows([(str(n), m.name, "1") for n, m in enumerate(materials, 1)]),
            "material_rows": _rows(
                [(str(n), m.name, _ORIGINS.get(m.origin, m.origin)) for n, m in enumerate(materials, 1)]
            ),
            "field_rows": _rows(self._field_rows(fields)),
        }

    def _field_rows(self, fields: Mapping[str, FieldValue]) -> list[tuple[str, ...]]:
        filled = [(name, value) for name, value in fields.items() if value.value]
        return [
            (str(n), self._name(name), self._shown(name, value.value), _PROVENANCE[value.provenance])
            for n, (name, value) in enumerate(filled, 1)
        ]

    def _name(self, field_id: str) -> str:
        known = self._label(field_id)
        return field_id if known is None else known[0]

    def _shown(self, field_id: str, value: str) -> str:
        known = self._label(field_id)
        return value if known is None or not known[1] else self._meaning(known[1], value)

    def _person(self, prefix: str, person: CasePerson | None) -> dict[str, str]:
        if person is None:
            return dict.fromkeys((f"{prefix}_{part}" for part in _PERSON_PARTS), "")
        parts = {
            "name": person.name,
            "number": person.id_number,
            "masked": masked(person.id_number) if person.id_number else "",
            "sex": self._meaning("sex", person.sex),
            "ethnicity": self._meaning("nation", person.ethnicity),
            "birth": _day(person.birth_date),
            "phone": person.phone,
            "address": person.address,
            "relation": self._meaning("relation", person.relation),
        }
        return {f"{prefix}_{part}": value for part, value in parts.items()}

    def _person_row(self, person: CasePerson) -> tuple[str, ...]:
        relation = self._meaning("relation", person.relation)
        return _ROLES[person.role], person.name, person.id_number, person.phone, relation

    def _node_row(self, node: CaseNode) -> tuple[str, ...]:
        event = self._flow.events[node.step.event].words.zh
        return event, node.step.officer_name, f"{node.recorded:%Y-%m-%d %H:%M}", node.step.opinion


_GOES_BACK = frozenset({CaseState.SUSPENDED, CaseState.DISAPPROVED, CaseState.RETURNING})
_PEOPLE = ("applicant", "subject", "agent", "householder")
_OWN_BLANKS = frozenset({
    "number", "matter", "matter_code", "state", "submitted", "due", "promise", "reason", "approval", "parcel",
    "people_rows", "node_rows", "missing", "station", "terminal", "officer", "printed", "today", "copy",
    "training", "papers", "no_papers", "paper_rows", "material_rows", "field_rows",
})  # fmt: skip
KNOWN_BLANKS = _OWN_BLANKS | {f"{who}_{part}" for who in _PEOPLE for part in _PERSON_PARTS} | _OPTIONAL


def blanks_of(template: Iterable[Element]) -> frozenset[str]:
    """Every blank a template names."""
    named: set[str] = set()
    for element in template:
        texts = [element.text, *(cell[1] for cell in element.cells)]
        named |= {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}
        named |= {name for name in (element.field, element.when) if name}
    return frozenset(named)


@cache
def paper_template(paper_id: str) -> tuple[Element, ...]:
    """A document's template, read once."""
    return load_template(paper_id)


def _rows(rows: Sequence[Sequence[str]]) -> str:
    """Lines of cells; a tab or line break inside a cell is a blank."""
    return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in rows)


def _day(day: date | None) -> str:
    return "" if day is None else f"{day.year}年{day.month}月{day.day}日"


def _approval(nodes: Sequence[CaseNode]) -> str:
    """What was written with the approval; an approval without a word is 同意, none at all stays blank."""
    approved = any(node.step.event is CaseEvent.APPROVE for node in nodes)
    return (_last_opinion(nodes, CaseEvent.APPROVE) or "同意") if approved else ""


def _last_opinion(nodes: Sequence[CaseNode], *events: CaseEvent) -> str:
    return next((node.step.opinion for node in reversed(nodes) if node.step.event in events), "")
