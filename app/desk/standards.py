"""Photo standards for the windows and the command line: everybody may look, an administrator may change."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from app.desk.place import DeskPlace
from app.domain.audit import Access, AuditEvent, AuditLog
from app.domain.errors import BadInput, NotAllowed
from app.domain.photo_standard import PhotoStandard
from app.domain.rights import Right, Room
from app.domain.standard_edits import next_version, unsourced, wrong_facts
from app.domain.strategy import Strategy
from app.photo.flt import parse_flt, write_flt
from app.photo.signed_standards import (
    Provenance,
    provenance,
    require_acceptable,
    signature_of,
)
from app.photo.standards import (
    KeptStandard,
    StandardsContent,
    StandardsFolder,
    StandardsInForce,
    found_by,
    read_bytes,
    signature_path,
)
from app.security.signing import SigningKey, SigningKeys


@dataclass(frozen=True)
class StandardDetails:
    """What is told about one standard: who signed its file (None: shipped), and which strategies name it."""

    kept: KeptStandard
    provenance: Provenance | None
    used_by: tuple[Strategy, ...]


@dataclass(frozen=True)
class IncomingStandard:
    """A file that was read and judged but not taken; ``take`` takes these very bytes."""

    standard: PhotoStandard
    data: bytes
    signature: bytes | None
    file: str
    provenance: Provenance
    former: PhotoStandard | None  # the one it would replace


class StandardsDesk:
    """检测标准管理. Thread: any; every call reads the folders and may block."""

    def __init__(
        self,
        folder: StandardsFolder,
        in_force: StandardsInForce,
        keys: SigningKeys,
        own_key: Callable[[], SigningKey],
        strategies: Callable[[], tuple[Strategy, ...]],
        place: DeskPlace,
        audit: AuditLog,
    ) -> None:
        self._folder = folder
        self._in_force = in_force
        self._keys = keys
        self._own_key = own_key
        self._strategies = strategies
        self._place = place
        self._audit = audit
        self._writing = threading.Lock()  # between reading the former file and writing the next

    @property
    def may_change(self) -> bool:
        """Whether the signed-in officer may change standards."""
        return self._place.may(Room.STANDARDS, Right.WRITE)

    # -- looking ---------------------------------------------------------------------------------------

    def look(self) -> StandardsContent:
        """Every standard, and every local file nobody can judge by with its reason."""
        return self._in_force.refresh()

    def search(self, words: str) -> tuple[KeptStandard, ...]:
        """检测标准查询 by name and client; "" gives all."""
        return tuple(kept for kept in self.look().kept if found_by(kept.standard, words))

    def details(self, standard_id: str) -> StandardDetails:
        """Raises BadInput STD-103 for an unknown id."""
        kept = self._folder.kept(standard_id)
        return StandardDetails(kept, self._provenance(kept) if kept.local else None, self._users(standard_id))

    def _users(self, standard_id: str) -> tuple[Strategy, ...]:
        return tuple(s for s in self._strategies() if standard_id in s.standard_ids)

    def _provenance(self, kept: KeptStandard) -> Provenance:
        return provenance(read_bytes(kept.file), self._folder.signature(kept), kept.file.name, self._keys)

    def read(self, path: Path) -> IncomingStandard:
        """A file from outside, with what is known of its signer; nothing is taken.

        Raises BadInput STD-101 unreadable, STD-102 what is wrong in it.
        """
        data, beside = read_bytes(path), signature_path(path)
        signature = read_bytes(beside) if beside.is_file() else None
        standard = parse_flt(data, path.name)
        former = next((k.standard for k in self.look().kept if k.id == standard.id), None)
        return IncomingStandard(
            standard, data, signature, path.name, provenance(data, signature, path.name, self._keys), former
        )

    def export(self, standard_id: str, path: Path) -> tuple[Path, ...]:
        """下载检测标准: the file byte for byte, and its signature beside it; what was written.

        Raises BadInput STD-103, STD-114 it cannot be written there.
        """
        kept = self._folder.kept(standard_id)
        parts = {path: read_bytes(kept.file)}
        signature = self._folder.signature(kept) if kept.local else None
        if signature is not None:
            parts[signature_path(path)] = signature
        with self._audit.doing(Access(AuditEvent.STANDARD_EXPORTED, standard_id)):
            _write_parts(path, parts, signed=signature is not None)
        return tuple(parts)

    # -- changing --------------------------------------------------------------------------------------

    def new(self, draft: PhotoStandard, source: PhotoStandard) -> KeptStandard:
        """新增检测标准: ``draft``, made from a copy of ``source``, under an id of its own.

        Raises:
            NotAllowed: AUT-104 not an administrator.
            BadInput: STD-108 the id or name is taken, STD-109 a changed demand under the former source, STD-102,
                STD-111, STD-115 … STD-117 what is wrong in it.
            StoreFault: STO-1… it could not be written; nothing was changed.
        """
        self._only_administrators()
        with self._writing:
            taken = {i.casefold() for i in self.look().ids}
            if draft.id.casefold() in taken:
                raise BadInput("STD-108", name=draft.id)
            return self._keep(source, replace(draft, version=next_version(source.version)))

    def change(self, opened: PhotoStandard, draft: PhotoStandard) -> KeptStandard:
        """修改检测标准: the next version, if ``opened`` is still the one kept; a shipped one gets a local file above it.

        Raises what ``new`` raises, BadInput STD-103 when it is gone, STD-107 when it was changed meanwhile.
        """
        self._only_administrators()
        with self._writing:
            now = self._folder.kept(opened.id).standard
            if now != opened:
                raise BadInput("STD-107", version=now.version)
            return self._keep(opened, replace(draft, id=opened.id, version=next_version(opened.version)))

    def _keep(self, before: PhotoStandard, draft: PhotoStandard) -> KeptStandard:
        for fault in wrong_facts(draft).values():
            raise fault
        if places := unsourced(before, draft):
            raise BadInput("STD-109", place=", ".join(places))
        standard = parse_flt(write_flt(draft), f"{draft.id}.flt")
        self._name_is_free(standard)
        with self._changing(standard.id, f"version {standard.version}"):
            self._folder.change(standard)
        return self._taken(standard.id)

    def _name_is_free(self, standard: PhotoStandard) -> None:
        mine = {standard.name_zh.casefold(), standard.name_en.casefold()}
        for kept in self.look().kept:
            theirs = {kept.standard.name_zh.casefold(), kept.standard.name_en.casefold()}
            if kept.id != standard.id and mine & theirs:
                raise BadInput("STD-108", name=kept.standard.name(self._place.language))

    def take(self, incoming: IncomingStandard, *, answered: bool = False) -> KeptStandard:
        """导入、更新检测标准. ``answered``: the administrator answers for a file no trusted key signed.

        Raises NotAllowed AUT-104, BadInput SGN-101, SGN-103 altered, SGN-104 unknown key, SGN-105 unsigned, STD-…,
        StoreFault STO-1….
        """
        self._only_administrators()
        with self._writing:
            found = provenance(incoming.data, incoming.signature, incoming.file, self._keys)
            require_acceptable(found, unsigned=answered)
            with self._changing(incoming.standard.id, "taken"):
                self._folder.put(incoming.data, incoming.file, incoming.signature)
            return self._taken(incoming.standard.id)

    @property
    def accepts_unsigned(self) -> bool:
        """Whether the setting lets an administrator answer for a file no trusted key signed."""
        return self._place.settings.flag("photo.accept_unsigned")

    def delete(self, standard_id: str) -> PhotoStandard | None:
        """删除检测标准: the local file goes; the shipped standard in force again, None when there is none.

        Raises NotAllowed AUT-104, BadInput STD-104 no local one, STD-106 strategies need it, StoreFault STO-1….
        """
        self._only_administrators()
        with self._writing:
            kept = next((k for k in self.look().kept if k.id == standard_id), None)
            users = self._users(standard_id)
            if kept is not None and kept.local and kept.shipped is None and users:
                names = ", ".join(s.name(self._place.language) for s in users)
                raise BadInput("STD-106", id=standard_id, strategies=names)
            with self._changing(standard_id, "deleted"):
                shipped = self._folder.delete(standard_id)
            self._in_force.refresh()
            return shipped

    def set_aside(self, file: str) -> None:
        """Move a broken file away. Raises NotAllowed AUT-104, BadInput STD-104 when it is not broken, StoreFault."""
        self._only_administrators()
        with self._writing:
            if all(b.file != file for b in self.look().broken):
                raise BadInput("STD-104", id=file[:60])
            with self._changing(file, "set aside"):
                self._folder.set_aside(file)
            self._in_force.refresh()

    # -- signatures ------------------------------------------------------------------------------------

    def sign(self, standard_id: str) -> Provenance:
        """With this workstation's SM2 key, beside the local file.

        Raises NotAllowed AUT-104, BadInput STD-103, STD-113 it has no local file, StoreFault STO-1….
        """
        self._only_administrators()
        with self._writing:
            kept = self._folder.kept(standard_id)
            if not kept.local:
                raise BadInput("STD-113", id=standard_id)
            data = read_bytes(kept.file)
            with self._changing(standard_id, "signed"):
                self._folder.put_signature(kept, signature_of(self._own_key(), data, kept.file.name))
            return self._provenance(kept)

    def verify(self, standard_id: str) -> Provenance:
        """Who signed the local file. Raises BadInput STD-103, STD-113 for a shipped one."""
        kept = self._folder.kept(standard_id)
        if not kept.local:
            raise BadInput("STD-113", id=standard_id)
        return self._provenance(kept)

    def trust(self, public: str) -> None:
        """Accept what this key signed. Raises NotAllowed AUT-104, BadInput SGN-102."""
        self._only_administrators()
        with self._writing, self._audit.doing(Access(AuditEvent.KEY_TRUSTED, public[:16])):
            self._keys.trust(public)

    # --------------------------------------------------------------------------------------------------

    def _changing(self, record: str, detail: str) -> AbstractContextManager[None]:
        return self._audit.doing(Access(AuditEvent.STANDARD_CHANGED, record, detail=detail))

    def _only_administrators(self) -> None:
        if not self.may_change:
            raise NotAllowed("AUT-104")

    def _taken(self, standard_id: str) -> KeptStandard:
        self._in_force.refresh()
        return self._folder.kept(standard_id)


def _write_parts(path: Path, parts: dict[Path, bytes], *, signed: bool) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for part, data in parts.items():
            part.write_bytes(data)
        if not signed:
            signature_path(path).unlink(missing_ok=True)  # another export's would not fit this file
    except OSError as error:
        raise BadInput("STD-114", path=str(path), reason=error.strerror or "") from error
