"""Sealed pictures, one file each; a file that names no row is either adopted or swept, never guessed at.

File: ``JCB1`` header-length(4, big endian) header(JSON) envelope. The header says whose the file is, holds nothing
personal and is bound into the envelope: a file moved to another name, session or kind does not open. What might be
personal (a file named after an ID number) stands inside the envelope, before the picture.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import StoreFault
from app.security.files import disk_fault, make_private_folder, write_private
from app.security.keyring import DataKey
from app.security.sealing import key_named, open_sealed, seal

_MAGIC = b"JCB1"
_SUFFIX = ".sealed"
_LARGEST_HEADER = 4096


@dataclass(frozen=True)
class BlobLabel:
    """What a sealed file says about itself: ``kind`` original or photo, and whose it is."""

    kind: str
    id: str
    session_id: str
    number: int
    taken: str

    def encoded(self) -> bytes:
        """Canonical JSON, so that the bytes can be authenticated."""
        return json.dumps(self.__dict__, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()

    @classmethod
    def decoded(cls, data: bytes) -> BlobLabel:
        """From the file's header. Raises StoreFault SEA-101."""
        try:
            fields = json.loads(data)
            label = cls(**fields)
        except (ValueError, TypeError, RecursionError) as error:
            raise StoreFault("SEA-101") from error
        texts = (label.kind, label.id, label.session_id, label.taken)
        if not all(isinstance(t, str) for t in texts) or not isinstance(label.number, int):
            raise StoreFault("SEA-101")
        return label


@dataclass(frozen=True)
class BlobContent:
    """The picture, byte for byte, and where it came from."""

    data: bytes
    device: str
    file_name: str

    def packed(self) -> bytes:
        """As it is sealed."""
        origin = json.dumps([self.device, self.file_name]).encode()
        return len(origin).to_bytes(4, "big") + origin + self.data

    @classmethod
    def unpacked(cls, plain: bytes) -> BlobContent:
        """From an opened envelope. Raises StoreFault SEA-101."""
        length = int.from_bytes(plain[:4], "big")
        try:
            device, file_name = json.loads(plain[4 : 4 + length])
        except (ValueError, TypeError) as error:
            raise StoreFault("SEA-101") from error
        return cls(plain[4 + length :], str(device), str(file_name))


class BlobFolder:
    """The folder of sealed files, spread over 256 sub-folders by the end of their id."""

    def __init__(self, root: Path, key: DataKey) -> None:
        self._root = root
        self._key = key
        make_private_folder(root)

    def _path(self, blob_id: str) -> Path:
        return self._root / blob_id[-2:].lower() / (blob_id + _SUFFIX)

    def write(self, label: BlobLabel, content: BlobContent) -> None:
        """Seal and put on the disk, durable when this returns. Raises StoreFault STO-101, STO-102, STO-108."""
        header = label.encoded()
        envelope = seal(self._key, content.packed(), purpose=f"blob {label.kind}", owner=header.decode())
        path = self._path(label.id)
        make_private_folder(path.parent)
        write_private(path, _MAGIC + len(header).to_bytes(4, "big") + header + envelope)

    def read(self, blob_id: str) -> bytes:
        """The picture. Raises StoreFault as ``open``."""
        return self.open(blob_id)[1].data

    def open(self, blob_id: str) -> tuple[BlobLabel, BlobContent]:
        """Label and content, authenticated. Raises StoreFault STO-107 missing, SEA-… cut, altered or of another key."""
        try:
            data = self._path(blob_id).read_bytes()
        except FileNotFoundError as error:
            raise StoreFault("STO-107") from error
        except OSError as error:
            raise StoreFault("STO-108", reason=error.strerror or "") from error
        label, envelope = _split(data)
        if label.id != blob_id:
            raise StoreFault("SEA-104")
        plain = open_sealed(self._key, envelope, purpose=f"blob {label.kind}", owner=label.encoded().decode())
        return label, BlobContent.unpacked(plain)

    def exists(self, blob_id: str) -> bool:
        """Whether the file is in its place."""
        return self._path(blob_id).exists()

    def ids(self) -> Iterator[str]:
        """Every sealed file."""
        for path in sorted(self._root.glob(f"??/*{_SUFFIX}")):
            yield path.name.removesuffix(_SUFFIX)

    def reseal(self, former: DataKey) -> tuple[str, ...]:
        """Every file under this folder's key; those that are there already stay as they are, so that it may be cut off and
        begun again. Ids of files that are damaged and stay behind. Raises StoreFault STO-1… disk."""
        damaged = []
        for blob_id in self.ids():
            path = self._path(blob_id)
            try:
                label, envelope = _split(path.read_bytes())
                if key_named(envelope) != self._key.id:
                    purpose, owner = f"blob {label.kind}", label.encoded().decode()
                    plain = open_sealed(former, envelope, purpose=purpose, owner=owner)
                    self.write(label, BlobContent.unpacked(plain))
            except StoreFault as fault:
                if not fault.code.startswith("SEA-"):
                    raise
                damaged.append(blob_id)
            except OSError as error:
                raise disk_fault(error) from error
        return tuple(damaged)

    def free(self) -> int:
        """Bytes that the disk still takes. Raises StoreFault STO-108."""
        try:
            return shutil.disk_usage(self._root).free
        except OSError as error:
            raise StoreFault("STO-108", reason=error.strerror or "") from error

    def remove(self, blob_id: str) -> None:
        """For files that no row names any more: of an unfinished save, or of a print job that is over."""
        self._path(blob_id).unlink(missing_ok=True)

    def sweep_temporary(self) -> int:
        """Half-written files of a power cut; they never counted."""
        left = list(self._root.glob("??/*.tmp"))
        for path in left:
            path.unlink()
        return len(left)


def _split(data: bytes) -> tuple[BlobLabel, bytes]:
    length = int.from_bytes(data[4:8], "big")
    if not data.startswith(_MAGIC) or length > _LARGEST_HEADER or len(data) < 8 + length:
        raise StoreFault("SEA-101")
    return BlobLabel.decoded(data[8 : 8 + length]), data[8 + length :]
