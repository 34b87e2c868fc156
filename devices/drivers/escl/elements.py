"""Outside XML as a small tree: bounded in bytes, depth and number of elements, no DTD, no entities of its own.

Namespaces are dropped: devices disagree about them, and no local name of eSCL means two things.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

# The largest ScannerCapabilities seen in the wild is about 40 KB, eleven levels deep.
LARGEST_DOCUMENT = 512 * 1024
_DEEPEST = 32
_MOST_ELEMENTS = 20_000


class NotUnderstood(Exception):
    """The bytes are no XML document of ours."""


@dataclass
class Element:
    """Local name, the text directly inside (stripped), the children in order."""

    name: str
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def all(self, name: str) -> Iterator[Element]:
        """Every descendant of that name, in document order."""
        for child in self.children:
            if child.name == name:
                yield child
            yield from child.all(name)

    def first(self, name: str) -> Element | None:
        """The first descendant of that name."""
        return next(self.all(name), None)

    def text_of(self, name: str) -> str:
        """The text of the first descendant of that name; "" where there is none."""
        found = self.first(name)
        return "" if found is None else found.text


class _Builder:
    def __init__(self) -> None:
        self.root: Element | None = None
        self._open: list[Element] = []
        self._count = 0

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        self._count += 1
        if len(self._open) >= _DEEPEST or self._count > _MOST_ELEMENTS:
            raise NotUnderstood("too deep or too many elements")
        element = Element(name.rpartition(" ")[2])
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)

    def text(self, words: str) -> None:
        if self._open:
            self._open[-1].text += words

    def end(self, _name: str) -> None:
        element = self._open.pop()
        element.text = element.text.strip()

    def refuse(self, *_: object) -> None:
        raise NotUnderstood("a DTD")


def parse(data: bytes) -> Element:
    """The root. Raises NotUnderstood."""
    if len(data) > LARGEST_DOCUMENT:
        raise NotUnderstood("too large")
    builder = _Builder()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.text
    # With no DTD there are no entities but the five of XML: nothing can grow and nothing is fetched.
    parser.StartDoctypeDeclHandler = builder.refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise NotUnderstood(str(error)) from error
    if builder.root is None:
        raise NotUnderstood("empty")
    return builder.root
