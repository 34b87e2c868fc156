"""`user`: accounts and their passwords."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from app.bootstrap.opening import open_folder, opened_store
from app.cli.answers import Exit, emit, say
from app.cli.device_commands import settings_of
from app.cli.sending_commands import ask_password
from app.config.clock import SystemClock
from app.desk.accounts import Accounts
from app.desk.door import Proof
from app.desk.second_factor import Enrolment, FactorKind
from app.domain.records import Officer, Role


@contextmanager
def _accounts(options: argparse.Namespace) -> Iterator[Accounts]:
    """In the system or security administrator's name: the permission table says who may."""
    folder, settings = settings_of(options)
    with open_folder(folder), opened_store(folder, options, ask_password) as (store, key):
        yield Accounts(folder, settings, SystemClock(), store, key)


def add(options: argparse.Namespace) -> int:
    """A further account; on a new data folder the first account, an administrator."""
    folder, _ = settings_of(options)
    with open_folder(folder) as gate:
        if gate.is_new:
            gate.create_first_account(options.account, options.name, ask_password("new password: "))
            return Exit.SUCCESS
    with _accounts(options) as accounts:
        accounts.add(Officer(options.account, options.name, Role(options.role)), ask_password("new password: "))
    return Exit.SUCCESS


def password(options: argparse.Namespace) -> int:
    """Its owner chooses another one; also where the program demands it."""
    folder, _ = settings_of(options)
    with open_folder(folder) as gate:
        former, new = ask_password("password: "), ask_password("new password: ")
        code = ask_password("code: ") if options.code else ""
        gate.prove(options.account, former, Proof(code, new))
    return Exit.SUCCESS


def enrol(options: argparse.Namespace) -> int:
    """Its owner sets up a token: the secret is shown this once and kept when a code of it was typed in."""
    folder, _ = settings_of(options)
    with open_folder(folder) as gate:
        secret = ask_password("password: ")
        enrolment = Enrolment.new(options.account, FactorKind.HOTP if options.hotp else FactorKind.TOTP)
        say(f"{enrolment.secret}\n{enrolment.uri}")
        sys.stdout.flush()
        gate.prove(options.account, secret, Proof(ask_password("code: "), enrolment=enrolment))
    return Exit.SUCCESS


def enable(options: argparse.Namespace) -> int:
    """A disabled account opens again, with a password its owner changes first."""
    with _accounts(options) as accounts:
        accounts.enable(options.account, ask_password("new password: "))
    return Exit.SUCCESS


def grant(options: argparse.Namespace) -> int:
    """The security administrator gives an account its role."""
    with _accounts(options) as accounts:
        accounts.grant(options.account, Role(options.role))
    return Exit.SUCCESS


def let_go(options: argparse.Namespace) -> int:
    """The account may sign in on another machine, and is bound to that one."""
    with _accounts(options) as accounts:
        accounts.let_go(options.account)
    return Exit.SUCCESS


def reset(options: argparse.Namespace) -> int:
    """The administrator gives a new password, to be changed at the next sign-in."""
    with _accounts(options) as accounts:
        accounts.reset(options.account, ask_password("new password: "))
    return Exit.SUCCESS


def unlock(options: argparse.Namespace) -> int:
    """The administrator lets a locked account try again."""
    with _accounts(options) as accounts:
        accounts.unlock(options.account)
    return Exit.SUCCESS


def disable(options: argparse.Namespace) -> int:
    """The account's password opens nothing any more."""
    with _accounts(options) as accounts:
        accounts.disable(options.account)
    return Exit.SUCCESS


def listing(options: argparse.Namespace) -> int:
    """The accounts that have a key slot (names are inside the store and need a sign-in)."""
    from app.security.keyring import accounts  # noqa: PLC0415 - keeps `--help` free of the crypto library

    folder, _ = settings_of(options)
    names = list(accounts(folder.keyring)) if folder.keyring.exists() else []
    if options.json:
        emit({"accounts": names})
    else:
        for name in names:
            say(name)
    return Exit.SUCCESS
