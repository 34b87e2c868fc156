"""Fixtures that fail a test which leaves a thread, a process or an open file behind."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from app.ui.bridge.settled_memory import let_go

# How long a thing that was told to end may take to be gone.
_GRACE_S = 3.0

# Pools that libraries keep for the life of the process, by thread name.
_LIBRARY_THREADS = ("pydevd", "execnet", "ThreadPoolExecutor-asyncio")


def _threads() -> set[threading.Thread]:
    return {t for t in threading.enumerate() if not t.name.startswith(_LIBRARY_THREADS)}


@pytest.fixture(autouse=True)
def _private_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """libgphoto2 and Qt write into HOME: give each test one of its own."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))


@pytest.fixture(autouse=True)
def _no_leaked_threads() -> Iterator[None]:
    before = _threads()
    yield
    for thread in _threads() - before:
        thread.join(_GRACE_S)
    left = [t.name for t in _threads() - before if t.is_alive()]
    assert not left, f"threads left running: {left}"


@pytest.fixture(autouse=True)
def _no_leaked_processes() -> Iterator[None]:
    me = psutil.Process()
    before = {p.pid for p in me.children(recursive=True)}
    yield
    new = [p for p in me.children(recursive=True) if p.pid not in before]
    _, alive = psutil.wait_procs(new, timeout=_GRACE_S)
    names = [f"{p.pid} {' '.join(p.cmdline())}" for p in alive if p.is_running()]
    for process in alive:
        process.kill()
    psutil.wait_procs(alive, timeout=_GRACE_S)
    assert not names, f"processes left running: {names}"


def _open_files() -> set[str]:
    """What this process holds open under the temporary folders (where tests write)."""
    found = set()
    for entry in Path("/proc/self/fd").iterdir() if Path("/proc/self/fd").exists() else ():
        try:
            target = str(entry.readlink())
        except OSError:
            continue  # closed between the listing and the look
        if "pytest-of-" in target and not target.endswith("(deleted)"):
            found.add(target)
    return found


@pytest.fixture(autouse=True)
def _no_leaked_files() -> Iterator[None]:
    before = _open_files()
    yield
    if left := _open_files() - before:
        let_go()
        left &= _open_files()
    assert not left, f"files left open: {sorted(left)}"
