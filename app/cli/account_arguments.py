"""The words of `jingchuang user`, `permissions` and `key`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
Command: TypeAlias = Callable[[argparse.Namespace], int]
ROLES = ("none", "operator", "officer", "archivist", "administrator", "security", "auditor")
ROOMS = ("people", "photo", "fingers", "cases", "trail", "archive", "fees", "standards", "settings", "accounts", "audit")


def account_arguments(commands: Commands, later: Callable[[str, str], Command]) -> None:
    """``later``: module and function of a command, imported when it runs."""
    _user(commands, later)
    _permissions(commands, later)
    _keys(commands, later)


def _data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, metavar="DIR", help="data folder of this workstation")


def _user(commands: Commands, later: Callable[[str, str], Command]) -> None:
    user = commands.add_parser("user", help="accounts / 账号")
    actions = user.add_subparsers(required=True, metavar="ACTION")
    listing = actions.add_parser("list")
    _data(listing)
    listing.add_argument("--json", action="store_true", help="one JSON document on standard output")
    listing.set_defaults(command=later("account_commands", "listing"))
    for name, words in (
        ("add", "a further one; its owner changes the password first / 新增"),
        ("password", "its owner chooses another / 改密码"),
        ("enrol", "its owner sets up a token (HMAC-SM3) / 绑定动态口令"),
        ("reset", "the administrator gives a new one / 重置密码"),
        ("unlock", "let a locked one try again / 解锁"),
        ("disable", "it opens nothing any more / 停用"),
        ("enable", "a disabled one opens again / 启用"),
        ("grant", "give it its role; the security administrator's / 授权"),
        ("let-go", "it may sign in on another machine / 解除终端绑定"),
    ):
        action = actions.add_parser(name, help=words)
        action.set_defaults(command=later("account_commands", name.replace("-", "_")))
        action.add_argument("account", metavar="ACCOUNT")
        _data(action)
        if name == "add":
            action.add_argument("--name", required=True)
            action.add_argument("--role", choices=ROLES, default="operator")
        if name == "grant":
            action.add_argument("--role", choices=ROLES, required=True)
        if name == "password":
            action.add_argument("--code", action="store_true", help="a code of the token is typed in, too")
        if name == "enrol":
            action.add_argument("--hotp", action="store_true", help="a token that counts presses instead of time")
        if name not in {"password", "enrol"}:
            action.add_argument("--user", metavar="ACCOUNT", help="the administrator who does it")


def _permissions(commands: Commands, later: Callable[[str, str], Command]) -> None:
    permissions = commands.add_parser("permissions", help="which role may do what, signed / 权限表")
    actions = permissions.add_subparsers(required=True, metavar="ACTION")
    for name, words in (
        ("show", "the table in force; refused when it was altered / 查看"),
        ("change", "other rights of one role in one room / 授权"),
        ("restore", "the shipped table again, also over a spoilt one / 恢复"),
    ):
        action = actions.add_parser(name, help=words)
        action.set_defaults(command=later("permission_commands", name), mends_permissions=name == "restore")
        action.add_argument("--user", metavar="ACCOUNT", help="the security administrator")
        _data(action)
        if name == "show":
            action.add_argument("--json", action="store_true", help="one JSON document on standard output")
        if name == "change":
            action.add_argument("--role", choices=ROLES, required=True)
            action.add_argument("--room", choices=ROOMS, required=True)
            action.add_argument("--rights", required=True, metavar="rwx", help="r 读 w 写 x 导出, empty for none")


def _keys(commands: Commands, later: Callable[[str, str], Command]) -> None:
    keys = commands.add_parser("key", help="the life of this workstation's keys / 密钥")
    actions = keys.add_subparsers(required=True, metavar="ACTION")

    def action(name: str, words: str) -> argparse.ArgumentParser:
        parser = actions.add_parser(name, help=words)
        parser.set_defaults(command=later("key_commands", name))
        parser.add_argument("--user", metavar="ACCOUNT", help="the system or security administrator")
        _data(parser)
        return parser

    action("status", "generation, who opens it, a change under way / 查看")
    rotate = action("rotate", "everything under the next key; goes on where it was cut off / 更新")
    rotate.add_argument("--leaked", action="store_true", help="a new root: every other account gets a new password")
    split = action("split", "in parts for several officers / 分割备份")
    split.add_argument("--out", type=Path, required=True, metavar="DIR")
    split.add_argument("--needed", type=int, default=2, metavar="N", help="parts that bring it back (default: 2)")
    split.add_argument("--parts", type=int, default=3, metavar="N", help="officers (default: 3), each types a password")
    recover = action("recover", "an account opens the folder again, by the officers' parts / 恢复")
    recover.add_argument("parts", nargs="+", type=Path, metavar="PART")
    recover.add_argument("--account", required=True, metavar="ACCOUNT")
    destroy = action("destroy", "nothing here opens ever again; executor and supervisor / 销毁")
    destroy.add_argument("--supervisor", required=True, metavar="ACCOUNT")
    destroy.add_argument("--reason", required=True, metavar="TEXT")
    destroy.add_argument("--record", type=Path, required=True, metavar="FILE", help="the signed record, kept elsewhere")
    destroy.add_argument("--even-unsent", action="store_true", help="also what has not reached the back end")
