"""A backup of a data folder: one file, everything personal in it sealed as it lies on the disk, and what proves it whole.

A tar whose first members are ``manifest.json`` (SM3 and size of every file) and ``manifest.sig`` (this workstation's SM2
signature over it). A full one holds every file; a differential one those that are not in its full one. The secret of 免登录
(``machine.key``) and the count of wrong passwords stay behind: a backup opens with a password only.
"""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

from app.config.places import DataFolder
from app.domain.errors import BadInput
from app.security.digest import sm3_hex, sm3_hex_of
from app.security.files import disk_fault, make_private_folder, write_private
from app.security.signing import SigningKey, check_signature, read_signature, sign, signature_text

_VERSION = 1
_MANIFEST, _SIGNATURE = "manifest.json", "manifest.sig"
_LARGEST_MANIFEST = 256 * 2**20
_LEFT_BEHIND = {"machine.key", "door.json", "instance.lock"}
# The embedded back end, drawn sitters and printed paper are training's, no officer's work.
_TRAINING = {"backend", "sitters", "paper", "logs"}


@dataclass(frozen=True)
class Backup:
    """``files``: name → SM3 and size, of everything it restores to; ``within``: the names this file itself holds; ``base``:
    the digest of the full one's manifest, "" for a full one; ``public``: who signed it."""

    path: Path
    at: str
    base: str
    files: dict[str, tuple[str, int]]
    within: frozenset[str]
    public: str
    digest: str


def _names(root: Path) -> Iterator[str]:
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root)
        ours = name.parts[0] not in _LEFT_BEHIND | _TRAINING and path.suffix != ".tmp"
        if ours and path.is_file() and not path.is_symlink():
            yield name.as_posix()


def back_up(folder: DataFolder, key: SigningKey, target: Path, at: datetime, base: Backup | None = None) -> Backup:
    """The store must be closed and the folder locked. Written beside ``target`` first, read back, then put in its place.

    Raises StoreFault STO-101, STO-102, STO-108 disk; BadInput BKP-101/102 when what was written does not read back.
    """
    part = target.with_name(target.name + ".part")
    try:
        files = {name: _facts(folder.root / name) for name in _names(folder.root)}
        within = sorted(name for name in files if base is None or base.files.get(name) != files[name])
        document = {"version": _VERSION, "at": at.isoformat(), "base": base.digest if base else ""}
        manifest = json.dumps({**document, "files": files, "within": within}, sort_keys=True).encode()
        part.touch(mode=0o600)
        with tarfile.open(part, "w") as tar:
            _add(tar, _MANIFEST, manifest)
            _add(tar, _SIGNATURE, signature_text(sign(key, manifest)))
            for name in within:
                with (folder.root / name).open("rb") as file:
                    tar.addfile(_label(name, files[name][1]), file)
        found = read_backup(part)
        part.replace(target)
    except OSError as error:
        raise disk_fault(error) from error
    finally:
        with suppress(OSError):
            part.unlink()
    return replace(found, path=target)


def _facts(path: Path) -> tuple[str, int]:
    with path.open("rb") as file:
        return sm3_hex_of(file), file.tell()


def _label(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    tar.addfile(_label(name, len(data)), io.BytesIO(data))


def read_backup(path: Path) -> Backup:
    """Every byte read and compared. Raises BadInput BKP-101 no whole backup of ours, BKP-102 a file in it was altered."""
    try:
        with tarfile.open(path) as tar:
            manifest = _member(tar, _MANIFEST, _LARGEST_MANIFEST)
            signature = read_signature(_member(tar, _SIGNATURE, 4096))
            found = _manifest(path, manifest, signature.public)
            check_signature(signature, manifest, path.name)
            for name in sorted(found.within):
                digest, size = found.files[name]
                with _opened(tar, name, size) as file:
                    if sm3_hex_of(file) != digest:
                        raise BadInput("BKP-102", file=name)
    except (tarfile.TarError, OSError, KeyError, ValueError, TypeError, AttributeError, EOFError) as error:
        raise BadInput("BKP-101", path=str(path)) from error
    return found


def _opened(tar: tarfile.TarFile, name: str, largest: int) -> IO[bytes]:
    member = tar.getmember(name)
    file = tar.extractfile(member)
    if file is None or member.size > largest:
        raise ValueError(name)
    return file


def _member(tar: tarfile.TarFile, name: str, largest: int) -> bytes:
    with _opened(tar, name, largest) as file:
        return file.read()


def _manifest(path: Path, data: bytes, public: str) -> Backup:
    document: Any = json.loads(data)
    if document["version"] != _VERSION:
        raise ValueError(document["version"])
    files = {str(name): (str(digest), int(size)) for name, (digest, size) in document["files"].items()}
    for name in files:
        pure = PurePosixPath(name)
        if pure.is_absolute() or ".." in pure.parts or pure.as_posix() != name or pure.parts[0] in _LEFT_BEHIND:
            raise ValueError(name)
    within = frozenset(map(str, document["within"]))
    if not within <= files.keys():
        raise ValueError("within")
    return Backup(path, str(document["at"]), str(document["base"]), files, within, public, sm3_hex(data))


def unpack(full: Backup, differential: Backup | None, root: Path) -> None:
    """Lay everything into the empty folder ``root``; each file is compared once more.

    Raises BadInput BKP-102, BKP-103 the two are of different workstations, BKP-105 the differential one belongs to another
    full one; StoreFault.
    """
    wanted = differential or full
    if full.base or (differential is not None and differential.base != full.digest):
        raise BadInput("BKP-105")
    if wanted.public != full.public:
        raise BadInput("BKP-103")
    make_private_folder(root)
    with tarfile.open(full.path) as whole, tarfile.open(wanted.path) as newer:
        for name, (digest, size) in wanted.files.items():
            data = _member(newer if name in wanted.within else whole, name, size)
            if sm3_hex(data) != digest:
                raise BadInput("BKP-102", file=name)
            make_private_folder((root / name).parent)
            write_private(root / name, data)
