"""Tree and facts → an answer, three-valued after Kleene; total, whatever the tree and the facts are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import singledispatch
from operator import ge, gt, le, lt
from typing import Any

from app.domain.errors import BadInput
from app.domain.expressions.tree import Call, Comparison, Junction, Literal, Membership, Name, Node, Not, Product, Sum
from app.domain.expressions.values import LARGEST, Answer, Duration, added, age, birth_in, months_between
from app.domain.person import require_citizen_number

Facts = Mapping[str, Answer]

_ORDERED: dict[str, Callable[[Any, Any], Any]] = {"<": lt, "<=": le, ">": gt, ">=": ge}


@singledispatch
def evaluated(node: Node, facts: Facts) -> Answer:
    """None = unknown. A fact of the wrong kind counts as unknown; nothing is raised for a checked tree."""
    raise TypeError(node)


@evaluated.register
def _literal(node: Literal, _facts: Facts) -> Answer:
    return node.value


@evaluated.register
def _name(node: Name, facts: Facts) -> Answer:
    return facts.get(node.name)


@evaluated.register
def _not(node: Not, facts: Facts) -> Answer:
    inner = evaluated(node.inner, facts)
    return (not inner) if isinstance(inner, bool) else None


@evaluated.register
def _junction(node: Junction, facts: Facts) -> Answer:
    """One deciding part decides, however many others are unknown."""
    parts = [evaluated(part, facts) for part in node.parts]
    deciding = not node.every
    if any(part is deciding for part in parts):
        return deciding
    return node.every if all(part is node.every for part in parts) else None


@evaluated.register
def _comparison(node: Comparison, facts: Facts) -> Answer:
    return _compared(node.operator, evaluated(node.left, facts), evaluated(node.right, facts))


@evaluated.register
def _membership(node: Membership, facts: Facts) -> Answer:
    found = evaluated(node.inner, facts)
    return None if found is None else any(_same(found, member.value) for member in node.members)


def _same(left: Answer, right: Answer) -> bool:
    # ``True == 1`` in Python; here a yes is no number.
    return type(left) is type(right) and left == right


def _compared(operator: str, left: Answer, right: Answer) -> Answer:
    if left is None or right is None or type(left) is not type(right):
        return None
    if operator in {"=", "!="}:
        return (left == right) is (operator == "=")
    if isinstance(left, bool) or not isinstance(left, int | date):
        return None
    return bool(_ORDERED[operator](left, right))


def _number(answer: Answer) -> int | None:
    return answer if isinstance(answer, int) and not isinstance(answer, bool) and abs(answer) <= LARGEST else None


@evaluated.register
def _sum(node: Sum, facts: Facts) -> Answer:
    total: Answer = None
    for place, (sign, term) in enumerate(node.terms):
        value = evaluated(term, facts)
        if place == 0:
            total = value
        elif isinstance(total, date) and isinstance(value, Duration):
            total = added(total, value, sign)
        else:
            first, second = _number(total), _number(value)
            total = None if first is None or second is None else _number(first + sign * second)
    return total


@evaluated.register
def _product(node: Product, facts: Facts) -> Answer:
    total: int | None = 1
    for factor in node.factors:
        value = _number(evaluated(factor, facts))
        total = None if total is None or value is None else _number(total * value)
    return total


def _of_dates(work: Callable[[date, date], int | None]) -> Callable[..., Answer]:
    def call(first: Answer, last: Answer) -> Answer:
        return work(first, last) if isinstance(first, date) and isinstance(last, date) else None

    return call


def _of_text(work: Callable[[str], Answer]) -> Callable[..., Answer]:
    def call(text: Answer) -> Answer:
        return work(text) if isinstance(text, str) else None

    return call


def _days_between(first: date, last: date) -> int:
    return (last - first).days


def _is_citizen_number(text: str) -> bool:
    try:
        require_citizen_number(text)
    except BadInput:
        return False
    return True


def _present(value: Answer) -> bool:
    return value is not None


def _absent(value: Answer) -> bool:
    return value is None


# The same names as ``check.FUNCTIONS``; a test compares them.
WORK: dict[str, Callable[..., Answer]] = {
    "age": _of_dates(age),
    "months_between": _of_dates(months_between),
    "days_between": _of_dates(_days_between),
    "born": _of_text(birth_in),
    "citizen_number": _of_text(_is_citizen_number),
    "length": _of_text(len),
    "present": _present,
    "absent": _absent,
}


@evaluated.register
def _call(node: Call, facts: Facts) -> Answer:
    return WORK[node.function](*(evaluated(argument, facts) for argument in node.arguments))


def names_in(node: Node) -> frozenset[str]:
    """The names an expression asks for."""
    match node:
        case Name():
            return frozenset({node.name})
        case Literal():
            return frozenset()
        case Not() | Membership():
            return names_in(node.inner)
        case Junction():
            inner = node.parts
        case Comparison():
            inner = (node.left, node.right)
        case Sum():
            inner = tuple(term for _, term in node.terms)
        case Product():
            inner = node.factors
        case Call():
            inner = node.arguments
    return frozenset().union(*map(names_in, inner))
