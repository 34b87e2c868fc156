"""The static check: every name is a field, every operation gets the kinds it is made for, every code is in its table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import singledispatch

from app.domain.errors import BadInput
from app.domain.expressions.tree import Call, Comparison, Junction, Literal, Membership, Name, Node, Not, Product, Sum
from app.domain.expressions.values import Kind, Type, Value

Scope = Mapping[str, Type]

_ANY: tuple[Kind, ...] = tuple(Kind)
# Function → the kinds of its arguments, and what it gives.
FUNCTIONS: dict[str, tuple[tuple[tuple[Kind, ...], ...], Kind]] = {
    "age": (((Kind.DATE,), (Kind.DATE,)), Kind.INTEGER),
    "months_between": (((Kind.DATE,), (Kind.DATE,)), Kind.INTEGER),
    "days_between": (((Kind.DATE,), (Kind.DATE,)), Kind.INTEGER),
    "born": (((Kind.TEXT,),), Kind.DATE),
    "citizen_number": (((Kind.TEXT,),), Kind.BOOLEAN),
    "length": (((Kind.TEXT,),), Kind.INTEGER),
    "present": ((_ANY,), Kind.BOOLEAN),
    "absent": ((_ANY,), Kind.BOOLEAN),
}


def kind_of(value: Value) -> Kind:
    """The kind of a literal."""
    if isinstance(value, bool):
        return Kind.BOOLEAN
    if isinstance(value, int):
        return Kind.INTEGER
    if isinstance(value, str):
        return Kind.TEXT
    if isinstance(value, date):
        return Kind.DATE
    return Kind.DURATION


@singledispatch
def checked(node: Node, scope: Scope) -> Type:
    """The type of the whole. Raises BadInput MAT-123, MAT-124, MAT-126, MAT-127 with the position."""
    raise TypeError(node)


@checked.register
def _literal(node: Literal, _scope: Scope) -> Type:
    return Type(kind_of(node.value))


@checked.register
def _name(node: Name, scope: Scope) -> Type:
    if node.name not in scope:
        raise BadInput("MAT-123", position=node.position, found=node.name[:40])
    return scope[node.name]


@checked.register
def _not(node: Not, scope: Scope) -> Type:
    return _require(node.inner, scope, Kind.BOOLEAN)


@checked.register
def _junction(node: Junction, scope: Scope) -> Type:
    for part in node.parts:
        _require(part, scope, Kind.BOOLEAN)
    return Type(Kind.BOOLEAN)


@checked.register
def _product(node: Product, scope: Scope) -> Type:
    for factor in node.factors:
        _require(factor, scope, Kind.INTEGER)
    return Type(Kind.INTEGER)


def _require(node: Node, scope: Scope, *kinds: Kind) -> Type:
    found = checked(node, scope)
    if found.kind not in kinds:
        raise _unfit(node.position, found.kind, kinds[0])
    return found


def _unfit(position: int, found: Kind, expected: Kind) -> BadInput:
    return BadInput("MAT-124", position=position, found=found.value, expected=expected.value)


@checked.register
def _comparison(node: Comparison, scope: Scope) -> Type:
    left, right = checked(node.left, scope), checked(node.right, scope)
    if left.kind is not right.kind or left.kind is Kind.DURATION:
        raise _unfit(node.position, right.kind, left.kind)
    if node.operator not in {"=", "!="} and left.kind not in {Kind.INTEGER, Kind.DATE}:
        raise _unfit(node.position, left.kind, Kind.INTEGER)
    for side, other in ((node.left, right), (node.right, left)):
        if isinstance(side, Literal):
            _require_code(side, other)
    return Type(Kind.BOOLEAN)


def _require_code(literal: Literal, against: Type) -> None:
    if against.codes is not None and literal.value not in against.codes:
        raise BadInput("MAT-127", position=literal.position, found=str(literal.value)[:20])


@checked.register
def _membership(node: Membership, scope: Scope) -> Type:
    inner = _require(node.inner, scope, Kind.INTEGER, Kind.TEXT, Kind.DATE)
    for member in node.members:
        if kind_of(member.value) is not inner.kind:
            raise _unfit(member.position, kind_of(member.value), inner.kind)
        _require_code(member, inner)
    return Type(Kind.BOOLEAN)


@checked.register
def _sum(node: Sum, scope: Scope) -> Type:
    """Numbers; or a date, then durations that are added to it or taken from it."""
    (_, first), *others = node.terms
    total = _require(first, scope, Kind.INTEGER, Kind.DATE).kind
    for _, term in others:
        wanted = Kind.DURATION if total is Kind.DATE else Kind.INTEGER
        _require(term, scope, wanted)
    return Type(total)


@checked.register
def _call(node: Call, scope: Scope) -> Type:
    if node.function not in FUNCTIONS:
        raise BadInput("MAT-126", position=node.position, found=node.function[:40], functions=", ".join(FUNCTIONS))
    parameters, result = FUNCTIONS[node.function]
    if len(node.arguments) != len(parameters):
        raise BadInput("MAT-126", position=node.position, found=node.function, functions=f"{len(parameters)}")
    for argument, kinds in zip(node.arguments, parameters, strict=True):
        _require(argument, scope, *kinds)
    return Type(result)
