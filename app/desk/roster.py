"""Every configured device of the workstation, whatever its kind: how it stands, its self-test, another try.

Thread: any. ``rows`` reads what the supervisors know and asks no device; ``self_test`` and ``reconnect`` block.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.config.clock import Clock
from app.desk.device_kinds import DeviceKind
from app.desk.self_tests import RosterDevice, SelfTest, self_test
from app.domain.errors import BadInput
from devices.ports.standing import DeviceStanding

# What a device may tell of itself that is worth showing, in this order; never anything about a person.
FACTS = ("model", "vendor", "serial", "firmware", "sam_id", "driver", "width_dots", "battery_percent", "battery")


@dataclass(frozen=True)
class Post:
    """Where a device of a kind is plugged in: its supervised host, and how to read what it told of itself."""

    device: RosterDevice
    address: Callable[[], str]
    told: Callable[[], Mapping[str, object] | None]
    reconnect: Callable[[], None]


@dataclass(frozen=True)
class TestRecord:
    """A self-test and when it was made."""

    __test__ = False  # no test of ours, whatever its name

    result: SelfTest
    at: datetime


@dataclass(frozen=True)
class RosterRow:
    """One line of the panel. ``standing`` None: the kind is not configured. ``facts``: name and value as told."""

    kind: DeviceKind
    address: str = ""
    standing: DeviceStanding | None = None
    facts: tuple[tuple[str, str], ...] = ()
    test: TestRecord | None = None

    def fact(self, name: str) -> str:
        """One of them, "" when the device did not tell."""
        return dict(self.facts).get(name, "")


def facts_of(told: Mapping[str, object] | None) -> tuple[tuple[str, str], ...]:
    """The facts worth showing; what is empty was not told."""
    found = {name: told.get(name) for name in FACTS} if told is not None else {}
    return tuple((name, str(value)[:80]) for name, value in found.items() if value not in (None, "", False))


class DeviceRoster:
    """Filled once by bootstrap, then read by panel, heartbeat and diagnosis."""

    def __init__(self, kinds: tuple[DeviceKind, ...], posts: Mapping[str, Post], clock: Clock) -> None:
        self._kinds = kinds
        self._posts = dict(posts)
        self._clock = clock
        self._tests: dict[str, TestRecord] = {}

    def rows(self) -> tuple[RosterRow, ...]:
        """Every kind this program can drive, configured or not, in the order of the data file."""
        return tuple(self._row(kind) for kind in self._kinds)

    def row(self, kind: str) -> RosterRow:
        """One of them. Raises BadInput DEV-120 for a kind nobody knows."""
        found = next((k for k in self._kinds if k.id == kind), None)
        if found is None:
            raise BadInput("DEV-120", kind=kind[:40])
        return self._row(found)

    def _row(self, kind: DeviceKind) -> RosterRow:
        post = self._posts.get(kind.id)
        if post is None:
            return RosterRow(kind)
        return RosterRow(kind, post.address(), post.device.standing, facts_of(post.told()), self._tests.get(kind.id))

    def self_test(self, kind: str) -> RosterRow:
        """Test it now; the row carries the result. Raises BadInput DEV-120 unknown, DEV-121 not configured."""
        post, row = self._post(kind)
        self._tests[kind] = TestRecord(self_test(row.kind.self_test, post.device), self._clock.now())
        return self._row(row.kind)

    def reconnect(self, kind: str) -> RosterRow:
        """Try again now, on the address now in the settings. Raises as ``self_test``, BadAddress."""
        post, row = self._post(kind)
        post.reconnect()
        return self._row(row.kind)

    def _post(self, kind: str) -> tuple[Post, RosterRow]:
        row = self.row(kind)
        if kind not in self._posts:
            raise BadInput("DEV-121", kind=row.kind.id)
        return self._posts[kind], row
