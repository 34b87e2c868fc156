"""`jingchuang demo`: the jobs end to end, headless, through the real drivers, the real store and a real server."""

from __future__ import annotations

import argparse

from app.bootstrap.demonstration import demonstrate
from app.cli.answers import Exit, emit, say


def demo(options: argparse.Namespace) -> int:
    """Write photos, receipt, screenshots and summary.json; exit 1 when a photo did not pass."""
    summary = demonstrate(options.out, portraits=options.portraits, language=options.language, progress=say)
    if getattr(options, "json", False):
        emit(summary)
    say(f"→ {options.out.resolve()}/summary.json")
    return Exit.SUCCESS if summary["passed"] else Exit.ANSWER_IS_NO
