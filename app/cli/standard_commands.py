"""`standards …`: list, show, check, search, export, compare, sign, verify, trust, import, delete."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from app.bootstrap.opening import open_folder, opened_store
from app.bootstrap.standards import officers_standards
from app.cli.answers import Exit, emit, say
from app.cli.device_commands import settings_of
from app.cli.photo_commands import write_file
from app.cli.sending_commands import ask_password
from app.config.clock import SystemClock
from app.config.places import DataFolder
from app.config.texts import error_text
from app.desk.standards import StandardsDesk
from app.domain.errors import BadInput
from app.domain.records import Officer, Role
from app.photo.signed_standards import provenance, require_acceptable, signature_of
from app.photo.standards import (
    StandardsFolder,
    compare,
    found_by,
    read_bytes,
    read_standard,
    signature_path,
)
from app.security.signing import SigningKeys


def _folder(options: argparse.Namespace) -> StandardsFolder:
    """Shipped standards, and the local ones of ``--data``."""
    folder = DataFolder(options.data) if options.data else DataFolder.default()
    return StandardsFolder(folder.standards)


def listing(options: argparse.Namespace) -> int:
    """Every standard: id, name, version, size; with words, those they find. Broken local files with their reason."""
    content, words = _folder(options).look(), " ".join(options.words)
    standards = [k.standard for k in content.kept if found_by(k.standard, words)]
    broken = [(b, error_text(b.fault, options.language)) for b in content.broken]
    if options.json:
        rows = [{"id": s.id, "version": s.version, "name": s.name(options.language), "client": s.client} for s in standards]
        emit([*rows, *({"id": b.id, "file": b.file, "error": text.what} for b, text in broken)])
        return Exit.SUCCESS
    for s in standards:
        size = f"{s.output.width_px}×{s.output.height_px} px, {s.output.dpi} dpi"
        say(f"{s.id:22} {s.version:10} {s.name(options.language)}  {size}  {s.client}")
    for b, text in broken:
        say(f"✗ {b.file:20} {text.one_line()}")
    return Exit.SUCCESS


def show(options: argparse.Namespace) -> int:
    """Every number of one standard, with its source."""
    standard = _folder(options).kept(options.standard).standard
    geometry = [(b.measure.value, b.low, b.high, b.source) for b in standard.geometry]
    limits = [(limit.check, limit.low, limit.high, limit.source) for limit in standard.limits if not limit.open]
    if options.json:
        rows = [{"id": name, "low": low, "high": high, "source": source} for name, low, high, source in geometry + limits]
        emit({"id": standard.id, "version": standard.version, "sources": standard.sources, "rows": rows})
        return Exit.SUCCESS
    out = standard.output
    say(f"{standard.name(options.language)} ({standard.id} {standard.version}, {standard.effective})")
    say(f"  {out.width_px}×{out.height_px} px, {out.dpi} dpi, {out.bytes_min}–{out.bytes_max} B, q ≥ {out.quality_min}")
    for name, low, high, source in geometry + limits:
        say(f"  {name:24} {low if low is not None else '…'} – {high if high is not None else '…'}   {source}")
    for other in standard.alternatives:
        say(f"  ≠ {other.what}  [{other.source}]  → {other.reason}")
    return Exit.SUCCESS


def check(options: argparse.Namespace) -> int:
    """Read a standard file and say what is wrong with it."""
    standard = read_standard(options.file)
    say(f"✓ {standard.id} {standard.version}")
    return Exit.SUCCESS


def export(options: argparse.Namespace) -> int:
    """Write a standard's ``.flt`` file (下载检测标准)."""
    write_file(options.out, read_bytes(_folder(options).kept(options.standard).file))
    return Exit.SUCCESS


def difference(options: argparse.Namespace) -> int:
    """Every number and word in which two files differ; exit 1 when they do."""
    found = compare(read_standard(options.before), read_standard(options.after))
    if options.json:
        emit([vars(d) for d in found])
    else:
        for d in found:
            say(f"{d.place}: {d.before or '—'} → {d.after or '—'}")
    return Exit.ANSWER_IS_NO if found else Exit.SUCCESS


def sign_file(options: argparse.Namespace) -> int:
    """Sign a checked standard with this workstation's key (SM2); an administrator's work."""
    data, beside = read_bytes(options.file), signature_path(options.file)
    folder, _ = settings_of(options)
    with open_folder(folder), opened_store(folder, options, ask_password, needs=Role.ADMINISTRATOR) as (_, key):
        own = SigningKeys(folder.root).own(key)
    write_file(beside, signature_of(own, data, options.file.name))
    say(f"✓ {beside}\n  {own.public}")
    return Exit.SUCCESS


def verify(options: argparse.Namespace) -> int:
    """Whether a file is signed by a key this workstation trusts."""
    folder, _ = settings_of(options)
    data, beside = read_bytes(options.file), signature_path(options.file)
    signature = read_bytes(beside) if beside.is_file() else None
    found = provenance(data, signature, options.file.name, SigningKeys(folder.root))
    require_acceptable(found, unsigned=False)
    say(f"✓ {options.file}  {found.public}")
    return Exit.SUCCESS


@contextmanager
def _desk(options: argparse.Namespace) -> Iterator[StandardsDesk]:
    """An administrator's desk of standards; the same rules as in the window."""
    folder, settings = settings_of(options)
    clock = SystemClock()
    with open_folder(folder), opened_store(folder, options, ask_password, needs=Role.ADMINISTRATOR) as (store, key):
        officer = Officer(options.user or "", "", Role.ADMINISTRATOR)  # ``opened_store`` has asked
        yield officers_standards(folder, settings, officer, key, clock, options.language, store.audit)


def trust(options: argparse.Namespace) -> int:
    """Accept standards signed with this public key; an administrator's work."""
    with _desk(options) as desk:
        desk.trust(options.key)
    return Exit.SUCCESS


def import_file(options: argparse.Namespace) -> int:
    """Put a standard into force here. ``--unsigned``, or the setting: the administrator answers for a file that no
    trusted key signed; an altered one is always refused."""
    with _desk(options) as desk:
        incoming = desk.read(options.file)
        kept = desk.take(incoming, answered=options.unsigned or desk.accepts_unsigned)
    say(f"✓ {kept.id} {kept.standard.version}")
    return Exit.SUCCESS


def delete(options: argparse.Namespace) -> int:
    """Remove a local standard; ``--yes`` says that it is meant."""
    if not options.yes:
        raise BadInput("STD-105", id=options.standard)
    with _desk(options) as desk:
        shipped = desk.delete(options.standard)
    if shipped is not None:
        say(f"✓ {shipped.id} {shipped.version}")
    return Exit.SUCCESS
