"""The audit log in the database: rows are only ever added, each hangs on the one before, and a mark beside the database
says how far the log had come."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app.config.clock import Clock
from app.domain.audit import (
    BEGUN,
    DONE,
    OWN_ACTS,
    Access,
    AuditAnchor,
    AuditEntry,
    AuditEvent,
    AuditFault,
    AuditFinding,
    AuditHead,
    AuditQuery,
    AuditReport,
)
from app.domain.errors import NotAllowed, StoreFault
from app.domain.rights import Right, Room
from app.security.audit_chain import (
    GENESIS,
    anchor_findings,
    chain_findings,
    head_findings,
    linked,
    moment,
    signed_anchor,
)
from app.security.files import write_private
from app.security.keyring import DataKey
from app.security.sealing import open_sealed, reseal, seal
from app.security.signing import SigningKey
from app.store.database import fetch_all, transaction

_PAGE = 1000
_TAIL = 2000  # rows looked at when the store is opened; the whole log is `audit verify`'s
_PURPOSE, _OWNER = "audit-head", "workstation"
_INSERT = "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


class AuditMark:
    """The sealed mark beside the database. A lost or altered one is told by ``read`` as None after rows were written."""

    def __init__(self, path: Path, key: DataKey) -> None:
        self._path = path
        self._key = key

    def read(self) -> AuditHead | None:
        """None when there is none, or none of ours."""
        try:
            plain = open_sealed(self._key, self._path.read_bytes(), purpose=_PURPOSE, owner=_OWNER)
            number, digest, anchors = json.loads(plain)
        except (OSError, StoreFault, ValueError):
            return None
        return AuditHead(int(number), str(digest), int(anchors))

    def reseal(self, former: DataKey) -> None:
        """What was written under the former data key, under this one. Raises StoreFault SEA-…."""
        if self._path.exists():
            kept = self._path.read_bytes()
            write_private(self._path, reseal(former, self._key, kept, purpose=_PURPOSE, owner=_OWNER))

    def write(self, head: AuditHead) -> None:
        """Durable when this returns."""
        plain = json.dumps([head.number, head.digest, head.anchors]).encode()
        write_private(self._path, seal(self._key, plain, purpose=_PURPOSE, owner=_OWNER))


def _entry(row: Any) -> AuditEntry:
    return AuditEntry(*tuple(row))


def _everything(room: Room, right: Right) -> bool:
    """Before anybody sat down: what opens the store for the program itself."""
    return True


class AuditRows:
    """An ``AuditLog`` over the store's connection. Thread: any. ``sit`` says in whose name and where."""

    def __init__(self, connection: Any, lock: threading.RLock, clock: Clock, mark: AuditMark) -> None:
        self._connection = connection
        self._lock = lock
        self._clock = clock
        self._mark = mark
        self._head = mark.read()
        self._account = ""
        self._terminal: Callable[[], str] = str
        self._may: Callable[[Room, Right], bool] = _everything
        self.damage: tuple[AuditFinding, ...] = ()  # what ``check_at_start`` found

    def sit(self, account: str, terminal: Callable[[], str]) -> None:
        """From now on in this officer's name; ``terminal`` is asked for each row."""
        self._account, self._terminal = account, terminal

    def guard(self, may: Callable[[Room, Right], bool]) -> None:
        """From now on every access is asked of the permission table before it is done."""
        self._may = may

    def require(self, access: Access) -> None:
        """Raises NotAllowed AUT-120, and says so in the log, for what this officer's role may not do."""
        if access.event not in OWN_ACTS and not self._may(access.event.room, access.event.right):
            self._write(access, "AUT-120")
            raise NotAllowed("AUT-120")

    @property
    def account(self) -> str:
        """In whose name rows are written; "" before anybody sat down."""
        return self._account

    # -- writing ---------------------------------------------------------------------------------------

    def note(self, access: Access, result: str = DONE) -> AuditEntry:
        """On the disk when this returns. Raises StoreFault STO-1…: what cannot be recorded must not be done; NotAllowed
        AUT-120 for what the officer's role may not do (a refusal itself is written by whoever refuses)."""
        if result in {DONE, BEGUN}:
            self.require(access)
        return self._write(access, result)

    def _write(self, access: Access, result: str) -> AuditEntry:
        with self._lock:
            last, now = self._last(), self._clock.now().replace(microsecond=0)
            if last is not None and (back := moment(last.at) - now) > timedelta(0):
                seconds = f"{int(back.total_seconds())} s"
                self._append(Access(AuditEvent.CLOCK_SET_BACK, detail=seconds), DONE, now)
            return self._append(access, result, now)

    @contextmanager
    def doing(self, access: Access) -> Iterator[None]:
        """Recorded with its end. What leaves the workstation is recorded before it leaves, too.

        Raises NotAllowed AUT-120 before anything is done."""
        self.require(access)
        if access.event.right is Right.EXPORT:
            self.note(access, BEGUN)
        try:
            yield
        except Exception as error:
            self.note(access, str(getattr(error, "code", type(error).__name__)))
            raise
        self.note(access)

    def _append(self, access: Access, result: str, now: datetime) -> AuditEntry:
        end = self._end()
        number, previous = (end.number + 1, end.digest) if end is not None else (1, GENESIS)
        entry = linked(
            AuditEntry(
                number=number,
                at=now.isoformat(),
                account=self._account,
                terminal=self._terminal(),
                event=access.event.word,
                record=access.record,
                person=access.person,
                detail=access.detail,
                result=result,
                previous=previous,
                digest="",
            )
        )
        with transaction(self._connection):
            self._connection.execute(_INSERT, tuple(vars(entry).values()))
        self._set_head(entry.number, entry.digest, self._head.anchors if self._head else 0)
        return entry

    def _end(self) -> AuditHead | None:
        """Where the next row hangs: behind the mark, even when the rows up to it were cut away, so that a gap stays."""
        last = self._last()
        if last is None:
            return self._head
        if self._head is None or last.number >= self._head.number:
            return AuditHead(last.number, last.digest, 0)
        return self._head

    def _set_head(self, number: int, digest: str, anchors: int) -> None:
        self._head = AuditHead(number, digest, anchors)
        self._mark.write(self._head)

    def anchor(self, key: SigningKey) -> AuditAnchor | None:
        """Sign the chain as it is; None when nothing was added since the last signature."""
        with self._lock:
            last, anchors = self._last(), self.anchors()
            if last is None or (anchors and anchors[-1].number == last.number):
                return None
            count = max(anchors[-1].id if anchors else 0, self._head.anchors if self._head else 0)
            at = self._clock.now().replace(microsecond=0).isoformat()
            made = signed_anchor(AuditAnchor(count + 1, last.number, last.digest, at, "", "", ""), key)
            with transaction(self._connection):
                self._connection.execute(
                    "INSERT INTO audit_anchors VALUES (?, ?, ?, ?, ?, ?, ?)", tuple(vars(made).values())
                )
            self._set_head(last.number, last.digest, made.id)
            return made

    def keep_receipt(self, anchor_id: int, receipt: str) -> None:
        """The back end's word that it has the anchor; the first one stays. Raises StoreFault STO-110 for an unknown one."""
        with self._lock, transaction(self._connection):
            kept = self._connection.execute(
                "UPDATE audit_anchors SET receipt = ? WHERE id = ? AND receipt = ''", (receipt, anchor_id)
            )
            if kept.rowcount != 1:
                raise StoreFault("STO-110")

    # -- reading ---------------------------------------------------------------------------------------

    def _all(self, sql: str, values: tuple[Any, ...] = ()) -> list[Any]:
        return fetch_all(self._connection, self._lock, sql, values)

    def _last(self) -> AuditEntry | None:
        rows = self._all("SELECT * FROM audit ORDER BY number DESC LIMIT 1")
        return _entry(rows[0]) if rows else None

    def anchors(self) -> tuple[AuditAnchor, ...]:
        """Oldest first."""
        return tuple(AuditAnchor(*tuple(row)) for row in self._all("SELECT * FROM audit_anchors ORDER BY id"))

    def find(self, query: AuditQuery) -> tuple[AuditEntry, ...]:
        """One page, newest first; go on with ``before`` the last row's number."""
        asked: list[tuple[str, object]] = []
        if query.since is not None:
            asked.append(("at >= ?", query.since.isoformat()))
        if query.until is not None:
            asked.append(("at < ?", (query.until + timedelta(days=1)).isoformat()))
        for column in ("account", "event", "record"):
            if value := getattr(query, column):
                asked.append((f"{column} = ?", value))
        if query.before:
            asked.append(("number < ?", query.before))
        where = " AND ".join(condition for condition, _ in asked) or "1"
        sql = f"SELECT * FROM audit WHERE {where} ORDER BY number DESC LIMIT ?"  # noqa: S608 - our own words
        return tuple(_entry(row) for row in self._all(sql, (*(value for _, value in asked), query.limit)))

    def _ascending(self, after: int) -> Iterator[AuditEntry]:
        while rows := self._all("SELECT * FROM audit WHERE number > ? ORDER BY number LIMIT ?", (after, _PAGE)):
            yield from map(_entry, rows)
            after = rows[-1]["number"]

    # -- checking --------------------------------------------------------------------------------------

    def verify(self, public: str) -> AuditReport:
        """The whole log, every signature, and the mark. ``public``: this workstation's SM2 key."""
        anchors = self.anchors()
        findings = (
            *chain_findings(self._ascending(0), self._place_of),
            *anchor_findings(anchors, self._digest_of, public, 1),
            *self._missing_anchors(anchors),
            *head_findings(self._mark.read(), self._last(), self._digest_of),
        )
        return self._report(anchors, findings)

    def check_at_start(self, public: str) -> tuple[AuditFinding, ...]:
        """The last rows, the last signature and the mark; what is found is kept in ``damage`` and, once, in the log."""
        with self._lock:
            last, anchors = self._last(), self.anchors()
            after = max(0, (last.number if last is not None else 0) - _TAIL)
            before = self._all("SELECT * FROM audit WHERE number <= ? ORDER BY number DESC LIMIT 1", (after,))
            self.damage = (
                *chain_findings(self._ascending(after), self._place_of, _entry(before[0]) if before else None),
                *anchor_findings(anchors[-1:], self._digest_of, public, anchors[-1].id if anchors else 1),
                *self._missing_anchors(anchors),
                *head_findings(self._mark.read(), last, self._digest_of),
            )
            words = "; ".join(finding.words() for finding in self.damage[:5])
            told = self._all(
                "SELECT detail FROM audit WHERE event = ? ORDER BY number DESC LIMIT 1", (AuditEvent.DAMAGE_FOUND.word,)
            )
            if words and (not told or told[0]["detail"] != words):
                self.note(Access(AuditEvent.DAMAGE_FOUND, detail=words))
        return self.damage

    def _missing_anchors(self, anchors: tuple[AuditAnchor, ...]) -> tuple[AuditFinding, ...]:
        known = self._head.anchors if self._head else 0
        last = anchors[-1] if anchors else None
        if known <= (last.id if last is not None else 0):
            return ()
        number = last.number if last is not None else 0
        return (AuditFinding(AuditFault.ANCHOR, number, number),)

    def _report(self, anchors: tuple[AuditAnchor, ...], findings: tuple[AuditFinding, ...]) -> AuditReport:
        count = self._all("SELECT count(*) AS n FROM audit")[0]["n"]
        back, damage = map(self._count, (AuditEvent.CLOCK_SET_BACK, AuditEvent.DAMAGE_FOUND))
        return AuditReport(count, len(anchors), sum(1 for a in anchors if a.receipt), back, damage, findings)

    def _count(self, event: AuditEvent) -> int:
        return int(self._all("SELECT count(*) AS n FROM audit WHERE event = ?", (event.word,))[0]["n"])

    def _place_of(self, digest: str) -> int | None:
        rows = self._all("SELECT number FROM audit WHERE digest = ? LIMIT 1", (digest,))
        return int(rows[0]["number"]) if rows else None

    def _digest_of(self, number: int) -> str | None:
        rows = self._all("SELECT digest FROM audit WHERE number = ?", (number,))
        return str(rows[0]["digest"]) if rows else None
