"""Tokens → tree, by recursive descent; depth is bounded, so no text can exhaust the stack.

condition  = conjunction { "or" conjunction }
conjunction = negation { "and" negation }
negation   = "not" negation | comparison
comparison = sum [ ( "=" | "!=" | "<" | "<=" | ">" | ">=" ) sum | [ "not" ] "in" "{" literal { "," literal } "}" ]
sum        = product { ( "+" | "-" ) product }
product    = primary { "*" primary }
primary    = literal | name | function "(" [ condition { "," condition } ] ")" | "(" condition ")"
literal    = [ "-" ] number | number unit | date | "'" text "'" | "true" | "false"
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from app.domain.errors import BadInput
from app.domain.expressions.tokens import UNITS, WORDS, Sort, Token, tokens
from app.domain.expressions.tree import Call, Comparison, Junction, Literal, Membership, Name, Node, Not, Product, Sum
from app.domain.expressions.values import Duration

DEEPEST = 16
_COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})


@lru_cache(maxsize=1024)
def parsed(text: str) -> Node:
    """The whole text as one tree. Raises BadInput MAT-121, MAT-122, MAT-125, MAT-128 with the position."""
    reader = _Reader(tokens(text))
    tree = reader.condition()
    reader.require_end()
    return tree


class _Reader:
    def __init__(self, found: tuple[Token, ...]) -> None:
        self._tokens = found
        self._at = 0
        self._depth = 0

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._tokens[self._at]
        self._at += token.sort is not Sort.END
        return token

    def _is(self, *texts: str) -> bool:
        return self._next.sort in {Sort.SIGN, Sort.NAME} and self._next.text in texts

    def _skip(self, text: str) -> bool:
        met = self._is(text)
        if met:
            self._take()
        return met

    def _require(self, text: str) -> None:
        if not self._skip(text):
            raise self._unexpected(text)

    def _unexpected(self, wanted: str) -> BadInput:
        return BadInput("MAT-122", position=self._next.position, found=self._next.text[:20] or "∎", wanted=wanted)

    def require_end(self) -> None:
        if self._next.sort is not Sort.END:
            raise self._unexpected("∎")

    def _deeper(self, part: Callable[[], Node]) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise BadInput("MAT-125", position=self._next.position, most=DEEPEST)
        node = part()
        self._depth -= 1
        return node

    def condition(self) -> Node:
        return self._junction("or", self._conjunction)

    def _conjunction(self) -> Node:
        return self._junction("and", self._negation)

    def _junction(self, word: str, part: Callable[[], Node]) -> Node:
        position = self._next.position
        parts = [part()]
        while self._skip(word):
            parts.append(part())
        return parts[0] if len(parts) == 1 else Junction(position, word == "and", tuple(parts))

    def _negation(self) -> Node:
        position = self._next.position
        if self._skip("not"):
            return Not(position, self._deeper(self._negation))
        return self._comparison()

    def _comparison(self) -> Node:
        left = self._sum()
        token = self._next
        if token.sort is Sort.SIGN and token.text in _COMPARISONS:
            self._take()
            return Comparison(token.position, token.text, left, self._sum())
        if self._skip("not"):
            self._require("in")
            return Not(token.position, Membership(token.position, left, self._members()))
        if self._skip("in"):
            return Membership(token.position, left, self._members())
        return left

    def _members(self) -> tuple[Literal, ...]:
        self._require("{")
        members = [self._literal()]
        while self._skip(","):
            members.append(self._literal())
        self._require("}")
        return tuple(members)

    def _sum(self) -> Node:
        position = self._next.position
        terms = [(1, self._product())]
        while self._is("+", "-"):
            sign = 1 if self._take().text == "+" else -1
            terms.append((sign, self._product()))
        return terms[0][1] if len(terms) == 1 else Sum(position, tuple(terms))

    def _product(self) -> Node:
        position = self._next.position
        factors = [self._primary()]
        while self._skip("*"):
            factors.append(self._primary())
        return factors[0] if len(factors) == 1 else Product(position, tuple(factors))

    def _primary(self) -> Node:
        token = self._next
        if self._skip("("):
            inner = self._deeper(self.condition)
            self._require(")")
            return inner
        if token.sort is Sort.NAME and token.text not in WORDS:
            self._take()
            return self._call(token) if self._skip("(") else Name(token.position, token.text)
        return self._literal()

    def _call(self, name: Token) -> Node:
        arguments: list[Node] = []
        if not self._is(")"):
            arguments.append(self._deeper(self.condition))
            while self._skip(","):
                arguments.append(self._deeper(self.condition))
        self._require(")")
        return Call(name.position, name.text, tuple(arguments))

    def _literal(self) -> Literal:
        position = self._next.position
        sign = -1 if self._skip("-") else 1
        token = self._next
        if token.sort is Sort.NUMBER:
            self._take()
            return Literal(position, self._number(int(token.text), sign))
        if sign == 1 and token.sort is Sort.TEXT:
            self._take()
            return Literal(position, token.text)
        if sign == 1 and token.sort is Sort.DATE:
            self._take()
            return Literal(position, _day(token))
        if sign == 1 and self._is("true", "false"):
            return Literal(position, self._take().text == "true")
        raise self._unexpected("value")

    def _number(self, number: int, sign: int) -> int | Duration:
        if sign == 1 and self._next.sort is Sort.NAME and self._next.text in UNITS:
            months, days = UNITS[self._take().text]
            return Duration(months * number, days * number)
        return sign * number


def _day(token: Token) -> date:
    try:
        return date.fromisoformat(token.text)
    except ValueError as error:
        raise BadInput("MAT-128", position=token.position, found=token.text) from error
