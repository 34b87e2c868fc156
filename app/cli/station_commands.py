"""`run` and `doctor`."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.answers import Exit, emit, say
from app.config.places import DataFolder


def run(options: argparse.Namespace) -> int:
    """The window; training mode keeps its own data folder beside the real one."""
    from app.bootstrap.window import run_window  # noqa: PLC0415 - Qt only where a window is wanted

    folder = DataFolder(options.data) if options.data else DataFolder.default()
    if options.training and not options.data:
        folder = DataFolder(folder.root.with_name(folder.root.name + "-training"))
    return run_window(folder, training=options.training)


def doctor(options: argparse.Namespace) -> int:
    """Every prerequisite; exit 1 when one is missing."""
    from app.bootstrap.doctor import examine  # noqa: PLC0415 - imports every library
    from app.bootstrap.picture import picture_parts  # noqa: PLC0415
    from app.config.fonts import chinese_font  # noqa: PLC0415
    from app.inspection.mrz.glyphs import ocr_b_font  # noqa: PLC0415

    folder = DataFolder(Path(options.data)) if options.data else DataFolder.default()
    findings = examine(folder, models=picture_parts, font=chinese_font, zone_font=ocr_b_font)
    if options.json:
        emit(
            {
                "good": all(f.good for f in findings),
                "findings": [
                    {"id": f.id, "good": f.good, "seen": f.seen, "remedy": f.remedy(options.language)} for f in findings
                ],
            }
        )
    else:
        for f in findings:
            say(
                f"{'✓' if f.good else '✗'} {f.id:24} {f.seen}"
                + (f"\n    → {f.remedy(options.language)}" if not f.good else "")
            )
    return Exit.SUCCESS if all(f.good for f in findings) else Exit.ANSWER_IS_NO
