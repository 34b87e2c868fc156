"""Private files: made readable by their owner alone, written whole or not at all, on the disk before they count."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

from app.domain.errors import StoreFault

_FOLDER_MODE = 0o700
_FILE_MODE = 0o600


def disk_fault(error: OSError) -> StoreFault:
    """The officer's words for what the disk said."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return StoreFault("STO-101")
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return StoreFault("STO-102")
    return StoreFault("STO-108", reason=error.strerror or type(error).__name__)


def make_private_folder(path: Path) -> None:
    """The folder and its parents, mode 0700. Raises StoreFault STO-101, STO-102, STO-108."""
    try:
        path.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
    except OSError as error:
        raise disk_fault(error) from error


def write_private(path: Path, data: bytes) -> None:
    """Temp file → fsync → rename → fsync of the folder; after this returns, a power cut cannot undo it.

    Raises StoreFault STO-101 disk full, STO-102 read only, STO-108 other; the former file stays as it was.
    """
    temporary = path.with_name(path.name + ".tmp")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _FILE_MODE)
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(descriptor, view) :]
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        temporary.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        raise disk_fault(error) from error


def _sync_folder(folder: Path) -> None:
    """Makes the rename itself durable; Windows has no such call and needs none on NTFS."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
