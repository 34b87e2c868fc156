"""A camera on libgphoto2, used by one thread of one worker process.

The library answers OK where nothing was taken, blocks for minutes, and has no way to cancel: a shot counts only when a
file was added and decodes to its end; hanging is the supervisor's business, which kills this process.
Facts and traces: libgphoto2 2.5.34 camlibs/ptp2; WORKAROUND notes name the issues.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import platformdirs


def _private_settings_folder() -> None:
    """libgphoto2 keeps switches (capturetarget, autofocus) in ~/.gphoto: they must not come from somebody else."""
    home = Path(platformdirs.user_cache_dir("jingchuang", appauthor=False)) / "camera-home"
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.environ["HOME"] = str(home)


_private_settings_folder()

import gphoto2 as gp  # noqa: E402 - HOME must be set first

from devices.drivers.gphoto.faults import translated  # noqa: E402
from devices.drivers.gphoto.settings import Configuration  # noqa: E402
from devices.drivers.jpeg import require_whole_jpeg  # noqa: E402
from devices.ports.camera import (  # noqa: E402
    CameraDescription,
    CameraEvent,
    CameraEventKind,
    CameraSetting,
    CapturedFile,
    CaptureRequest,
    FoundCamera,
    LiveFrame,
)
from devices.ports.errors import (  # noqa: E402
    BadAddress,
    BatteryEmpty,
    DeviceAbsent,
    DeviceBusy,
    DeviceError,
    DeviceLost,
    NotSupported,
    SettingRefused,
    ShotMissing,
)

_EVENT_WAIT_MS = 20
_BUSY_PATIENCE_S = 1.5
_COMPLETE_WAIT_S = 1.0
_BURST_MAX = 10


def find_cameras() -> tuple[FoundCamera, ...]:
    """What is plugged in by USB now."""
    return tuple(FoundCamera(f"gphoto:{port}", model) for model, port in gp.Camera.autodetect())


def open_camera(where: str, options: Mapping[str, str]) -> GphotoCamera:
    """``usb``, ``usb:BUS,DEV`` or ``ptpip:A.B.C.D:CMD:EVT`` with ``model``. Raises DeviceError."""
    camera = gp.Camera()
    if where != "usb":
        ports = gp.PortInfoList()
        ports.load()
        try:
            camera.set_port_info(ports[ports.lookup_path(where)])
        except gp.GPhoto2Error as error:
            raise BadAddress(where) from error
    if model := options.get("model") or ("PTP/IP Camera" if where.startswith("ptpip:") else ""):
        abilities = gp.CameraAbilitiesList()
        abilities.load()
        try:
            camera.set_abilities(abilities[abilities.lookup_model(model)])
        except gp.GPhoto2Error as error:
            raise BadAddress(model) from error
    return GphotoCamera(camera)


class GphotoCamera:
    """The port ``camera`` over libgphoto2."""

    def __init__(self, camera: Any) -> None:
        self._camera = camera
        self._words = ""
        self._context = gp.Context()
        # The library keeps only a pointer to the callback: the handle must live as long as the camera.
        self._callback = self._context.set_error_func(self._hear, None)
        self._frames = 0
        self._live = False
        self._has_finder = True  # until the camera says otherwise
        self._pictures_of_body: list[tuple[str, str]] = []
        self._last_kind: int = gp.GP_EVENT_TIMEOUT
        with self._talking(opening=True):
            camera.init(self._context)
        self._configuration = Configuration(camera, self._context)
        with self._talking():
            self._prepare()

    def _hear(self, _context: object, words: object, _data: object = None) -> None:
        self._words = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)

    @contextmanager
    def _talking(self, *, opening: bool = False) -> Iterator[None]:
        """Translate what the library raises."""
        self._words = ""
        try:
            yield
        except gp.GPhoto2Error as error:
            fault = translated(error.code, self._words or error.string or "")
            if opening and isinstance(fault, DeviceLost | SettingRefused):
                raise DeviceAbsent(str(fault)) from error
            if not opening and isinstance(fault, DeviceAbsent):
                raise DeviceLost(str(fault)) from error
            raise fault from error

    def _prepare(self) -> None:
        """Pictures stay off the camera's card, and nothing of an earlier program's switches holds."""
        for name, value in (("capturetarget", "Internal RAM"), ("capturemode", "Single Shot"), ("autofocus", "On")):
            if self._configuration.widget(name) is not None:
                try:
                    self._configuration.put(name, value)
                except gp.GPhoto2Error as error:
                    # A value this maker spells otherwise: the camera's own stays, the shot works all the same.
                    if error.code != gp.GP_ERROR_BAD_PARAMETERS:
                        raise
        self._drain()

    # -- the port --------------------------------------------------------------------------------------

    def describe(self) -> CameraDescription:
        """Model, abilities, battery and settings, read now."""
        with self._talking():
            abilities = self._camera.get_abilities()
            read = self._configuration.text
            battery = "".join(c for c in read("batterylevel") if c.isdigit())
            operations = abilities.operations
            return CameraDescription(
                model=read("cameramodel") or str(abilities.model),
                serial=(read("serialnumber") or read("eosserialnumber")).lstrip("0"),
                driver=f"gphoto/{gp.gp_library_version(gp.GP_VERSION_SHORT)[0]}",
                live_view=self._has_finder and bool(operations & gp.GP_OPERATION_CAPTURE_PREVIEW),
                burst_max=_BURST_MAX,
                battery_percent=int(battery) if battery else None,
                settings=self._configuration.states(),
            )

    def configure(self, values: dict[CameraSetting, str]) -> CameraDescription:
        """Set one after the other, each read back; a refusal leaves those before it."""
        with self._talking():
            for setting, value in values.items():
                self._configuration.set(setting, value)
        return self.describe()

    def live_frame(self) -> LiveFrame:
        """The next picture of the finder. An empty one (the camera was busy twenty times) is DeviceBusy."""
        try:
            data = self._preview()
        except NotSupported:
            self._has_finder = False
            raise
        self._live = True
        if not data:
            raise DeviceBusy("empty preview")
        self._frames += 1
        return LiveFrame(data, self._frames, time.monotonic())

    def _preview(self) -> bytes:
        with self._talking():
            file = gp.CameraFile()
            self._camera.capture_preview(file, self._context)
            return bytes(file.get_data_and_size())

    def capture(self, request: CaptureRequest, deliver: Callable[[CapturedFile], None]) -> int:
        """Single shots one after the other, or one burst where the camera has that mode."""
        self._drain()
        if request.count > 1 and self._configuration.widget("burstnumber") is not None:
            return self._burst(request, deliver)
        for index in range(1, request.count + 1):
            deliver(self._single(index, time.monotonic() + request.timeout_s))
        return request.count

    def events(self, timeout_s: float) -> tuple[CameraEvent, ...]:
        """Pictures taken with the camera's own button, and changed settings."""
        seen = [*self._wait(int(1000 * timeout_s))]
        while self._pictures_of_body:
            folder, name = self._pictures_of_body.pop(0)
            seen.append(CameraEvent(CameraEventKind.SHUTTER_BUTTON, name, self._fetch(folder, name, 1)))
        return tuple(seen)

    def close(self) -> None:
        """Leave live view and let go. A camera that is already gone cannot object."""
        try:
            if self._live and self._configuration.widget("viewfinder") is not None:
                self._configuration.put("viewfinder", "0")
        except (gp.GPhoto2Error, DeviceError):
            pass
        try:
            self._camera.exit(self._context)
        except gp.GPhoto2Error:
            sys.stderr.write("camera was gone before it was closed\n")

    # -- taking pictures -------------------------------------------------------------------------------

    def _single(self, index: int, deadline: float) -> CapturedFile:
        path = self._fire(lambda: self._camera.capture(gp.GP_CAPTURE_IMAGE, self._context))
        file = self._fetch(path.folder, path.name, index)
        self._until_complete(min(deadline, time.monotonic() + _COMPLETE_WAIT_S))
        return file

    def _fire(self, shoot: Callable[[], Any]) -> Any:
        """WORKAROUND: right after live view the camera answers busy for a while (libgphoto2 issues 13, 334;
        python-gphoto2 issue 65). To be removed when capture() waits by itself."""
        patience = time.monotonic() + _BUSY_PATIENCE_S
        while True:
            try:
                with self._talking():
                    return shoot()
            except DeviceBusy:
                if time.monotonic() > patience:
                    raise
                self._wait(_EVENT_WAIT_MS)
            except DeviceError as error:
                raise self._explained(error) from error

    def _explained(self, error: DeviceError) -> DeviceError:
        """What stands behind "unspecified error": a line that is gone, or an empty battery; else the error itself."""
        if type(error) is not DeviceError:
            return error
        try:
            for _ in range(5):
                self._wait(_EVENT_WAIT_MS)
            with self._talking():
                level = self._configuration.text("batterylevel")
        except DeviceError as gone:
            return DeviceLost(f"{error.detail}; {gone.detail}")
        return BatteryEmpty(error.detail) if level in ("0%", "0") else error

    def _burst(self, request: CaptureRequest, deliver: Callable[[CapturedFile], None]) -> int:
        """Trigger once, take what arrives; capture() loses all but one picture of a burst."""
        with self._talking():
            self._configuration.put("capturemode", "Burst")
            self._configuration.put("burstnumber", str(request.count))
        count = 0
        deadline = time.monotonic() + request.timeout_s
        try:
            self._fire(lambda: self._camera.trigger_capture(self._context))
            while count < request.count and time.monotonic() < deadline:
                self._wait(_EVENT_WAIT_MS)
                while self._pictures_of_body:
                    folder, name = self._pictures_of_body.pop(0)
                    count += 1
                    deliver(self._fetch(folder, name, count))
        finally:
            with self._talking():
                self._configuration.put("capturemode", "Single Shot")
        if count == 0:
            raise ShotMissing("burst")
        self._until_complete(time.monotonic() + _COMPLETE_WAIT_S)
        return count

    def _fetch(self, folder: str, name: str, index: int) -> CapturedFile:
        """The file's bytes, whole or not at all; then it is taken off the camera."""
        try:
            with self._talking():
                file = gp.CameraFile()
                self._camera.file_get(folder, name, gp.GP_FILE_TYPE_NORMAL, file, self._context)
                data = bytes(file.get_data_and_size())
        except DeviceError as error:
            raise self._explained(error) from error
        if not data:
            raise ShotMissing(name)
        try:
            require_whole_jpeg(data)
        finally:
            self._forget(folder, name)
        return CapturedFile(data, name, index)

    def _forget(self, folder: str, name: str) -> None:
        try:
            self._camera.file_delete(folder, name, self._context)
        except gp.GPhoto2Error as error:
            # Pictures of the camera's memory are already gone after the download: nothing to delete.
            sys.stderr.write(f"not deleted on the camera: {error.code}\n")

    # -- events ----------------------------------------------------------------------------------------

    def _wait(self, timeout_ms: int) -> Iterator[CameraEvent]:
        """One event at most; added files are noted for whoever fetches them."""
        with self._talking():
            kind, data = self._camera.wait_for_event(timeout_ms, self._context)
        if kind == gp.GP_EVENT_FILE_ADDED:
            self._pictures_of_body.append((data.folder, data.name))
        elif kind == gp.GP_EVENT_UNKNOWN and isinstance(data, str) and "changed" in data:
            return iter((CameraEvent(CameraEventKind.SETTING_CHANGED, data),))
        self._last_kind = kind
        return iter(())

    def _drain(self) -> None:
        """Until the camera has nothing more to say; a picture nobody asked for before is not ours."""
        for _ in range(200):
            self._wait(1)
            if self._last_kind == gp.GP_EVENT_TIMEOUT:
                break
        self._pictures_of_body.clear()

    def _until_complete(self, deadline: float) -> None:
        while time.monotonic() < deadline:
            self._wait(_EVENT_WAIT_MS)
            if self._last_kind in (gp.GP_EVENT_CAPTURE_COMPLETE, gp.GP_EVENT_TIMEOUT):
                return
