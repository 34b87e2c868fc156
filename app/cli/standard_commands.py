"""`standards …`: list, show, check, search, export, compare, sign, verify, trust, import, delete."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.bootstrap.opening import open_folder, opened_store
from app.cli.answers import Exit, emit, say
from app.cli.device_commands import settings_of
from app.cli.photo_commands import read_file, write_file
from app.cli.sending_commands import ask_password
from app.config.places import DataFolder
from app.domain.errors import BadInput
from app.domain.photo_standard import PhotoStandard
from app.photo.flt import parse_flt, write_flt
from app.photo.standards import StandardsFolder, compare, load_standards, read_standard, search, standard_by_id
from app.security.signing import SigningKeys, check_signature, read_signature, sign, signature_text


def _standards(options: argparse.Namespace) -> tuple[PhotoStandard, ...]:
    """Shipped ones, and the local ones of ``--data``."""
    folder = DataFolder(options.data) if options.data else DataFolder.default()
    return load_standards(folder.standards)


def listing(options: argparse.Namespace) -> int:
    """Every standard: id, name, version, size; with words, those they find."""
    standards = search(_standards(options), " ".join(options.words))
    if options.json:
        emit([{"id": s.id, "version": s.version, "name": s.name(options.language), "client": s.client} for s in standards])
    else:
        for s in standards:
            size = f"{s.output.width_px}×{s.output.height_px} px, {s.output.dpi} dpi"
            say(f"{s.id:22} {s.version:10} {s.name(options.language)}  {size}  {s.client}")
    return Exit.SUCCESS


def show(options: argparse.Namespace) -> int:
    """Every number of one standard, with its source."""
    standard = standard_by_id(_standards(options), options.standard)
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
    write_file(options.out, write_flt(standard_by_id(_standards(options), options.standard)))
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


def _signature_of(path: Path) -> Path:
    return path.with_name(path.name + ".sig")


def sign_file(options: argparse.Namespace) -> int:
    """Sign a checked standard with this workstation's key (SM2); an administrator's work."""
    data = read_file(options.file)
    parse_flt(data, options.file.name)
    folder, _ = settings_of(options)
    with open_folder(folder), opened_store(folder, options, ask_password, administrator=True) as (_, key):
        own = SigningKeys(folder.root).own(key)
    write_file(_signature_of(options.file), signature_text(sign(own, data)))
    say(f"✓ {_signature_of(options.file)}\n  {own.public}")
    return Exit.SUCCESS


def verified(data: bytes, path: Path, keys: SigningKeys) -> str:
    """The signer's public key. Raises BadInput SES-106 no signature there, SGN-101, SGN-103 altered, SGN-104 unknown."""
    signature = read_signature(read_file(_signature_of(path)))
    check_signature(signature, data, path.name)
    if signature.public not in keys.trusted():
        raise BadInput("SGN-104", file=path.name)
    return signature.public


def verify(options: argparse.Namespace) -> int:
    """Whether a file is signed by a key this workstation trusts."""
    folder, _ = settings_of(options)
    say(f"✓ {options.file}  {verified(read_file(options.file), options.file, SigningKeys(folder.root))}")
    return Exit.SUCCESS


def trust(options: argparse.Namespace) -> int:
    """Accept standards signed with this public key; an administrator's work."""
    folder, _ = settings_of(options)
    with open_folder(folder), opened_store(folder, options, ask_password, administrator=True):
        SigningKeys(folder.root).trust(options.key)
    return Exit.SUCCESS


def import_file(options: argparse.Namespace) -> int:
    """Put a standard into force here; its signature is checked unless an administrator says ``--unsigned``."""
    folder, _ = settings_of(options)
    data = read_file(options.file)
    with open_folder(folder), opened_store(folder, options, ask_password, administrator=True):
        if not options.unsigned:
            verified(data, options.file, SigningKeys(folder.root))
        standard = StandardsFolder(folder.standards).put(data, options.file.name)
    say(f"✓ {standard.id} {standard.version}")
    return Exit.SUCCESS


def delete(options: argparse.Namespace) -> int:
    """Remove a local standard; ``--yes`` says that it is meant."""
    folder, _ = settings_of(options)
    if not options.yes:
        raise BadInput("STD-105", id=options.standard)
    with open_folder(folder), opened_store(folder, options, ask_password, administrator=True):
        StandardsFolder(folder.standards).delete(options.standard)
    return Exit.SUCCESS
