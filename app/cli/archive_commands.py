"""`archive`: batches into the sealed store, typed, accepted, sent; what is filed, its check, export and 调阅."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from app.bootstrap.archive import archive_desks
from app.bootstrap.opening import open_folder, opened_store
from app.bootstrap.scanning import scanner_session
from app.bootstrap.secret import BackendSecret
from app.bootstrap.training_account import training_account
from app.cli.answers import Exit, complain, emit, error_document, say
from app.cli.device_commands import settings_of
from app.cli.pile_words import KINDS
from app.cli.sending_commands import ask_password
from app.config.archive_types import page_types
from app.config.clock import SystemClock
from app.config.settings import Settings
from app.desk.archive import FILES, ArchiveDesk, BatchView, require_plate_kind
from app.desk.archive_search import ArchiveSearch
from app.desk.place import DeskPlace
from app.domain.archive_batch import ArchiveFile, BatchProfile, Declared, FileState
from app.domain.archive_query import FileQuery
from app.domain.errors import BadInput, WorkstationError
from app.domain.records import Officer, Role
from app.store.store import Store
from app.sync.client import BackendClient
from devices.host.scanner import ScannerHost
from devices.ports.errors import DeviceError

_SENT_S = 600.0
_KIND_OF = {kind.value: name for name, kind in KINDS.items()}


@dataclass(frozen=True)
class _Room:
    desk: ArchiveDesk
    search: ArchiveSearch
    settings: Settings


@contextmanager
def _opened(options: argparse.Namespace, *, scans: bool = False) -> Iterator[_Room]:
    """The archive's desk as an officer has it, for one command."""
    folder, settings = settings_of(options)
    address = (options.device or settings.text("scanner.address")) if scans else ""
    if scans and not address:
        raise BadInput("SCN-111")
    with ExitStack() as endings:
        endings.enter_context(open_folder(folder))
        store, key = endings.enter_context(opened_store(folder, options, ask_password))
        scanner: ScannerHost | None = endings.enter_context(scanner_session(address)) if scans else None
        place = DeskPlace(_officer(store, options), options.training, options.language, settings, lambda: ())

        def client() -> BackendClient | None:
            url = options.backend or settings.text("backend.url")
            if not url:
                return None
            account, password = settings.text("backend.account"), ""
            if options.training:
                trained = training_account()
                account, password = trained.backend_account, trained.backend_password
            password = password or BackendSecret(folder, key, account).read()
            terminal = settings.text("station.terminal_number")
            return BackendClient(url, account, password, terminal=terminal)

        desk, search = archive_desks(store, scanner, place, SystemClock(), client, None, None, endings)
        yield _Room(desk, search, settings)


def _officer(store: Store, options: argparse.Namespace) -> Officer:
    name = training_account().account if options.training else options.user
    return store.account(name or "") or Officer(name or "", "", Role.OPERATOR)


# -- batches ---------------------------------------------------------------------------------------------


def scan(options: argparse.Namespace) -> int:
    """A pile through the scanner; exit 3 when it stopped, with the pages before kept; `--batch` goes on with it."""
    with _opened(options, scans=True) as room:
        batch_id = options.batch or room.desk.begin(_profile(options, options.source)).id
        fault: DeviceError | None = None
        try:
            room.desk.scan(batch_id)
        except DeviceError as error:
            fault = error
        return _told(room, batch_id, options, fault)


def take(options: argparse.Namespace) -> int:
    """Pages from picture files, PDFs and TIFFs."""
    with _opened(options) as room:
        batch_id = options.batch or room.desk.begin(_profile(options, FILES)).id
        room.desk.take_in(batch_id, _paths(options.files))
        return _told(room, batch_id, options, None)


def _paths(given: list[Path]) -> list[Path]:
    """Files as they are named, folders' files by name. Raises BadInput ARC-142 for a folder that cannot be read."""
    found: list[Path] = []
    for path in given:
        try:
            found += sorted(p for p in path.iterdir() if p.is_file()) if path.is_dir() else [path]
        except OSError as error:
            raise BadInput("ARC-142", name=path.name, reason=error.strerror or "") from error
    return found


def _profile(options: argparse.Namespace, source: str) -> BatchProfile:
    return BatchProfile(
        KINDS[options.kind].value,
        source,
        dpi=getattr(options, "dpi", 300),
        colour=getattr(options, "mode", "colour"),
        paper=getattr(options, "size", "") or "",
        serial=options.serial,
        business=options.business,
        declared=Declared(options.expect_pages, options.expect_files),
        earlier=options.earlier,
    )


def _told(room: _Room, batch_id: str, options: argparse.Namespace, fault: DeviceError | None) -> int:
    """What came of a batch; with `--accept` every file that nothing stands against leaves."""
    view = room.desk.look(batch_id)
    refused: dict[str, WorkstationError] = {}
    if options.accept and fault is None:
        for file in view.files:
            try:
                room.desk.accept(file, dict.fromkeys(options.fact, True))
            except WorkstationError as error:
                refused[file.serial] = error
        room.desk.send_now(_SENT_S)
        view = room.desk.look(batch_id)
    _say_batch(view, refused, options, fault)
    if fault is not None:
        complain(fault, options.language)
        return Exit.FAULT
    return Exit.ANSWER_IS_NO if view.report.asked or refused else Exit.SUCCESS


def _say_batch(
    view: BatchView, refused: dict[str, WorkstationError], options: argparse.Namespace, fault: DeviceError | None
) -> None:
    files = [_file(file, view, refused, options.language) for file in view.files]
    if options.json:
        document: dict[str, Any] = {
            "batch": view.batch.id,
            "pages": len(view.pages),
            "files": files,
            "asked": [{"id": name, **values} for name, values in view.report.asked],
        }
        if fault is not None:
            document["error"] = error_document(fault, options.language)
        emit(document)
        return
    say(view.batch.id)
    for file in files:
        say(f"{file['serial']}  {file['business']}  {len(file['pages'])}  {file['state']}  {file.get('why', '')}")


def _file(file: ArchiveFile, view: BatchView, refused: dict[str, WorkstationError], language: str) -> dict[str, Any]:
    mine = [page for page in view.pages if (page.standing.kind, page.standing.serial) == (file.kind, file.serial)]
    row: dict[str, Any] = {
        "serial": file.serial,
        "kind": _KIND_OF[file.kind],
        "business": file.business,
        "state": file.state.value,
        "receipt": file.receipt,
        "pages": [
            {
                "sheet": page.number,
                "type": page.standing.type,
                "by": page.standing.by,
                "confidence": round(page.standing.confidence, 3),
                "reasons": list(page.found.reasons) if page.found is not None else [],
            }
            for page in mine
            if page.counts
        ],
        "hidden": sum(not page.counts for page in mine),
    }
    if file.serial in refused:
        row["why"] = error_document(refused[file.serial], language)["what"]
    return row


# -- what is filed -----------------------------------------------------------------------------------------


def send(options: argparse.Namespace) -> int:
    """Send what is accepted; exit 3 when something could not go."""
    with _opened(options) as room:
        room.desk.send_now(_SENT_S)
        waiting = room.desk.waiting()
        emit({"waiting": waiting}) if options.json else say(f"… {waiting}")
        return Exit.FAULT if waiting else Exit.SUCCESS


def find(options: argparse.Namespace) -> int:
    """Files by number, plate, VIN, archive number, ID number, days, people and departments; counts with `--count`."""
    query = FileQuery(
        kind=KINDS[options.kind].value if options.kind else "",
        serial=options.serial,
        plate=options.plate,
        plate_kind=require_plate_kind(options.plate_kind),
        vin=options.vin,
        archive_number=options.archive_number,
        id_number=options.id_number,
        business=options.business,
        department=options.department,
        scanned_by=options.scanned_by,
        state=FileState(options.state) if options.state else None,
        first_day=_day(options.first_day),
        last_day=_day(options.last_day),
    )
    with _opened(options) as room:
        if options.count:
            rows: list[dict[str, Any]] = [asdict(count) for count in room.search.counts(query)]
        else:
            rows = [_found(room, file) for file in room.search.find(query)]
    if options.json:
        emit({"counts" if options.count else "files": rows})
    else:
        for row in rows:
            say("  ".join(str(value) for value in row.values()))
    return Exit.SUCCESS


def know(options: argparse.Namespace) -> int:
    """What an officer says of a file; what is left out stays as it was."""
    with _opened(options) as room:
        kind = KINDS[options.kind].value if options.kind else ""
        files = room.search.find(FileQuery(kind=kind, serial=options.serial))
        files = tuple(file for file in files if options.batch in {"", file.batch})
        if not files:
            raise BadInput("ARC-156", serial=options.serial)
        if len(files) > 1:
            raise BadInput("ARC-155", serial=options.serial, count=len(files))
        said = {name: getattr(options, name) for name in asdict(files[0].facts) if getattr(options, name) is not None}
        business = files[0].business if options.business is None else options.business
        file = room.desk.know(files[0], replace(files[0].facts, **said), business)
    if options.json:
        emit({"serial": file.serial, "business": file.business, **asdict(file.facts)})
    else:
        say("  ".join((file.serial, file.business, *filter(None, asdict(file.facts).values()))))
    return Exit.SUCCESS


def declare(options: argparse.Namespace) -> int:
    """The pile was counted again, or nothing ever lay in it; exit 1 when what came does not agree."""
    with _opened(options) as room:
        if options.throw_away:
            room.desk.throw_away(options.batch)
            emit({"batch": options.batch, "state": "closed"}) if options.json else say(options.batch)
            return Exit.SUCCESS
        said = room.desk.look(options.batch).batch.profile.declared
        pages = said.pages if options.expect_pages is None else options.expect_pages
        files = said.files if options.expect_files is None else options.expect_files
        room.desk.redeclare(options.batch, Declared(pages, files))
        view = room.desk.look(options.batch)
        _say_batch(view, {}, options, None)
        return Exit.ANSWER_IS_NO if view.report.asked else Exit.SUCCESS


def _found(room: _Room, file: ArchiveFile) -> dict[str, Any]:
    pages = room.search.pages(file)
    return {
        "serial": file.serial,
        "kind": _KIND_OF[file.kind],
        "business": file.business,
        **asdict(file.facts),
        "state": file.state.value,
        "department": file.department,
        "scanned_by": file.scanned_by,
        "scanned": file.scanned.isoformat(),
        "pages": len(pages),
        "types": [page.standing.type for page in pages],
    }


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise BadInput("ARC-151", day=text) from error


def export(options: argparse.Namespace) -> int:
    """One file as JPEGs or PDF/A into a folder."""
    with _opened(options) as room:
        files = room.search.find(FileQuery(serial=options.serial, limit=1))
        if not files:
            raise BadInput("ARC-150", serial=options.serial)
        count = room.search.save(files[0], options.out, pdf=options.format == "pdf")
    if options.json:
        emit({"files": count, "folder": str(options.out)})
    else:
        say(f"{count}  {options.out}")
    return Exit.SUCCESS


def check(options: argparse.Namespace) -> int:
    """数据校验、数据恢复; exit 1 when a page is neither here nor at the back end."""
    with _opened(options) as room:
        found = room.search.check()
        storage = room.search.storage()
        if options.clean:
            room.search.clean_up()
    if options.json:
        emit(asdict(found) | {"storage": asdict(storage)})
    else:
        say(f"✓ {found.pages}  ↺ {len(found.repaired)}  ✗ {len(found.lost)}")
        say(f"{storage.bytes / 2**30:.1f} GiB, {storage.free / 2**30:.1f} GiB free, {storage.only_here} only here")
    return Exit.ANSWER_IS_NO if found.lost else Exit.SUCCESS


def corrections(options: argparse.Namespace) -> int:
    """人工纠偏 as labelled data: digests and types, no pictures."""
    with _opened(options) as room:
        rows = room.search.corrections()
    if options.json:
        emit({"corrections": rows})
    else:
        for row in rows:
            say("  ".join(row.values()))
    return Exit.SUCCESS


def types(options: argparse.Namespace) -> int:
    """Every page type, its name and what 六合一 calls it."""
    rows = [
        {"kind": kind, "id": each.id, "name": each.name(options.language), "six_in_one": each.six_in_one}
        for kind in KINDS
        for each in page_types(kind).values()
    ]
    if options.json:
        emit({"types": rows})
    else:
        for row in rows:
            say("  ".join(row.values()))
    return Exit.SUCCESS
