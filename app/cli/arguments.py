"""The arguments of every command, in one place, so that `--help` is the whole story."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TypeAlias

from app import __version__
from app.cli.account_arguments import account_arguments
from app.cli.archive_arguments import archive

Command = Callable[[argparse.Namespace], int]


def _later(module: str, name: str) -> Command:
    """The command's function, imported only when it runs: `--help` and `run` must start fast."""

    def command(options: argparse.Namespace) -> int:
        function: Command = getattr(import_module(f"app.cli.{module}"), name)
        return function(options)

    return command


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole program."""
    parser = argparse.ArgumentParser(
        prog="jingchuang",
        description="警窗：公安窗口工作站 / workstation for police-station windows",
        epilog="exit codes: 0 success, 1 the answer is no, 2 wrong usage or bad input, 3 device/store/network fault",
    )
    parser.add_argument("--version", action="version", version=f"jingchuang {__version__}")
    parser.add_argument("--language", choices=("zh_CN", "en"), help="language of messages (default: the locale)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _station(commands)
    _photo(commands)
    _standards(commands)
    _matters(commands)
    _devices(commands)
    _printers(commands)
    _scanning(commands)
    _archive(commands)
    archive(commands, _later)
    _sending(commands)
    _fees(commands)
    _terminal(commands)
    account_arguments(commands, _later)
    _audit(commands)
    return parser


Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, metavar="DIR", help="data folder of this workstation")


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")


def _station(commands: Commands) -> None:
    run = commands.add_parser("run", help="the workstation / 启动工作站")
    run.add_argument("--training", action="store_true", help="simulated devices and the embedded back end, marked")
    _data(run)
    run.set_defaults(command=_later("station_commands", "run"))

    demo = commands.add_parser("demo", help="the jobs end to end, headless, on simulated devices / 演示")
    demo.add_argument("--out", type=Path, required=True, metavar="DIR")
    demo.add_argument("--portraits", type=Path, metavar="DIR", help="JPEGs to shoot instead of drawn sitters")
    demo.set_defaults(command=_later("demo", "demo"))

    doctor = commands.add_parser("doctor", help="every prerequisite, with its remedy / 自检")
    _data(doctor)
    _json(doctor)
    doctor.set_defaults(command=_later("station_commands", "doctor"))


def _photo(commands: Commands) -> None:
    assess = commands.add_parser("assess", help="quality report of photos / 照片检测")
    assess.add_argument("images", nargs="+", type=Path, metavar="IMAGE")
    assess.add_argument("--standard", default="id-card", metavar="ID")
    assess.add_argument("--shot", action="store_true", help="judge a raw shot instead of an issued photo")
    _exceptions(assess)
    _data(assess)
    _json(assess)
    assess.set_defaults(command=_later("photo_commands", "assess"))

    compose = commands.add_parser("compose", help="the issuable photo, then assessed / 制证照片")
    compose.add_argument("image", type=Path, metavar="IMAGE")
    compose.add_argument("--standard", required=True, metavar="ID")
    compose.add_argument("--out", type=Path, required=True, metavar="FILE")
    compose.add_argument("--background", choices=("auto", "keep"), default="auto")
    _exceptions(compose)
    _data(compose)
    compose.add_argument("--report", type=Path, metavar="FILE", help="write the quality report (JSON)")
    _json(compose)
    compose.set_defaults(command=_later("photo_commands", "compose"))


def _exceptions(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--exception", action="append", default=[], choices=("child", "glasses", "headwear", "disability"), help="例外人群"
    )


def _standards(commands: Commands) -> None:
    standards = commands.add_parser("standards", help="the photo standards this program runs on / 照片标准")
    actions = standards.add_subparsers(required=True, metavar="ACTION")

    def action(name: str, work: str, words: str, *, administrator: bool = False) -> argparse.ArgumentParser:
        parser = actions.add_parser(name, help=words)
        parser.set_defaults(command=_later("standard_commands", work))
        _data(parser)
        if administrator:
            parser.add_argument("--user", metavar="ACCOUNT", help="the administrator who does it")
        return parser

    listing = action("list", "listing", "all, or those that words find / 查询")
    listing.add_argument("words", nargs="*", metavar="WORD")
    _json(listing)
    show = action("show", "show", "every number with its source")
    show.add_argument("standard", metavar="ID")
    _json(show)
    for name, work, words in (
        ("check", "check", "read a file and say what is wrong"),
        ("verify", "verify", "signed by whom?"),
    ):
        action(name, work, words).add_argument("file", type=Path, metavar="FILE")
    export = action("export", "export", "write the .flt file / 下载")
    export.add_argument("standard", metavar="ID")
    export.add_argument("--out", type=Path, required=True, metavar="FILE")
    difference = action("compare", "difference", "two files, number by number")
    difference.add_argument("before", type=Path, metavar="FILE")
    difference.add_argument("after", type=Path, metavar="FILE")
    _json(difference)
    action("sign", "sign_file", "SM2 signature beside the file", administrator=True).add_argument(
        "file", type=Path, metavar="FILE"
    )
    action("trust", "trust", "accept a signer's public key", administrator=True).add_argument("key", metavar="HEX")
    put = action("import", "import_file", "put a signed file into force / 更新", administrator=True)
    put.add_argument("file", type=Path, metavar="FILE")
    put.add_argument("--unsigned", action="store_true", help="take it without a signature")
    delete = action("delete", "delete", "remove a local standard / 删除", administrator=True)
    delete.add_argument("standard", metavar="ID")
    delete.add_argument("--yes", action="store_true", help="it is meant")


def _matters(commands: Commands) -> None:
    matters = commands.add_parser("matters", help="the window matters this program runs on / 窗口事项")
    actions = matters.add_subparsers(required=True, metavar="ACTION")

    def action(name: str, work: str, words: str) -> argparse.ArgumentParser:
        parser = actions.add_parser(name, help=words)
        parser.set_defaults(command=_later("matter_commands", work))
        _data(parser)
        _json(parser)
        return parser

    action("list", "listing", "all, or those found by code, pinyin initials, name / 查询").add_argument(
        "words", nargs="*", metavar="WORD"
    )
    action("show", "show", "form, materials and rules with their sources").add_argument("code", metavar="CODE")
    action("check", "check", "read a file and say what is wrong").add_argument("file", type=Path, metavar="FILE")


def _devices(commands: Commands) -> None:
    capture = commands.add_parser("capture", help="tethered capture / 联机拍摄")
    capture.add_argument("--standard", required=True, metavar="ID")
    capture.add_argument("--shots", type=int, default=3, metavar="N")
    capture.add_argument("--burst", action="store_true", help="one burst of N instead of N single shots")
    capture.add_argument("--out", type=Path, required=True, metavar="DIR")
    capture.add_argument("--device", metavar="ADDRESS", help="DRIVER:WHERE[?option=value&…], default: the settings")
    _data(capture)
    _json(capture)
    capture.set_defaults(command=_later("device_commands", "capture"))

    card = commands.add_parser("card", help="read one identity card / 读二代证")
    card.add_argument("--device", metavar="ADDRESS", help="sdt:usb, sdt:/dev/ttyUSB0, sdt:hid; default: the settings")
    card.add_argument("--wait", type=int, metavar="SECONDS", help="for a card; default: the settings")
    card.add_argument("--fingerprints", action="store_true", help="read the fingerprint block too")
    _data(card)
    _json(card)
    card.set_defaults(command=_later("card_commands", "card"))
    finger = commands.add_parser("finger", help="take one finger and say how good it is, or compare it / 采集一枚指纹")
    finger.add_argument("--device", metavar="ADDRESS", help="DRIVER:WHERE[?option=value&…], default: the settings")
    finger.add_argument(
        "--finger", type=int, default=11, choices=range(11, 21), metavar="11-20", help="11 right thumb … 20"
    )
    finger.add_argument("--verify", type=int, metavar="N", help="compare with template N of the module's own library")
    _data(finger)
    _json(finger)
    finger.set_defaults(command=_later("finger_commands", "finger"))

    devices = commands.add_parser("devices", help="every device's state / 设备状态")
    devices.add_argument("--device", action="append", metavar="[KIND=]ADDRESS", help="ask this one too")
    _data(devices)
    _json(devices)
    devices.set_defaults(command=_later("device_commands", "devices"))

    document = commands.add_parser("document", help="a travel document's machine-readable zone / 证件机读区")
    document.add_argument("image", nargs="?", type=Path, metavar="IMAGE", help="read it from a picture")
    document.add_argument("--device", metavar="ADDRESS", help="read it with a reader: mrz:/dev/ttyACM0, sim:mrz")
    document.add_argument("--seconds", type=float, default=30.0, metavar="S", help="how long to wait for a document")
    _json(document)
    document.set_defaults(command=_later("document_commands", "document"))


def _printers(commands: Commands) -> None:
    paper = commands.add_parser("print", help="a PDF, picture or text on A4, followed to its end / 打印文件")
    paper.add_argument("file", type=Path, metavar="FILE")
    paper.add_argument("--device", metavar="cups:QUEUE|cups:ipp://…", help="default: the settings")
    paper.add_argument("--copies", type=int, default=1, choices=range(1, 100), metavar="N")
    paper.add_argument("--two-sided", action="store_true")
    paper.add_argument("--timeout", type=int, default=300, metavar="S", help="how long the job is followed")
    _data(paper)
    _json(paper)
    paper.set_defaults(command=_later("printer_commands", "print_file"))

    printer = commands.add_parser("printer", help="receipt printers / 小票打印机")
    actions = printer.add_subparsers(required=True, metavar="ACTION")
    for name, words in (("check", "print the check sheet and keep the answer / 检查单"), ("show", "what is known of it")):
        action = actions.add_parser(name, help=words)
        action.add_argument("--device", metavar="ADDRESS", help="default: the settings")
        _data(action)
        _json(action)
        action.set_defaults(command=_later("printer_commands", name))
        if name == "check":
            action.add_argument("--rows", metavar="1,2,…", help="rows whose two lines look alike")
            action.add_argument("--columns", metavar="N", help="the longest ruler that kept to one line")
            action.add_argument("--preview", type=Path, metavar="PNG", help="write the sheet as a picture too")


def _scanning(commands: Commands) -> None:
    scan = commands.add_parser("scan", help="one page, one pile, a pile of archive files / 扫描")
    scan.add_argument("--device", metavar="ADDRESS", help="DRIVER:WHERE[?option=value&…], default: the settings")
    scan.add_argument("--out", type=Path, required=True, metavar="DIR", help="pages there are kept, new ones come after")
    scan.add_argument("--source", choices=("flatbed", "adf", "duplex", "camera"), help="default: the device's first")
    scan.add_argument("--dpi", type=int, default=300, metavar="N")
    scan.add_argument("--mode", choices=("colour", "grey", "lineart"), default="colour")
    scan.add_argument("--size", choices=("a3", "a4", "a5", "b5", "id-1"), help="default: the whole area")
    scan.add_argument("--pages", type=int, default=0, metavar="N", help="stop after N pages; 0 = until the feeder is empty")
    scan.add_argument("--kind", choices=("vehicle", "driver"), help="a pile of archive files, cut at separators / 批量扫描")
    scan.add_argument("--serial", default="", metavar="流水号", help="whose pages come before the first separator")
    scan.add_argument("--expect-pages", type=int, default=0, metavar="N", help="declared pages of content")
    scan.add_argument("--expect-files", type=int, default=0, metavar="N", help="declared files")
    scan.add_argument("--page-timeout", type=float, default=60.0, metavar="SECONDS")
    _data(scan)
    _json(scan)
    scan.set_defaults(command=_later("scan_commands", "scan"))


def _archive(commands: Commands) -> None:
    pages = commands.add_parser("pages", help="measure scanned pages: skew, dpi, blank, sharpness, separator / 页面检测")
    pages.add_argument("files", nargs="+", type=Path, metavar="FILE", help="JPEG, PNG, TIFF, BMP or PDF")
    pages.add_argument("--kind", choices=("vehicle", "driver"), default="vehicle", help="whose types / 档案种类")
    _json(pages)
    pages.set_defaults(command=_later("page_commands", "pages"))

    sheet = commands.add_parser("separator", help="a separator sheet to print between files / 分隔页")
    sheet.add_argument("--kind", choices=("vehicle", "driver"), required=True)
    sheet.add_argument("--serial", required=True, metavar="流水号")
    sheet.add_argument("--business", default="", metavar="CODE", help="business type / 业务类型代码")
    sheet.add_argument("--business-name", default="", metavar="WORDS", help="in words, for people / 业务类型名称")
    sheet.add_argument("--out", type=Path, required=True, metavar="FILE", help="PDF, or a picture when it ends in .png")
    _json(sheet)
    sheet.set_defaults(command=_later("page_commands", "separator"))


def _sending(commands: Commands) -> None:
    sync = commands.add_parser("sync", help="send what waits / 上传待发照片")
    sync.add_argument("--once", action="store_true", help="send what is due now (default)")
    sync.add_argument("--status", action="store_true", help="only say what waits and why")
    sync.add_argument("--set-password", action="store_true", help="store the back end's password, sealed")
    sync.add_argument("--user", metavar="ACCOUNT")
    sync.add_argument("--training", action="store_true")
    _data(sync)
    _json(sync)
    sync.set_defaults(command=_later("sending_commands", "sync"))

    backend = commands.add_parser("backend", help="the embedded back end / 内嵌照片库服务")
    backend.add_argument("--host", default="127.0.0.1")
    backend.add_argument("--port", type=int, default=0)
    backend.add_argument("--database-url", default="", metavar="sqlcipher:///PATH")
    backend.add_argument("--objects", type=Path, metavar="DIR", help="folder of sealed pictures")
    backend.add_argument("--beyond-loopback", action="store_true", help="allow a host other than this machine")
    backend.add_argument("--training", action="store_true", help="accept scripted faults, training account")
    backend.add_argument("--until-stdin-closes", action="store_true", help="end with the program that started it")
    _data(backend)
    backend.set_defaults(command=_later("sending_commands", "backend"))


def _fees(commands: Commands) -> None:
    fees = commands.add_parser("fees", help="the fiscal payment gateway: key, items, open orders / 非税缴款")
    actions = fees.add_subparsers(required=True, metavar="ACTION")
    for name, words in (
        ("set-key", "keep the gateway's key, sealed / 设置密钥"),
        ("items", "collecting unit and its items / 执收项目"),
        ("poll", "ask about open orders once and list them / 查询订单"),
    ):
        parser = actions.add_parser(name, help=words)
        parser.add_argument("--user", help="account that opens the store")
        _data(parser)
        _json(parser)
        parser.set_defaults(command=_later("fee_commands", name.replace("-", "_")))


def _terminal(commands: Commands) -> None:
    terminal = commands.add_parser("terminal", help="registration and activation with the terminal platform / 终端注册激活")
    actions = terminal.add_subparsers(required=True, metavar="ACTION")

    def action(name: str, words: str, *, signed_in: bool) -> argparse.ArgumentParser:
        parser = actions.add_parser(name, help=words)
        parser.set_defaults(command=_later("terminal_commands", {"list": "listing"}.get(name, name)))
        parser.add_argument("--url", metavar="URL", help="the platform's address, default: the settings' back end")
        _data(parser)
        if signed_in:
            parser.add_argument("--user", metavar="ACCOUNT", help="the administrator who does it")
        return parser

    register = action("register", "ask for an APPID / 注册", signed_in=False)
    register.add_argument("--name", required=True, metavar="NAME")
    register.add_argument("--department", required=True, metavar="NAME")
    register.add_argument("--contact", default="", metavar="TEXT", help="the duty post's phone or mail")
    register.add_argument("--mac", default="", metavar="MAC", help="default: this machine's first card")
    _json(register)
    action("activate", "prove the APPKEY and keep it sealed / 激活", signed_in=True).add_argument("app_id", metavar="APPID")
    action("approve", "let a terminal in, on the embedded back end / 审核", signed_in=True).add_argument(
        "app_id", metavar="APPID"
    )
    _json(action("list", "terminals and their last heartbeat / 终端列表", signed_in=True))


def _audit(commands: Commands) -> None:
    audit = commands.add_parser("audit", help="the audit log; for the auditor alone / 审计日志")
    actions = audit.add_subparsers(required=True, metavar="ACTION")

    def action(name: str, work: str, words: str) -> argparse.ArgumentParser:
        parser = actions.add_parser(name, help=words)
        parser.set_defaults(command=_later("audit_commands", work))
        parser.add_argument("--user", metavar="ACCOUNT", help="the auditor")
        _data(parser)
        _json(parser)
        return parser

    action("verify", "verify", "is every row there, unchanged, in its order? / 校验")
    listing, export = (
        action("list", "listing", "rows, newest first / 查询"),
        action("export", "export", "CSV and its signature / 导出"),
    )
    for parser in (listing, export):
        parser.add_argument("--since", metavar="YYYY-MM-DD")
        parser.add_argument("--until", metavar="YYYY-MM-DD")
        parser.add_argument("--account", default="", metavar="ACCOUNT")
        parser.add_argument("--event", default="", metavar="WORD", help="as `audit list --json` names it")
    listing.add_argument("--limit", type=int, default=50, metavar="N")
    export.add_argument("--out", type=Path, required=True, metavar="FILE")

    store = commands.add_parser("store", help="the encrypted database / 本机数据库")
    actions = store.add_subparsers(required=True, metavar="ACTION")
    verify = actions.add_parser("verify", help="every page and every sealed file, read once / 校验")
    verify.add_argument("--user", metavar="ACCOUNT", help="the administrator who does it")
    _data(verify)
    _json(verify)
    verify.set_defaults(command=_later("store_commands", "verify"))
    backup = actions.add_parser("backup", help="one signed file, everything personal in it sealed / 备份")
    backup.add_argument("--out", type=Path, required=True, metavar="FILE")
    backup.add_argument("--since", type=Path, metavar="FULL", help="only what is not in this full one / 差异备份")
    backup.set_defaults(command=_later("store_commands", "backup"))
    restore = actions.add_parser("restore", help="into a new data folder, everything checked first / 恢复")
    restore.add_argument("file", type=Path, metavar="FULL")
    restore.add_argument("--newer", type=Path, metavar="DIFFERENTIAL", help="made since the full one")
    restore.set_defaults(command=_later("store_commands", "restore"))
    for parser in (backup, restore):
        parser.add_argument("--user", metavar="ACCOUNT", help="the administrator who does it")
        _data(parser)
    back = actions.add_parser("back", help="one version back, for the program before this one / 退回上一版本")
    back.add_argument("--user", metavar="ACCOUNT", help="the administrator who does it")
    _data(back)
    back.set_defaults(command=_later("store_commands", "back"))
