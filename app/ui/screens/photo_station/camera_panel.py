"""Exposure, aperture, ISO and focus beside the picture, where the camera offers a choice; battery in words."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QLabel, QWidget

from app.ui.bench import Bench
from devices.host.camera import CameraStatus
from devices.ports.camera import CameraDescription, CameraSetting

_LOW_BATTERY_PERCENT = 15


class CameraPanel(QFrame):
    """A box for each setting; a refusal goes to the banner and the box shows what is in force."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._bench = bench
        self._form = QFormLayout(self)
        self._form.setContentsMargins(8, 8, 8, 8)
        self._model = QLabel(self)
        self._model.setObjectName("muted")
        self._model.setWordWrap(True)
        self._form.addRow(self._model)
        names = {
            CameraSetting.EXPOSURE_TIME: self.tr("Exposure"),
            CameraSetting.APERTURE: self.tr("Aperture"),
            CameraSetting.ISO: "ISO",
            CameraSetting.FOCUS_MODE: self.tr("Focus"),
        }
        self.boxes: dict[CameraSetting, QComboBox] = {}
        for setting, name in names.items():
            box = QComboBox(self)
            box.setAccessibleName(name)
            box.activated.connect(self._changed)
            self.boxes[setting] = box
            self._form.addRow(name, box)

    def show_status(self, status: CameraStatus) -> None:
        """What is connected, and how it is set."""
        described = status.description
        self._model.setText(self._describe(described))
        states = {s.setting: s for s in described.settings} if described is not None else {}
        for setting, box in self.boxes.items():
            state = states.get(setting)
            self._form.setRowVisible(box, state is not None and bool(state.choices))
            if state is not None and state.choices:
                box.blockSignals(True)
                box.clear()
                for choice in state.choices:
                    box.addItem(self._word(choice), choice)
                box.setCurrentIndex(box.findData(state.value))
                box.blockSignals(False)

    def _word(self, choice: str) -> str:
        words = {"auto": self.tr("Automatic"), "manual": self.tr("By hand"), "Manual": self.tr("By hand")}
        return words.get(choice, choice)

    def _describe(self, described: CameraDescription | None) -> str:
        if described is None:
            return self.tr("No camera")
        battery = described.battery_percent
        if battery is None:
            return described.model
        if battery <= _LOW_BATTERY_PERCENT:
            return self.tr("{0}, battery low: {1} %").format(described.model, battery)
        return self.tr("{0}, battery {1} %").format(described.model, battery)

    def _changed(self) -> None:
        box = self.sender()
        setting = next((s for s, b in self.boxes.items() if b is box), None)
        if setting is None:
            return
        value, camera = str(self.boxes[setting].currentData()), self._bench.desk.camera
        self._bench.ask(lambda: camera.configure({setting: value}).result(15), lambda _: None, self._refused)

    def _refused(self, error: object) -> None:
        self._bench.refused.emit(error)
        self.show_status(self._bench.desk.camera.status)
