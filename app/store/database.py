"""The SQLCipher file: opened with the data key, checked, and brought to the schema this program knows."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from app.domain.errors import NotAllowed, StoreFault
from app.store.migrations import BACKWARD, MIGRATIONS

Connection = Any  # sqlcipher3 ships no types; the interface is the standard library's sqlite3

# What the database engine raises; not the standard library's classes.
DATABASE_ERRORS: tuple[type[Exception], ...] = (sqlcipher.Error, sqlite3.Error)

_FULL = ("database or disk is full", "disk I/O error")
_READ_ONLY = ("attempt to write a readonly database", "unable to open database file")


def database_fault(error: Exception) -> StoreFault:
    """The officer's words for what the engine said."""
    text = str(error)
    if text.startswith(_FULL):
        return StoreFault("STO-101")
    if text.startswith(_READ_ONLY):
        return StoreFault("STO-102")
    if "file is not a database" in text or "hmac check failed" in text:
        return StoreFault("STO-103")
    return StoreFault("STO-104")


# The cache is taken page by page as pages are read: 128 MiB hold the facets of a million cases, so that a combined query
# deciphers them once and not each time.
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "temp_store = MEMORY",
    "cache_size = -131072",
)


def quoted_key(key_hex: str) -> str:
    """A raw key as SQLCipher takes it in PRAGMA key and ATTACH."""
    return f"\"x'{key_hex}'\""


def open_database(
    path: Path, key_hex: str, migrations: tuple[str | Callable[[Connection], None], ...] = MIGRATIONS
) -> Connection:
    """An open, migrated connection; usable from several threads one at a time.

    Raises StoreFault: STO-103 wrong key, STO-104 damaged, STO-106 newer than this program, STO-101/102 disk.
    """
    try:
        connection = sqlcipher.connect(str(path), check_same_thread=False, isolation_level=None, timeout=10.0)
    except DATABASE_ERRORS as error:
        raise database_fault(error) from error
    try:
        connection.execute(f"PRAGMA key = {quoted_key(key_hex)}")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        connection.row_factory = sqlcipher.Row
        _migrate(connection, migrations)
    except DATABASE_ERRORS as error:
        connection.close()
        raise database_fault(error) from error
    except StoreFault:
        connection.close()
        raise
    return connection


def _migrate(connection: Connection, migrations: tuple[str | Callable[[Connection], None], ...]) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > len(migrations):
        raise StoreFault("STO-106", version=version)
    for number, step in enumerate(migrations[version:], start=version + 1):
        with transaction(connection):
            if callable(step):
                step(connection)
            else:
                for statement in step.split(";\n"):
                    if statement.strip():
                        connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number:d}")


def step_back(path: Path, key_hex: str) -> int:
    """Bring the database to the version before this program's, for the program before this one; the version it has now.

    Raises NotAllowed STO-120 when the last step loses something and cannot be taken back; StoreFault as ``open_database``.
    """
    connection = open_database(path, key_hex)
    try:
        version = len(MIGRATIONS)
        if version not in BACKWARD:
            raise NotAllowed("STO-120", version=version)
        with transaction(connection):
            for statement in filter(str.strip, BACKWARD[version].split(";\n")):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {version - 1:d}")
    finally:
        connection.close()
    return version - 1


def fetch_all(connection: Connection, lock: threading.RLock, sql: str, values: tuple[Any, ...] = ()) -> list[Any]:
    """Every row of a query. Raises StoreFault for what the engine says."""
    with lock:
        try:
            return list(connection.execute(sql, values))
        except DATABASE_ERRORS as error:
            raise database_fault(error) from error


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """All of it or none of it. Raises StoreFault for what the engine says."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
    except DATABASE_ERRORS as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise database_fault(error) from error
