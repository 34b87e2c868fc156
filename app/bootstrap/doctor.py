"""Every prerequisite of the workstation, looked at one by one, each with its remedy."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from ctypes.util import find_library
from pathlib import Path

from app.bootstrap.doctor_devices import Machine, examine_devices, library_findings, need_findings
from app.bootstrap.finding import Finding
from app.config.places import DataFolder
from app.config.settings import Settings, declarations
from app.domain.errors import WorkstationError

_DISK_WANTED_BYTES = 2 * 2**30


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


def _font(name: str, find: Callable[[], Path], words: tuple[str, str], package: str) -> Finding:
    """``words``: what it is called in Chinese and what in English."""
    zh, en = words
    remedy = (f"请安装{zh}：apt-get install {package}。", f"Install {en}: apt-get install {package}.")
    try:
        return Finding(name, True, str(find()), *remedy)
    except WorkstationError as error:
        return Finding(name, False, str(error), *remedy)


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


def _vendor_libraries(settings: Settings) -> Iterator[Path]:
    """Paths of libraries that the settings name, alone or inside a device's address."""
    for row in declarations():
        value = str(settings.value(row.key)).partition("?")[0]
        if value.endswith((".so", ".dll")) or ".so." in value:
            yield Path(value[value.index("/") :] if "/" in value else value)


def examine_machine(settings: Settings | None = None) -> tuple[Finding, ...]:
    """The usual mistakes around devices; Linux alone has /sys and udev."""
    libraries = tuple(_vendor_libraries(settings)) if settings is not None else ()
    if not sys.platform.startswith("linux"):
        return tuple(library_findings(libraries))
    drivers = [] if settings is None else [str(settings.value(d.key)).partition(":")[0] for d in declarations()]
    found = examine_devices(Machine(is_root=os.geteuid() == 0), libraries, (os.getpid(),))
    return (*found, *need_findings(drivers, find_library))


def examine(
    folder: DataFolder, *, models: Callable[[], object], font: Callable[[], Path], zone_font: Callable[[], Path]
) -> tuple[Finding, ...]:
    """Look at everything; takes about a second, changes nothing. ``zone_font``: OCR-B, for zones read in pictures."""
    libraries = [("opencv-python-headless", "cv2"), ("sqlcipher3", "sqlcipher3"), ("cryptography", "cryptography")]
    libraries += [("PySide6-Essentials", "PySide6.QtWidgets"), ("python-escpos", "escpos"), ("pymatting", "pymatting")]
    if sys.platform != "win32":
        libraries.append(("gphoto2", "gphoto2"))
    fonts = [
        _font("font", font, ("中文字体", "a Chinese font"), "fonts-noto-cjk"),
        _font("zone-font", zone_font, ("证件机读区字体 OCR-B", "the font OCR-B of travel documents"), "fonts-ocr-b"),
    ]
    findings = [_python(), *(_library(*pair) for pair in libraries), _models(models), *fonts, _folder(folder)]
    return (*findings, *_settings(folder))


def _settings(folder: DataFolder) -> tuple[Finding, ...]:
    """The settings can be read; then the machine is looked at with them."""
    remedy = ("请改正或移走设置文件。", "Correct the settings file or move it away.")
    try:
        settings = Settings.load(folder.settings)
    except WorkstationError as error:
        return (Finding("settings", False, str(error), *remedy), *examine_machine())
    return examine_machine(settings)
