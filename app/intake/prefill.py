"""What is known of a person before anybody types: from the card, and from an earlier case of the same number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.cases.case import Case
from app.domain.cases.query import AllOf, CaseQuery, Condition, Operator
from app.domain.errors import BadInput
from app.domain.identity_card import CardType, IdentityCard, readable
from app.domain.matters.form import Field, Form, Origin
from app.domain.matters.reading import read_value
from app.intake.cases import Cases
from app.intake.people import PersonPlace, certificate_of
from app.intake.typed import text_of

_CARDS_WITH_A_NATION = {CardType.RESIDENT}


def card_texts(name: str, number: str, kind: str, card: IdentityCard | None) -> dict[str, str]:
    """What a form calls ``card:…`` → text; ``card`` None where only the zone of a travel document was read."""
    texts = {"name": name, "number": number, "type": certificate_of(kind, number)}
    if card is not None:
        texts |= {
            "sex": card.sex if card.sex in {"1", "2"} else "",
            "nation": card.nation if card.type in _CARDS_WITH_A_NATION else "",
            "birth": text_of(card.birth_date),
            "address": readable(card.new_address.strip() or card.address.strip()),
        }
    return {detail: text for detail, text in texts.items() if text}


def card_fields(place: PersonPlace, texts: Mapping[str, str]) -> dict[str, str]:
    """The same under the draft's keys."""
    return {slot.key: texts[detail] for detail, slot in place.by_detail.items() if detail in texts}


@dataclass(frozen=True)
class Known:
    """``earlier``: fields of that applicant's latest case; ``unfinished``: cases of the same matter without an answer."""

    earlier: Mapping[str, str]
    unfinished: tuple[Case, ...]


def known_of(cases: Cases, number: str, matter_code: str, form: Form) -> Known:
    """Asked by the applicant's number. Raises StoreFault."""
    who = Condition("applicant_id_number", Operator.EQUAL, (number,))
    before = cases.find(CaseQuery(who, limit=1))
    waiting = Condition("answered", Operator.EMPTY)
    same = AllOf((who, Condition("matter_code", Operator.EQUAL, (matter_code,)), waiting))
    return Known(_earlier(before[0], form) if before else {}, cases.find(CaseQuery(same, limit=5)))


def _earlier(case: Case, form: Form) -> dict[str, str]:
    """Only what the form says may come from an earlier case."""
    texts: dict[str, str] = {}
    for section in form.sections:
        for field in section.fields if not section.rows else ():
            for source in field.prefill:
                known = case.content.fields.get(source.detail) if source.origin is Origin.EARLIER_CASE else None
                if known is not None and known.value:
                    texts.setdefault(field.id, known.value)
    return texts


def register_fields(form: Form) -> dict[str, tuple[str, ...]]:
    """Field → the back end's registers that the form says may know it, in the form's order; not of lines that repeat."""
    found = {}
    for field in _once(form):
        names = tuple(source.detail for source in field.prefill if source.origin is Origin.BACK_END)
        if names:
            found[field.id] = names
    return found


def register_texts(form: Form, answered: Mapping[str, str]) -> dict[str, str]:
    """Of an answer, what was asked for and what its field can mean; the rest is nobody's to mend at a window."""
    asked = register_fields(form)
    fields = {field.id: field for field in _once(form)}
    return {key: text for key, text in answered.items() if key in asked and text and _means(fields[key], text)}


def _once(form: Form) -> tuple[Field, ...]:
    return tuple(field for section in form.sections if not section.rows for field in section.fields)


def _means(field: Field, text: str) -> bool:
    try:
        read_value(field, text)
    except BadInput:
        return False
    return True
