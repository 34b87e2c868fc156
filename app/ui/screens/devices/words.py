"""Words of the device panel: states, facts, self-tests; each state with its shape and colour."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.desk.roster import RosterRow
from devices.ports.standing import DeviceStanding, DeviceState


def state_word(standing: DeviceStanding | None) -> str:
    """未连接, 已发现, 连接中, 就绪, 忙, 故障, 策略禁用."""
    if standing is None:
        return QCoreApplication.translate("DeviceWords", "Not configured")
    words = {
        DeviceState.ABSENT: QCoreApplication.translate("DeviceWords", "Not found"),
        DeviceState.PRESENT: QCoreApplication.translate("DeviceWords", "Found"),
        DeviceState.OPENING: QCoreApplication.translate("DeviceWords", "Connecting…"),
        DeviceState.READY: QCoreApplication.translate("DeviceWords", "Ready"),
        DeviceState.BUSY: QCoreApplication.translate("DeviceWords", "Busy"),
        DeviceState.FAULT: QCoreApplication.translate("DeviceWords", "Fault, tried again by itself"),
        DeviceState.BLOCKED: QCoreApplication.translate("DeviceWords", "Blocked on this machine"),
    }
    if standing.state is DeviceState.FAULT and standing.lasting:
        return QCoreApplication.translate("DeviceWords", "Fault that stays")
    return words[standing.state]


_VERDICTS = {
    DeviceState.ABSENT: "fail",
    DeviceState.PRESENT: "unknown",
    DeviceState.OPENING: "unknown",
    DeviceState.READY: "pass",
    DeviceState.BUSY: "pass",
    DeviceState.FAULT: "fail",
    DeviceState.BLOCKED: "fail",
}
_SHAPES = {
    DeviceState.ABSENT: "mdi6.power-plug-off",
    DeviceState.PRESENT: "mdi6.eye-check",
    DeviceState.OPENING: "mdi6.progress-clock",
    DeviceState.READY: "mdi6.check-circle",
    DeviceState.BUSY: "mdi6.cog-play",
    DeviceState.FAULT: "mdi6.alert-circle",
    DeviceState.BLOCKED: "mdi6.lock-alert",
}


def state_token(row: RosterRow) -> str:
    """A colour of the theme. A ready device whose last self-test failed is no green one."""
    if row.standing is None:
        return "unknown"
    if row.standing.state is DeviceState.FAULT and not row.standing.lasting:
        return "warn"
    if row.standing.usable and row.test is not None and row.test.result.passed is False:
        return "warn"
    return _VERDICTS[row.standing.state]


def state_shape(row: RosterRow) -> str:
    """An icon, so that colour is never alone."""
    if row.standing is None:
        return "mdi6.minus-circle-outline"
    if row.standing.usable and state_token(row) == "warn":
        return "mdi6.alert"
    return _SHAPES[row.standing.state]


def fact_word(name: str) -> str:
    """What a fact is called."""
    words = {
        "model": QCoreApplication.translate("DeviceWords", "Model"),
        "vendor": QCoreApplication.translate("DeviceWords", "Maker"),
        "serial": QCoreApplication.translate("DeviceWords", "Serial number"),
        "firmware": QCoreApplication.translate("DeviceWords", "Firmware"),
        "sam_id": QCoreApplication.translate("DeviceWords", "Security module"),
        "driver": QCoreApplication.translate("DeviceWords", "Driver"),
        "width_dots": QCoreApplication.translate("DeviceWords", "Dots a line"),
        "battery_percent": QCoreApplication.translate("DeviceWords", "Battery, %"),
        "battery": QCoreApplication.translate("DeviceWords", "Battery, %"),
    }
    return words[name]


def seen_word(seen: str) -> str:
    """What a self-test saw: a printer's state in words, anything else as the device said it."""
    words = {
        "ready": QCoreApplication.translate("DeviceWords", "paper is there"),
        "near_end": QCoreApplication.translate("DeviceWords", "paper nearly at its end, have a new roll at hand"),
        "unknown": QCoreApplication.translate("DeviceWords", "gives no answer; look whether the paper comes out"),
        "paper_end": QCoreApplication.translate("DeviceWords", "out of paper"),
        "cover_open": QCoreApplication.translate("DeviceWords", "cover open"),
        "cutter_fault": QCoreApplication.translate("DeviceWords", "cutter stuck"),
        "offline": QCoreApplication.translate("DeviceWords", "offline"),
        "error": QCoreApplication.translate("DeviceWords", "fault"),
    }
    return words.get(seen, seen)
