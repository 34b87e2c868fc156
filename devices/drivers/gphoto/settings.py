"""The port's settings in libgphoto2's configuration tree, whose names differ by maker."""

from __future__ import annotations

from typing import Any

import gphoto2 as gp

from devices.ports.camera import CameraSetting, SettingState
from devices.ports.errors import NotSupported, SettingRefused

# First one the camera has is used. Focus: libgphoto2's own switch "autofocus", else the camera's mode.
NAMES: dict[CameraSetting, tuple[str, ...]] = {
    CameraSetting.EXPOSURE_TIME: ("shutterspeed", "shutterspeed2"),
    CameraSetting.APERTURE: ("f-number", "aperture"),
    CameraSetting.ISO: ("iso",),
    CameraSetting.FOCUS_MODE: ("autofocus", "focusmode", "focusmode2"),
}

_AUTOFOCUS = {"auto": "On", "manual": "Off"}


class Configuration:
    """Reads and writes single settings of one open camera; what a camera lacks is looked for once."""

    def __init__(self, camera: Any, context: Any) -> None:
        self._camera = camera
        self._context = context
        self._missing: set[str] = set()

    def widget(self, name: str) -> Any | None:
        """The setting's widget, None when the camera has none of that name."""
        if name in self._missing:
            return None
        try:
            return self._camera.get_single_config(name, self._context)
        except gp.GPhoto2Error as error:
            if error.code in (gp.GP_ERROR_BAD_PARAMETERS, gp.GP_ERROR_NOT_SUPPORTED):
                self._missing.add(name)
                return None
            raise

    def first(self, setting: CameraSetting) -> tuple[str, Any] | None:
        """The name and widget this camera uses for a setting."""
        for name in NAMES[setting]:
            widget = self.widget(name)
            if widget is not None:
                return name, widget
        return None

    def text(self, name: str) -> str:
        """A value as text, "" when the camera does not tell."""
        widget = self.widget(name)
        return "" if widget is None else str(widget.get_value())

    def put(self, name: str, value: str) -> None:
        """Set one value by its libgphoto2 name."""
        widget = self.widget(name)
        if widget is None:
            raise NotSupported(name)
        kind = widget.get_type()
        typed = float(value) if kind == gp.GP_WIDGET_RANGE else int(value) if kind == gp.GP_WIDGET_TOGGLE else value
        widget.set_value(typed)
        self._camera.set_single_config(name, widget, self._context)

    def states(self) -> tuple[SettingState, ...]:
        """Every setting of the port that this camera has."""
        states = []
        for setting in CameraSetting:
            if found := self.first(setting):
                states.append(_state(setting, *found))
        return tuple(states)

    def set(self, setting: CameraSetting, value: str) -> None:
        """Set and read back. Raises NotSupported, SettingRefused."""
        found = self.first(setting)
        if found is None:
            raise NotSupported(setting.value)
        name, widget = found
        words = _AUTOFOCUS.get(value, value) if name == "autofocus" else value
        state = _state(setting, name, widget)
        if state.choices and value not in state.choices:
            raise SettingRefused(f"{setting.value}={value}")
        self.put(name, words)
        if self.text(name) != words:
            raise SettingRefused(f"{setting.value}={value}")


def _state(setting: CameraSetting, name: str, widget: Any) -> SettingState:
    value = str(widget.get_value())
    choices: tuple[str, ...] = ()
    if widget.get_type() in (gp.GP_WIDGET_RADIO, gp.GP_WIDGET_MENU) and not widget.get_readonly():
        choices = tuple(str(choice) for choice in widget.get_choices())
    if name == "autofocus":
        words = {v: k for k, v in _AUTOFOCUS.items()}
        return SettingState(setting, words.get(value, value), tuple(words.get(c, c) for c in choices) or ("auto", "manual"))
    return SettingState(setting, value, choices)
