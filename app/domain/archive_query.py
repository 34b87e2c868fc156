"""What archive files are searched and counted by (档案查询及报表)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.archive_batch import FileState


@dataclass(frozen=True)
class FileQuery:
    """ "" and None ask for nothing. Days are of scanning, both included. ``before``: only files scanned earlier than that
    (ISO time), for the next page."""

    kind: str = ""
    serial: str = ""
    plate: str = ""
    plate_kind: str = ""
    vin: str = ""
    archive_number: str = ""
    id_number: str = ""
    business: str = ""
    department: str = ""
    scanned_by: str = ""
    state: FileState | None = None
    first_day: date | None = None
    last_day: date | None = None
    limit: int = 200


@dataclass(frozen=True)
class ScanCount:
    """用户、部门扫描量: files (份数) and pages (影像页数) of one officer in one department."""

    department: str
    officer: str
    kind: str
    files: int
    pages: int
    sent: int  # files that the back end has acknowledged


@dataclass(frozen=True)
class Loan:
    """调阅申请. ``state``: pending, granted, refused. ``until``: ISO time, "" while it is not granted."""

    id: str
    kind: str
    serial: str
    officer: str
    reason: str
    state: str
    until: str


@dataclass(frozen=True)
class Storage:
    """存储状态: pages whose pictures lie here and their bytes; ``only_here``: those that the back end has not acknowledged;
    ``free``: bytes left on the disk."""

    pages: int
    bytes: int
    only_here: int
    free: int
