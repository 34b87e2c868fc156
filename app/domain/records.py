"""What the store keeps and the windows show: shots, photos, outbox items, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from app.domain.edits import Recipe
from app.domain.numbering import NumberingRule
from app.domain.person import Applicant
from app.domain.photo_session import SessionState


@dataclass(frozen=True)
class Station:
    """Who and where this workstation is; frozen into every record at capture."""

    terminal_number: str  # 终端编号
    region_code: str  # 行政区划, GB/T 2260, six digits
    station_name: str
    source: str  # 来源, e.g. "photo-station"


class Role(Enum):
    """What an account is for; what it may do stands in the permission table (app/domain/permissions.py)."""

    NONE = "none"  # made, and given nothing yet: it cannot sign in
    OPERATOR = "operator"  # photo-station operator 照相员
    OFFICER = "officer"  # window officer 窗口民警
    ARCHIVIST = "archivist"  # 档案员
    ADMINISTRATOR = "administrator"  # 系统管理员
    SECURITY = "security"  # 安全管理员: grants roles and rights
    AUDITOR = "auditor"  # 审计管理员: sees the audit log and nothing else


@dataclass(frozen=True)
class Officer:
    """The signed-in account."""

    account: str
    name: str
    role: Role


class ShootingMode(Enum):
    """常规: single shots, three by default. 连拍: one burst, up to ten."""

    REGULAR = "regular"
    BURST = "burst"


@dataclass(frozen=True)
class SessionRecord:
    """One applicant's visit to the camera."""

    id: str
    applicant: Applicant
    standard_ids: tuple[str, ...]
    mode: ShootingMode
    state: SessionState
    started: datetime
    officer: str
    station: Station
    chosen_shot: str | None = None
    exceptions: tuple[str, ...] = ()  # of the standards: child, glasses, headwear, disability
    standards: tuple[str, ...] = ()  # the ``.flt`` texts of ``standard_ids`` as they were when the session began


@dataclass(frozen=True)
class ShotRecord:
    """One finished shot: its original is sealed in the blob ``blob``; ``digest`` is SM3 hex of the plain bytes."""

    id: str
    session_id: str
    index: int  # from 1, in the order of the session
    taken: datetime
    blob: str
    size: int
    digest: str
    device: str  # camera model and serial, or the file source
    file_name: str  # the camera's own name for it


class Standing(Enum):
    """What a stored photo is worth (docs/decisions/0010): only a FINAL one is printed, sent and reused."""

    FINAL = "final"
    PENDING = "pending"  # 待检: a station of its strategy has not answered
    WITHHELD = "withheld"  # a station said no after it was stored


@dataclass(frozen=True)
class PhotoDraft:
    """A composed photo ready to be stored; ``report_json`` is the quality report as the command line prints it.

    ``numbering``: its strategy's own rule, None for the rule of the save. ``ask_backend``: the photo library's answer is
    still wanted.
    """

    standard_id: str
    standard_version: str
    service: str
    image: bytes
    width_px: int
    height_px: int
    dpi: int
    recipe: Recipe
    report_json: str
    passed: bool
    forced_reason: str = ""  # why an officer issued a photo that did not pass
    numbering: NumberingRule | None = None
    photo_library: str = ""  # 照片库, "" = the station's own
    standing: Standing = Standing.FINAL
    ask_backend: bool = False


@dataclass(frozen=True)
class PhotoRecord:
    """A stored photo (制证照片) and where it came from."""

    number: str
    session_id: str
    shot_id: str
    applicant: Applicant
    standard_id: str
    standard_version: str
    service: str
    width_px: int
    height_px: int
    dpi: int
    size: int
    digest: str
    blob: str
    recipe: Recipe
    report_json: str
    passed: bool
    forced_reason: str
    saved: datetime
    officer: str
    station: Station
    photo_library: str = ""
    standing: Standing = Standing.FINAL


class OutboxKind(Enum):
    """原图上传, 照片上传, the question to the photo library's inspection (后端检测); 提交业务 and the papers of a case."""

    ORIGINAL = "original"
    PHOTO = "photo"
    INSPECTION = "inspection"
    CASE = "case"
    CASE_MATERIAL = "case-material"


class OutboxState(Enum):
    """``REFUSED`` waits for an officer; ``HELD`` for the library's verdict; ``WITHHELD`` is never sent."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    HELD = "held"
    WITHHELD = "withheld"


@dataclass(frozen=True)
class OutboxItem:
    """One thing that must reach the back end exactly once; ``idempotency_key`` never changes.

    It belongs to a photo or to a case: ``photo_number`` or ``case_number`` is "". ``material``: which paper of the case.
    """

    id: int
    kind: OutboxKind
    idempotency_key: str
    photo_number: str
    session_id: str
    size: int
    state: OutboxState
    attempts: int
    created: datetime
    next_try: datetime
    last_error: str  # an error code, "" when none
    receipt: str  # the back end's receipt number, "" until sent
    photo_library: str = ""  # 照片库 it belongs to, "" = the station's own
    sent: datetime | None = None  # when the back end acknowledged it
    case_number: str = ""
    material: str = ""

    @property
    def subject(self) -> str:
        """The number an officer knows it by."""
        return self.photo_number or self.case_number


@dataclass(frozen=True)
class HistoryQuery:
    """Every filled field narrows the answer; ``person`` matches the whole name or the whole ID number."""

    person: str = ""
    number: str = ""
    account: str = ""
    first_day: date | None = None
    last_day: date | None = None
    limit: int = 200
    after: str = ""  # keyset paging: the last photo number of the page before


@dataclass(frozen=True)
class DayCount:
    """统计: one day's figures."""

    day: date
    sessions: int
    shots: int
    photos: int
    passed: int
    sent: int
