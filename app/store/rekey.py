"""The whole data folder under another data key: sealed files one by one, the database as a copy that takes its place.

May be cut off at any moment and called again: what is under the next key already stays as it is.
"""

from __future__ import annotations

import os
from contextlib import closing, suppress
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from app.config.places import DataFolder
from app.domain.errors import StoreFault
from app.security.files import disk_fault
from app.security.keyring import DataKey
from app.security.sealing import reseal
from app.security.signing import SigningKeys
from app.store.audit import AuditMark
from app.store.blobs import BlobFolder
from app.store.database import DATABASE_ERRORS, Connection, database_fault, quoted_key
from app.store.second_factors import PURPOSE

_FRESH = ".next"


def rekey_store(folder: DataFolder, former: DataKey, following: DataKey) -> tuple[str, ...]:
    """Ids of sealed pictures that were damaged before and stay as they are.

    The store must be closed and the folder locked. Raises StoreFault STO-101/102/108 disk (it needs once more the size of
    the database), STO-103/104 for a database that neither key opens or that is damaged: the former one stays in its place.
    """
    damaged = BlobFolder(folder.blobs, following).reseal(former)
    AuditMark(folder.audit_mark, following).reseal(former)
    SigningKeys(folder.root).reseal(former, following)
    _rekey_database(folder.database, former, following)
    return damaged


def _rekey_database(path: Path, former: DataKey, following: DataKey) -> None:
    fresh = path.with_name(path.name + _FRESH)
    try:
        fresh.unlink(missing_ok=True)
        if not _opens(path, following):
            _copy(path, fresh, former, following)
            _settle(fresh, former, following)
            with fresh.open("rb") as file:
                os.fsync(file.fileno())
            fresh.replace(path)
        for left in ("-wal", "-shm"):
            with suppress(FileNotFoundError):
                path.with_name(path.name + left).unlink()
    except DATABASE_ERRORS as error:
        raise database_fault(error) from error
    except OSError as error:
        raise disk_fault(error) from error


def _connected(path: Path, key: DataKey) -> Connection:
    connection = sqlcipher.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA key = {quoted_key(key.database_key_hex())}")
    return connection


def _opens(path: Path, key: DataKey) -> bool:
    with closing(_connected(path, key)) as connection:
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except DATABASE_ERRORS:
            return False
    return True


def _copy(path: Path, fresh: Path, former: DataKey, following: DataKey) -> None:
    with closing(_connected(path, former)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        connection.execute(f"ATTACH DATABASE ? AS fresh KEY {quoted_key(following.database_key_hex())}", (str(fresh),))
        connection.execute("SELECT sqlcipher_export('fresh')")
        connection.execute(f"PRAGMA fresh.user_version = {version:d}")
        counted = [_counts(connection, schema) for schema in ("main", "fresh")]
        connection.execute("DETACH DATABASE fresh")
    if counted[0] != counted[1]:
        raise StoreFault("STO-104")


def _counts(connection: Connection, schema: str) -> dict[str, int]:
    names = [row[0] for row in connection.execute(f"SELECT name FROM {schema}.sqlite_master WHERE type = 'table'")]  # noqa: S608 - our own words
    return {name: connection.execute(f'SELECT count(*) FROM {schema}."{name}"').fetchone()[0] for name in names}  # noqa: S608


def _settle(fresh: Path, former: DataKey, following: DataKey) -> None:
    """What is sealed once more inside the database; then every page is read."""
    with closing(_connected(fresh, following)) as connection:
        connection.execute("BEGIN")
        for account, secret in connection.execute("SELECT account, secret FROM second_factors").fetchall():
            sealed = reseal(former, following, bytes(secret), purpose=PURPOSE, owner=account)
            connection.execute("UPDATE second_factors SET secret = ? WHERE account = ?", (sealed, account))
        connection.execute("COMMIT")
        if connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise StoreFault("STO-104")
