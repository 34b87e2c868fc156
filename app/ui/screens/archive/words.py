"""Words and signs of the archive's window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.archive.agreement import Item
from app.archive.judging import asked_sentence, reason_sentence
from app.archive.review import FileReview
from app.config.archive_types import page_types
from app.config.texts import error_what
from app.desk.archive import Comparison
from app.domain.archive import Lack, LackKind
from app.domain.archive_batch import ArchiveFile, ArchivePage, FileState, PageRole
from app.domain.archive_query import Loan

# Sign and colour of a file: colour is never alone.
SIGNS = {
    FileState.OPEN: ("mdi6.folder-open-outline", "muted"),
    FileState.ACCEPTED: ("mdi6.tray-arrow-up", "warn"),
    FileState.SENT: ("mdi6.check-circle", "pass"),
    FileState.RETURNED: ("mdi6.undo-variant", "fail"),
}


def state_word(state: FileState) -> str:
    """Where a file stands."""
    return {
        FileState.OPEN: QCoreApplication.translate("Archive", "in review"),
        FileState.ACCEPTED: QCoreApplication.translate("Archive", "accepted, not yet sent"),
        FileState.SENT: QCoreApplication.translate("Archive", "sent and acknowledged"),
        FileState.RETURNED: QCoreApplication.translate("Archive", "returned: scan pages again"),
    }[state]


def role_word(role: PageRole) -> str:
    """What a hidden page is, "" for one that counts."""
    return {
        PageRole.PAGE: "",
        PageRole.BLANK: QCoreApplication.translate("Archive", "blank"),
        PageRole.COPY: QCoreApplication.translate("Archive", "copy"),
        PageRole.SEPARATOR: QCoreApplication.translate("Archive", "separator"),
        PageRole.UNREAD: QCoreApplication.translate("Archive", "separator, number unread"),
        PageRole.BROKEN: QCoreApplication.translate("Archive", "broken picture"),
        PageRole.REPLACED: QCoreApplication.translate("Archive", "replaced"),
    }[role]


def type_word(page: ArchivePage, language: str) -> str:
    """Its type, or what it is instead of a page."""
    role = role_word(page.standing.role)
    if role:
        return role
    if page.found is None:
        return QCoreApplication.translate("Archive", "being measured")
    if not page.standing.type:
        return QCoreApplication.translate("Archive", "type unknown")
    types = page_types("driver" if page.standing.kind == "D" else "vehicle")
    known = types.get(page.standing.type)
    return known.name(language) if known is not None else page.standing.type


def why_words(page: ArchivePage) -> str:
    """Which step said the type, and how sure it is."""
    s = page.standing
    steps = {
        "measure": QCoreApplication.translate("Archive", "measured"),
        "barcode": QCoreApplication.translate("Archive", "by its bar code"),
        "title": QCoreApplication.translate("Archive", "by its title “{0}”"),
        "words": QCoreApplication.translate("Archive", "by its words"),
        "picture": QCoreApplication.translate("Archive", "by its looks"),
        "remote": QCoreApplication.translate("Archive", "by the classification service"),
        "officer": QCoreApplication.translate("Archive", "by an officer"),
    }
    words = steps.get(s.by, "")
    if not words:
        return ""
    sure = "" if s.by in {"officer", "measure"} else f" · {s.confidence:.0%}"
    return words.format(s.because) + sure


def page_reasons(page: ArchivePage, language: str) -> list[str]:
    """What speaks against a page."""
    found = page.found
    if found is None or (not page.counts and page.standing.role is not PageRole.BROKEN):
        return []
    values = {"dpi": float(found.dpi), "skew": found.skew_deg, "turn": found.turn}
    said = [reason_sentence(reason, values, language) for reason in found.reasons]
    if page.standing.rejected:
        rejected = QCoreApplication.translate("Archive", "Rejected: {0}")
        said.insert(0, rejected.format(page.standing.rejected))
    if page.standing.passed_by:
        signed = QCoreApplication.translate("Archive", "Signed for by {0}")
        said.append(signed.format(page.standing.passed_by))
    return said


def lack_words(lack: Lack, kind: str, language: str) -> str:
    """One line of what a file lacks."""
    words = {
        LackKind.MISSING: QCoreApplication.translate("Archive", "missing: {0}"),
        LackKind.SIDE_MISSING: QCoreApplication.translate("Archive", "one side missing: {0}"),
        LackKind.TOO_MANY: QCoreApplication.translate("Archive", "{1} too many: {0}"),
        LackKind.UNASKED: QCoreApplication.translate("Archive", "not asked for here: {0}"),
        LackKind.UNTYPED: QCoreApplication.translate("Archive", "{1} pages without a type"),
    }
    material = lack.material
    if lack.kind is LackKind.UNASKED:
        known = page_types("driver" if kind == "D" else "vehicle").get(material)
        material = known.name(language) if known is not None else material
    return words[lack.kind].format(material, lack.count)


def against(review: FileReview, kind: str, language: str) -> list[str]:
    """Everything that stands against a file, the worst first."""
    found = []
    if not review.pages:
        found.append(QCoreApplication.translate("Archive", "no page yet"))
    if review.rejected:
        found.append(QCoreApplication.translate("Archive", "{0} pages to scan again").format(len(review.rejected)))
    if review.red:
        found.append(
            QCoreApplication.translate("Archive", "{0} doubtful pages: a second officer signs").format(len(review.red))
        )
    if review.untyped:
        found.append(QCoreApplication.translate("Archive", "{0} pages without a type").format(len(review.untyped)))
    return found + [lack_words(lack, kind, language) for lack in review.lacks]


def why_returned(file: ArchiveFile, language: str) -> str:
    """驳回: the officer's reason, or what the back end said; "" for a file that is not returned."""
    if file.state is not FileState.RETURNED or not file.error:
        return ""
    return QCoreApplication.translate("Archive", "Returned: {0}").format(error_what(file.error, language))


def asked_words(asked: tuple[tuple[str, dict[str, int]], ...], language: str) -> str:
    """What a person must decide about the batch."""
    return "\n".join(f"▲ {asked_sentence(name, values, language)}" for name, values in asked)


def compared_words(said: Comparison | None) -> str:
    """Where the pages of a file differ, or what they agree on; "" before they were compared."""
    if said is None:
        return ""
    names = {
        Item.VIN: QCoreApplication.translate("Archive", "VIN"),
        Item.PLATE: QCoreApplication.translate("Archive", "plate"),
        Item.ID_NUMBER: QCoreApplication.translate("Archive", "ID number"),
        Item.NAME: QCoreApplication.translate("Archive", "name"),
    }
    differ = QCoreApplication.translate("Archive", "The pages differ in the {0}: {1}")
    lines = [
        "▲ " + differ.format(names[each.item], ", ".join(f"{value} ({len(pages)})" for value, pages in each.values))
        for each in said.differ
    ]
    facts = [text for text in (said.facts.plate, said.facts.vin, said.facts.name, said.facts.id_number) if text]
    if facts:
        lines.append(QCoreApplication.translate("Archive", "Read: {0}").format(", ".join(facts)))
    if not lines:
        lines.append(QCoreApplication.translate("Archive", "No number could be read on these pages."))
    return "\n".join(lines)


def loan_word(loan: Loan | None) -> str:
    """How an application to see a file stands."""
    if loan is None:
        return QCoreApplication.translate("Archive", "not applied for")
    words = {
        "pending": QCoreApplication.translate("Archive", "applied for"),
        "granted": QCoreApplication.translate("Archive", "granted until {0}"),
        "refused": QCoreApplication.translate("Archive", "refused"),
    }
    return words.get(loan.state, loan.state).format(loan.until[:16].replace("T", " "))
