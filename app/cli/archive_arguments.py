"""The words of `jingchuang archive`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from app.domain.archive_batch import FileState

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
Command: TypeAlias = Callable[[argparse.Namespace], int]


def archive(commands: Commands, later: Callable[[str, str], Command]) -> None:
    """``later``: module and function of a command, imported when it runs."""
    parser = commands.add_parser("archive", help="files of vehicles and drivers in the sealed store / 档案影像化")
    actions = parser.add_subparsers(required=True, metavar="ACTION")

    scan = actions.add_parser("scan", help="a pile through the scanner, cut at separators / 批量扫描")
    scan.add_argument("--device", metavar="ADDRESS", help="DRIVER:WHERE[?option=value&…], default: the settings")
    scan.add_argument("--source", choices=("flatbed", "adf", "duplex", "camera"), default="adf")
    scan.add_argument("--dpi", type=int, default=300, metavar="N")
    scan.add_argument("--mode", choices=("colour", "grey", "lineart"), default="colour")
    scan.add_argument("--size", choices=("a3", "a4", "a5", "b5", "id-1"), help="default: the whole area")
    _batch(scan)
    scan.set_defaults(command=later("archive_commands", "scan"))

    take = actions.add_parser("take", help="pages from pictures, PDFs, TIFFs and folders of them / 本地上传")
    take.add_argument("files", nargs="+", type=Path, metavar="FILE")
    _batch(take)
    take.set_defaults(command=later("archive_commands", "take"))

    send = actions.add_parser("send", help="send accepted files / 上传")
    _common(send)
    send.set_defaults(command=later("archive_commands", "send"))

    declare = actions.add_parser("declare", help="say anew what a pile holds, or throw an empty batch away / 申报数量")
    declare.add_argument("--batch", required=True, metavar="ID")
    declare.add_argument("--expect-pages", type=int, metavar="N", help="declared pages of content")
    declare.add_argument("--expect-files", type=int, metavar="N", help="declared files")
    declare.add_argument("--throw-away", action="store_true", help="a batch that no page came to")
    _common(declare)
    declare.set_defaults(command=later("archive_commands", "declare"))

    _found(actions, later)

    export = actions.add_parser("export", help="one file as JPEGs or PDF/A / 导出")
    export.add_argument("--serial", required=True, metavar="流水号")
    export.add_argument("--format", choices=("jpeg", "pdf"), default="pdf")
    export.add_argument("--out", type=Path, required=True, metavar="DIR")
    _common(export)
    export.set_defaults(command=later("archive_commands", "export"))

    check = actions.add_parser("check", help="stored pages against their digests, repaired / 数据校验与恢复")
    check.add_argument("--clean", action="store_true", help="then let go of acknowledged pictures past their days")
    _common(check)
    check.set_defaults(command=later("archive_commands", "check"))

    corrections = actions.add_parser("corrections", help="types that officers corrected, as labelled data / 人工纠偏")
    _common(corrections)
    corrections.set_defaults(command=later("archive_commands", "corrections"))

    types = actions.add_parser("types", help="every page type / 材料类型")
    types.add_argument("--json", action="store_true", help="one JSON document on standard output")
    types.set_defaults(command=later("archive_commands", "types"))


def _found(actions: Commands, later: Callable[[str, str], Command]) -> None:
    find = actions.add_parser("find", help="what is filed, or how much of it / 查询与统计")
    find.add_argument("--kind", choices=("vehicle", "driver"))
    for name, words in (
        ("serial", "流水号"),
        ("plate", "号牌号码"),
        ("plate-kind", "号牌种类"),
        ("vin", "车架号"),
        ("archive-number", "档案编号"),
        ("id-number", "身份证明号码"),
        ("business", "业务类型"),
        ("department", "所属部门"),
        ("scanned-by", "扫描人"),
        ("first-day", "YYYY-MM-DD"),
        ("last-day", "YYYY-MM-DD"),
    ):
        find.add_argument(f"--{name}", default="", metavar=words)
    find.add_argument("--state", choices=tuple(state.value for state in FileState), help="returned: 驳回待补")
    find.add_argument("--count", action="store_true", help="files and pages by department and officer")
    _common(find)
    find.set_defaults(command=later("archive_commands", "find"))

    know = actions.add_parser("know", help="what a file is found by, as an officer says it / 档案信息")
    know.add_argument("--serial", required=True, metavar="流水号")
    know.add_argument("--kind", choices=("vehicle", "driver"))
    know.add_argument("--batch", default="", metavar="ID")
    for name, words in (
        ("plate", "号牌号码"),
        ("plate-kind", "号牌种类"),
        ("vin", "车架号"),
        ("archive-number", "档案编号"),
        ("id-number", "身份证明号码"),
        ("name", "姓名或单位名称"),
        ("business", "业务类型"),
    ):
        know.add_argument(f"--{name}", metavar=words, help="what is left out stays")
    _common(know)
    know.set_defaults(command=later("archive_commands", "know"))


def _batch(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--kind", choices=("vehicle", "driver"), default="vehicle")
    parser.add_argument("--serial", default="", metavar="流水号", help="whose pages come before the first separator")
    parser.add_argument("--business", default="", metavar="CODE", help="its business type / 业务类型代码")
    parser.add_argument("--earlier", default="", metavar="流水号", help="转入业务补录: the transfer that these belong to")
    parser.add_argument("--expect-pages", type=int, default=0, metavar="N", help="declared pages of content")
    parser.add_argument("--expect-files", type=int, default=0, metavar="N", help="declared files")
    parser.add_argument("--batch", default="", metavar="ID", help="go on with a batch that stopped")
    parser.add_argument("--accept", action="store_true", help="let each file leave that nothing stands against")
    parser.add_argument("--fact", action="append", default=[], metavar="FACT", help="by-agent, inspection-needed, …")
    _common(parser)


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--user", metavar="ACCOUNT")
    parser.add_argument("--training", action="store_true")
    parser.add_argument("--backend", default="", metavar="URL", help="default: the settings")
    parser.add_argument("--data", type=Path, metavar="DIR", help="data folder of this workstation")
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
