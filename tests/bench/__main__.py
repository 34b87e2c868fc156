"""`make bench`: runs every benchmark and writes bench.json; each figure beside its reference in the same run."""

from __future__ import annotations

import argparse
import json
import sys
from importlib import import_module
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[1])]

from bench.rows import Row

BENCHMARKS = (
    "picture",
    "judgement",
    "camera",
    "window",
    "store",
    "card_reader",
    "printer",
    "host",
    "intake",
    "pages",
    "archive",
    "cases",
)


def main() -> int:
    """Run the named benchmarks (all by default) and write the rows, keeping those of benchmarks not run."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--out", type=Path, default=Path("bench.json"))
    parser.add_argument("names", nargs="*", default=list(BENCHMARKS), metavar="NAME")
    options = parser.parse_args()
    rows: dict[str, Row] = {}
    if options.out.exists():
        rows = {row["name"]: Row(**row) for row in json.loads(options.out.read_text(encoding="utf-8"))}
    for name in options.names:
        for row in import_module(f"bench.{name}").measure():
            rows[row.name] = row
            sys.stdout.write(f"{row.name}: {row.value:.4g} {row.unit} / {row.reference_value:.4g} = {row.ratio:.3g}\n")
    options.out.write_text(
        json.dumps([row.document() for row in rows.values()], ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    return 0


sys.exit(main())
