"""Every prerequisite of the workstation, looked at one by one, each with its remedy."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.config.places import DataFolder
from app.domain.errors import WorkstationError

# Programs of desktops that grab a camera as soon as it is plugged in.
_CAMERA_GRABBERS = ("gvfs-gphoto2-volume-monitor", "gvfsd-gphoto2")

_DISK_WANTED_BYTES = 2 * 2**30


@dataclass(frozen=True)
class Finding:
    """One prerequisite: ``good``, what was seen, and what to do when it is not good (zh, en)."""

    id: str
    good: bool
    seen: str
    remedy_zh: str
    remedy_en: str

    def remedy(self, language: str) -> str:
        """What to do, "" when nothing is wrong."""
        if self.good:
            return ""
        return self.remedy_zh if language.startswith("zh") else self.remedy_en


def _python() -> Finding:
    good = (3, 11) <= sys.version_info[:2] < (3, 13)
    return Finding(
        "python", good, platform.python_version(), "请安装 Python 3.11 或 3.12。", "Install Python 3.11 or 3.12."
    )


def _library(name: str, import_name: str) -> Finding:
    remedy = ("请重新运行安装脚本：make setup。", "Run the set-up again: make setup.")
    try:
        version = importlib.metadata.version(name)
        __import__(import_name)
    except (ImportError, OSError) as error:
        return Finding(name, False, f"{type(error).__name__}: {error}", *remedy)
    return Finding(name, True, version, *remedy)


def _models(check: Callable[[], object]) -> Finding:
    remedy = (
        "模型文件缺失或被改动，请重新安装：make setup。",
        "A model file is missing or altered; install again: make setup.",
    )
    try:
        check()
    except WorkstationError as error:
        return Finding("models", False, str(error), *remedy)
    return Finding("models", True, "digests match", *remedy)


def _font(find: Callable[[], Path]) -> Finding:
    remedy = (
        "请安装中文字体：apt-get install fonts-noto-cjk。",
        "Install a Chinese font: apt-get install fonts-noto-cjk.",
    )
    try:
        return Finding("font", True, str(find()), *remedy)
    except WorkstationError as error:
        return Finding("font", False, str(error), *remedy)


def _folder(folder: DataFolder) -> Finding:
    existing = folder.root
    while not existing.exists():
        existing = existing.parent
    free = shutil.disk_usage(existing).free
    good = os.access(existing, os.W_OK) and free > _DISK_WANTED_BYTES
    seen = f"{folder.root}: {free // 2**20} MiB free"
    return Finding(
        "data-folder", good, seen, "请清理磁盘或更换数据目录。", "Free disk space or choose another data folder."
    )


def _grabbers() -> Finding:
    found = []
    for entry in Path("/proc").iterdir() if Path("/proc").is_dir() else ():
        if entry.name.isdigit():
            try:
                name = (entry / "comm").read_text(encoding="utf-8").strip()
            except OSError:
                continue  # the process ended while we looked
            found += [g for g in _CAMERA_GRABBERS if g.startswith(name) and name]
    seen = ", ".join(sorted(set(found))) or "none"
    return Finding(
        "camera-grabbers",
        not found,
        seen,
        "这些程序会占用相机，请运行 installer/udev 中的规则或停用它们。",
        "These programs grab the camera; install the rules in installer/udev or stop them.",
    )


def _udev() -> Finding:
    rules = Path("/etc/udev/rules.d/60-jingchuang.rules")
    needed = sys.platform.startswith("linux") and os.geteuid() != 0
    return Finding(
        "udev-rules",
        rules.exists() or not needed,
        str(rules) if rules.exists() else "not installed",
        "请安装设备权限规则：sudo cp installer/udev/60-jingchuang.rules /etc/udev/rules.d/。",
        "Install the device rules: sudo cp installer/udev/60-jingchuang.rules /etc/udev/rules.d/.",
    )


def examine(folder: DataFolder, *, models: Callable[[], object], font: Callable[[], Path]) -> tuple[Finding, ...]:
    """Look at everything; takes about a second, changes nothing."""
    libraries = [("opencv-python-headless", "cv2"), ("sqlcipher3", "sqlcipher3"), ("cryptography", "cryptography")]
    libraries += [("PySide6-Essentials", "PySide6.QtWidgets"), ("python-escpos", "escpos"), ("pymatting", "pymatting")]
    if sys.platform != "win32":
        libraries.append(("gphoto2", "gphoto2"))
    findings = [_python(), *(_library(*pair) for pair in libraries), _models(models), _font(font), _folder(folder)]
    if sys.platform.startswith("linux"):
        findings += [_grabbers(), _udev()]
    return tuple(findings)
