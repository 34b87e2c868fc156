"""The words and signs of inspection stations and purposes, shared by the list, the form and the flow."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.domain.strategy import InspectionStation

STATION_ICONS = {
    InspectionStation.ALGORITHM: "mdi6.chip",
    InspectionStation.BACKEND: "mdi6.server-network",
    InspectionStation.MANUAL: "mdi6.account-eye",
}


def station_word(station: InspectionStation) -> str:
    """算法检测, 一所检测（后端）, 人工检测."""
    words = {
        InspectionStation.ALGORITHM: QCoreApplication.translate("Strategies", "Algorithm"),
        InspectionStation.BACKEND: QCoreApplication.translate("Strategies", "Back end"),
        InspectionStation.MANUAL: QCoreApplication.translate("Strategies", "Officer"),
    }
    return words[station]


def station_note(station: InspectionStation) -> str:
    """Who that is, in a few words."""
    words = {
        InspectionStation.ALGORITHM: QCoreApplication.translate("Strategies", "this machine judges"),
        InspectionStation.BACKEND: QCoreApplication.translate("Strategies", "the photo library judges"),
        InspectionStation.MANUAL: QCoreApplication.translate("Strategies", "an officer looks"),
    }
    return words[station]


def device_type_word(device_type: str) -> str:
    """照相机, 摄像头, 自助照相设备; another text as it is."""
    words = {
        "camera": QCoreApplication.translate("Strategies", "Camera"),
        "webcam": QCoreApplication.translate("Strategies", "Webcam"),
        "kiosk": QCoreApplication.translate("Strategies", "Self-service booth"),
    }
    return words.get(device_type, device_type)


def purpose_word(purpose: str) -> str:
    """户政, 出入境, 交管, 其他."""
    words = {
        "household": QCoreApplication.translate("Strategies", "Household"),
        "exit-entry": QCoreApplication.translate("Strategies", "Exit and entry"),
        "traffic": QCoreApplication.translate("Strategies", "Traffic"),
        "other": QCoreApplication.translate("Strategies", "Other"),
    }
    return words[purpose]
