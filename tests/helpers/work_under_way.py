"""Every operation of every device, brought into its middle: what to ask, and how to know that the worker is at it.

A stage owns a simulator (or a library compiled here), the wire to it, and a host that is not started yet. ``CASES`` is the
table; a host that learns a new question without a row here fails test_killed_workers.py.
"""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import struct
import termios
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import psutil

from app.printing.page import PagePress
from devices.drivers.ef01.module import Instruction
from devices.drivers.sdt.commands import FIND, MODULE_STATUS, READ
from devices.host.asking import AskedDevice
from devices.host.camera import CameraHost, CameraState
from devices.host.card_photo import CardPhotoHost
from devices.host.card_reader import CardReaderHost
from devices.host.document_reader import DocumentReaderHost
from devices.host.fingerprint import FingerprintHost
from devices.host.page_printer import PagePrinterHost
from devices.host.printer import PrinterHost
from devices.host.process import WorkerLaunch
from devices.host.scanner import ScannerHost
from devices.host.signature_pad import SignaturePadHost
from devices.ports.camera import CameraSetting, CapturedFile, CaptureRequest
from devices.ports.card_reader import ReadRequest
from devices.ports.errors import DeviceError
from devices.ports.fingerprint import EmptyCause, FingerRequest, MatchRequest
from devices.ports.page_printer import PageOrder
from devices.ports.scanner import CameraView, ScannedPage, ScanSource
from devices.ports.standing import DeviceState
from devices.registry import worker_launch
from devices.simulators.desk.film import Act, Scene, frames, write_film
from devices.simulators.desk.scene import DeskKind, View
from devices.simulators.ef01.line import Ef01Simulator
from devices.simulators.escl.pages import PageKind
from devices.simulators.escl.server import FeederSimulator
from devices.simulators.escpos.server import PrinterSimulator
from devices.simulators.far_end import FarEnd
from devices.simulators.mrz.documents import SPECIMENS
from devices.simulators.mrz.script import Laid
from devices.simulators.mrz.server import DocumentReaderSimulator
from devices.simulators.ptpip.pictures import Pictures
from devices.simulators.ptpip.server import GPHOTO_MODELS, Responder
from devices.simulators.sdt.cards import invented_card
from devices.simulators.sdt.machine import SamModule
from devices.simulators.sdt.terminal import TerminalReader
from devices.simulators.tablet.strokes import PRESSURE_MAX, RESOLUTION, X_MAX, Y_MAX, Fault, signature
from helpers import card_library
from helpers.cameras import Listener
from helpers.dams import SerialDam, TcpDam
from helpers.desk_scenes import FIELD_MM, sheet
from helpers.finger_scanners import Glass, standin_address
from helpers.mad_worker import drawn_frame
from helpers.printers import FONT, eve_printer, wait_for
from helpers.scanners import airscan, request

JOB = b"\x1b@ticket\n\x1dV\x00"
_THUMB = 11


class Question(Protocol):
    """What was asked: a future, or a device's own state."""

    def done(self) -> bool:
        """Whether it is over."""

    def exception(self) -> BaseException | None:
        """How it ended."""


@dataclass(frozen=True)
class Seen:
    """A question without a future: over when ``over`` says so, with the error that stands then."""

    over: Callable[[], bool]
    error: Callable[[], BaseException | None] = lambda: None

    def done(self) -> bool:
        return self.over()

    def exception(self) -> BaseException | None:
        return self.error()


def _nothing() -> None:
    pass


@dataclass
class Stage:
    """``hold``: from now on the device does not come to an end; ``mend``: it does again; ``officer``: what a person does
    while the question stands, again and again, on a thread of its own."""

    device: Any  # AskedDevice or CameraHost: two hosts, nothing in common but what is asked below
    begin: Callable[[], Question]
    under_way: Callable[[], bool]
    hold: Callable[[], object] = _nothing
    mend: Callable[[], object] = _nothing
    again: Callable[[], Question] | None = None
    officer: Callable[[], object] = _nothing
    opening: bool = False

    @property
    def is_open(self) -> bool:
        if isinstance(self.device, CameraHost):
            return self.device.status.state is CameraState.READY
        return bool(self.device.is_open)

    @property
    def error(self) -> DeviceError | None:
        if isinstance(self.device, CameraHost):
            return self.device.status.error
        assert isinstance(self.device, AskedDevice)
        return self.device.error


@dataclass(frozen=True)
class Case:
    """``covers``: kind and method of its host (``open`` is nobody's). ``hung_s``: its own deadline, for a frozen worker."""

    covers: tuple[str, str]
    stage: Callable[[Path], AbstractContextManager[Stage]]
    quick: bool = False
    hung_s: float = 0.0


def _opening(device: AskedDevice | CameraHost, under_way: Callable[[], bool], **more: Any) -> Stage:
    """Opening itself: the question is whether it opens."""
    stage = Stage(device, _never, under_way, opening=True, **more)

    def begin() -> Question:
        device.start()
        return Seen(lambda: stage.error is not None or stage.is_open, lambda: stage.error)

    stage.begin = begin
    stage.again = lambda: Seen(lambda: stage.is_open)
    return stage


def _never() -> Question:
    raise AssertionError


def _pid(device: AskedDevice | CameraHost) -> int:
    assert device.worker_pid is not None
    return device.worker_pid


def _stopped(device: AskedDevice | CameraHost) -> bool:
    return psutil.Process(_pid(device)).status() == psutil.STATUS_STOPPED


def _stopped_at_birth(device: AskedDevice) -> Callable[[], bool]:
    """Where opening takes no time a test could catch: stopped as soon as it lives, seen stopped, and not open."""

    def under_way() -> bool:
        if device.worker_pid is None:
            return False
        os.kill(device.worker_pid, signal.SIGSTOP)
        return _stopped(device) and not device.is_open

    return under_way


# -- camera ----------------------------------------------------------------------------------------------


def _ptp(code: int, data: int = 1) -> bytes:
    """PTP/IP operation request (CIPA DC-X005): packet type 6, data phase, operation."""
    return struct.pack("<IIH", 6, data, code)


@contextmanager
def _camera(_: Path, operation: str) -> Iterator[Stage]:
    responder = Responder("nikon", Pictures([drawn_frame()]))
    responder.start()
    dam = TcpDam(responder.port)
    where = f"gphoto:ptpip:127.0.0.1:{dam.port}:{dam.port}?model={GPHOTO_MODELS['nikon'].replace(' ', '+')}"
    listener = Listener()
    host = CameraHost(worker_launch("camera", where), listener)
    kept: list[CapturedFile] = []

    def shoot(count: int) -> Question:
        kept.clear()
        return host.capture(CaptureRequest(count, 15.0), kept.append)

    def live() -> Question:
        seen = len(listener.frames)
        host.live(True)
        return Seen(lambda: len(listener.frames) > seen + 2 or host.status.error is not None, lambda: host.status.error)

    def lost() -> Question:
        host.live(True)
        return Seen(lambda: host.status.error is not None, lambda: host.status.error)

    get_object = _ptp(0x1009)
    stages = {
        "open": lambda: _opening(host, lambda: dam.holding, hold=lambda: dam.hold(_ptp(0x1002)), mend=dam.release),
        # The library answers from what it has read before, in no time: the worker stands still before it is asked.
        "describe": lambda: Stage(host, host.describe, lambda: _stopped(host), lambda: os.kill(_pid(host), signal.SIGSTOP)),
        "configure": lambda: Stage(
            host,
            lambda: host.configure({CameraSetting.ISO: "200"}),
            lambda: dam.holding,
            lambda: dam.hold(_ptp(0x1016, 2)),
            dam.release,
        ),
        "shutter": lambda: Stage(host, lambda: shoot(1), lambda: dam.holding, lambda: dam.hold(_ptp(0x9207)), dam.release),
        "picture on its way": lambda: Stage(
            host, lambda: shoot(1), lambda: dam.holding, lambda: dam.hold(get_object, after=20_000), dam.release
        ),
        "burst": lambda: Stage(
            host,
            lambda: shoot(3),
            lambda: dam.holding and len(kept) == 1,
            lambda: dam.hold(get_object, times=2, after=20_000),
            dam.release,
        ),
        "live view": lambda: Stage(host, lost, lambda: len(listener.frames) > 2, again=live),
    }
    with _ended(host.stop, dam.stop, responder.stop):
        yield stages[operation]()


@contextmanager
def _ended(stop_host: Callable[[float], None], *endings: Callable[[], None]) -> Iterator[None]:
    """The host first: its worker may sit in the wire."""
    with ExitStack() as stack:
        for ending in reversed(endings):
            stack.callback(ending)
        stack.callback(stop_host, 5.0)
        yield


# -- receipt printer -------------------------------------------------------------------------------------


def _knocks(device: AskedDevice, port: int) -> bool:
    """Whether the worker's connection to a port that nobody answers is under way."""
    if device.worker_pid is None:
        return False
    try:
        connections = psutil.Process(device.worker_pid).net_connections("tcp")
    except psutil.NoSuchProcess:
        return False
    return any(c.status == psutil.CONN_SYN_SENT and c.raddr and c.raddr.port == port for c in connections)


@contextmanager
def _printer_opening(_: Path) -> Iterator[Stage]:
    """A port whose queue of connections is full: connecting hangs until the printer is switched on."""
    door = socket.create_server(("127.0.0.1", 0), backlog=0)
    port = int(door.getsockname()[1])
    crowd = [socket.socket() for _ in range(3)]
    for client in crowd:
        client.setblocking(False)
        client.connect_ex(("127.0.0.1", port))
    simulator = PrinterSimulator(576, FONT, port)

    def switch_on() -> None:
        for client in crowd:
            client.close()
        door.close()
        simulator.start()

    host = PrinterHost(worker_launch("printer", f"escpos:tcp:127.0.0.1:{port}"))
    with _ended(host.stop, simulator.stop, door.close, *(client.close for client in crowd)):
        yield _opening(host, lambda: _knocks(host, port), mend=switch_on)


@contextmanager
def _printer(_: Path, operation: str) -> Iterator[Stage]:
    simulator = PrinterSimulator(576, FONT)
    simulator.start()
    dam = TcpDam(simulator.port)
    host = PrinterHost(worker_launch("printer", f"escpos:tcp:127.0.0.1:{dam.port}"))
    stages = {
        "status": lambda: Stage(host, host.status, lambda: dam.holding, lambda: dam.hold(b"\x10\x04\x01"), dam.release),
        "print": lambda: Stage(
            host,
            lambda: host.print(JOB, 10.0),
            lambda: dam.holding and JOB in bytes(simulator.received),
            lambda: dam.hold(JOB),
            dam.release,
        ),
    }
    with _ended(host.stop, dam.stop, simulator.stop):
        yield stages[operation]()


# -- document printer ------------------------------------------------------------------------------------


@contextmanager
def _page_printer(_: Path, operation: str) -> Iterator[Stage]:
    document = PagePress(FONT).text("检验页")
    order = PageOrder("jingchuang")
    with eve_printer() as eve:
        port = int(eve.uri.rpartition(":")[2].partition("/")[0])
        dam = TcpDam(port)
        host = PagePrinterHost(worker_launch("page_printer", eve.address.replace(f":{port}/", f":{dam.port}/")))
        number = [0]

        def job_first(word: bytes) -> None:
            eve.does("sleep 1")
            number[0] = host.submit(document, order).result(20).number
            dam.hold(word)

        held: dict[str, Any] = {"hold": partial(dam.hold, b"POST"), "mend": dam.release}
        stages = {
            "open": lambda: _opening(host, lambda: dam.holding, **held),
            "status": lambda: Stage(host, host.status, lambda: dam.holding, **held),
            "submit": lambda: Stage(
                host,
                lambda: host.submit(document, order),
                lambda: dam.holding,
                partial(dam.hold, document[-64:]),
                dam.release,
            ),
            # IPP 1.1 requests (RFC 8011, 4.1): version, operation.
            "job": lambda: Stage(
                host,
                lambda: host.job(number[0]),
                lambda: dam.holding,
                lambda: job_first(b"\x01\x01\x00\x09"),
                dam.release,
            ),
            "cancel": lambda: Stage(
                host,
                lambda: host.cancel(number[0]),
                lambda: dam.holding,
                lambda: job_first(b"\x01\x01\x00\x08"),
                dam.release,
            ),
        }
        with _ended(host.stop, dam.stop):
            yield stages[operation]()


# -- card reader and photo decoder -----------------------------------------------------------------------


@contextmanager
def _card_reader(_: Path, operation: str) -> Iterator[Stage]:
    module = SamModule()
    terminal = TerminalReader(module)
    terminal.start()
    dam = SerialDam(terminal.path)
    host = CardReaderHost(worker_launch("card_reader", f"sdt:{dam.path}?baud=115200"))

    def lay() -> None:
        module.lift()
        module.lay(invented_card("resident", 3))

    def lay_and_hold() -> None:
        lay()
        dam.hold(READ.frame, after=300)

    read = partial(host.read, ReadRequest(wait_s=15.0, fingerprints=False, same_again=True))
    stages = {
        "open": lambda: _opening(host, lambda: dam.holding, hold=partial(dam.hold, MODULE_STATUS.frame), mend=dam.release),
        "check": lambda: Stage(host, host.check, lambda: dam.holding, partial(dam.hold, MODULE_STATUS.frame), dam.release),
        "waiting for a card": lambda: Stage(
            host,
            read,
            lambda: dam.heard >= 3 * len(FIND.frame),
            partial(dam.hold, b"nothing the worker says"),
            lay,
        ),
        "in mid-card": lambda: Stage(host, read, lambda: dam.holding, lay_and_hold, dam.release),
    }
    with _ended(host.stop, dam.stop, terminal.stop):
        yield stages[operation]()


@contextmanager
def _card_photo(folder: Path, operation: str) -> Iterator[Stage]:
    mark, order = folder / "hangs", folder / "hang-while-loading"
    environment = {"WLT_STANDIN_MARK": str(mark), "WLT_STANDIN_ORDER": str(order)}
    host = CardPhotoHost(_with(worker_launch("card_photo", f"wlt:{card_library.compiled(folder)}"), environment))

    def decode(first: bytes) -> Question:
        return host.decode(first + card_library.PHOTO[1:])

    stages = {
        "open": lambda: _opening(host, mark.exists, hold=order.touch, mend=order.unlink),
        "decode": lambda: Stage(host, lambda: decode(b"H"), mark.exists, again=lambda: decode(b" ")),
    }
    with _ended(host.stop):
        yield stages[operation]()


def _with(launch: WorkerLaunch, environment: dict[str, str]) -> WorkerLaunch:
    return replace(launch, environment={**launch.environment, **environment})


# -- fingerprint -----------------------------------------------------------------------------------------


@contextmanager
def _livescan(folder: Path, operation: str) -> Iterator[Stage]:
    """A maker's library hangs in the one function named here, and says so."""
    glass = Glass(folder)
    glass.finger()
    host = FingerprintHost(_with(worker_launch("fingerprint", standin_address()), {"GA_STANDIN": str(folder)}))
    template = b"F" + bytes(511)
    hangs_in, ask = {
        "open": ("Init", _never),
        "capture": ("GetFPRawData", lambda: host.capture(FingerRequest(_THUMB, 10.0))),
        "match": ("FP_FeatureMatch", lambda: host.match(MatchRequest(template, timeout_s=10.0))),
        "empty": ("FP_GenFeatureFromEmpty1", lambda: host.empty_features(_THUMB, EmptyCause.FAILED)),
    }[operation]
    ways: dict[str, Any] = {
        "hold": lambda: glass.behave(**{f"hang_{hangs_in}": 1}),
        "mend": glass.behave,
    }
    mark = folder / f"hangs_in_{hangs_in}"
    with _ended(host.stop):
        yield _opening(host, mark.exists, **ways) if operation == "open" else Stage(host, ask, mark.exists, **ways)


@contextmanager
def _ef01(_: Path, operation: str) -> Iterator[Stage]:
    simulator = Ef01Simulator()
    simulator.state.library[0], simulator.state.finger = 5, 5
    simulator.start()
    dam = SerialDam(simulator.path)
    host = FingerprintHost(worker_launch("fingerprint", f"ef01:{dam.path}?baud=115200"))
    match_packet = b"\xef\x01\xff\xff\xff\xff\x01\x00\x03" + bytes((Instruction.MATCH,))
    stages = {
        "open": lambda: _opening(host, lambda: dam.holding, hold=dam.hold, mend=dam.release),
        "match": lambda: Stage(
            host,
            lambda: host.match(MatchRequest(stored=0, timeout_s=10.0)),
            lambda: dam.holding,
            partial(dam.hold, match_packet),
            dam.release,
        ),
    }
    with _ended(host.stop, dam.stop, simulator.stop):
        yield stages[operation]()


# -- document reader and signature pad -------------------------------------------------------------------


@contextmanager
def _waiting(path: str) -> Iterator[Callable[[], int]]:
    """How many bytes lie in a terminal's line, unread."""
    handle = os.open(path, os.O_RDONLY | os.O_NOCTTY | os.O_NONBLOCK)
    try:
        yield lambda: int.from_bytes(fcntl.ioctl(handle, termios.FIONREAD, bytes(4)), "little")
    finally:
        os.close(handle)


@contextmanager
def _document_reader(_: Path, operation: str) -> Iterator[Stage]:
    """A read begins by throwing away what lay in the line: once it is empty, the worker waits for a document."""
    simulator = DocumentReaderSimulator()
    simulator.start()
    passport = Laid(SPECIMENS["passport"])
    with _waiting(simulator.path) as waiting:
        host = DocumentReaderHost(worker_launch("document_reader", f"mrz:{simulator.path}?framing=lines"))

        def lay_early() -> None:
            simulator.lay(passport)
            assert wait_for(lambda: waiting() > 0)

        def lay() -> None:
            if not waiting():
                simulator.lay(passport)

        with _ended(host.stop, simulator.stop):
            if operation == "open":
                yield _opening(host, _stopped_at_birth(host))
            else:
                yield Stage(host, lambda: host.read(8.0), lambda: not waiting(), lay_early, officer=lay)


@contextmanager
def _signature_pad(_: Path, operation: str) -> Iterator[Stage]:
    tablet = FarEnd()
    tablet.plug_in()
    where = f"evdev:{tablet.path}?x={X_MAX}&y={Y_MAX}&pressure={PRESSURE_MAX}&resolution={RESOLUTION}"
    host = SignaturePadHost(worker_launch("signature_pad", where))
    strokes = signature(Fault.NONE)

    def draw(pieces: list[bytes]) -> None:
        for piece in pieces:
            tablet.send(piece)

    def half_a_signature() -> None:
        host.begin().result(5)
        draw(strokes[: len(strokes) // 2])
        assert host.read(2.0).result(5)

    stages = {
        "open": lambda: _opening(host, _stopped_at_birth(host)),
        # It takes no time either: the worker stands still before it is asked.
        "begin": lambda: Stage(host, host.begin, lambda: _stopped(host), lambda: os.kill(_pid(host), signal.SIGSTOP)),
        "read": lambda: Stage(
            host,
            lambda: host.read(3.0),
            lambda: host.standing.state is DeviceState.BUSY,
            half_a_signature,
            officer=partial(draw, strokes[:20]),
        ),
    }
    with _ended(host.stop, tablet.unplug):
        yield stages[operation]()


# -- scanner ---------------------------------------------------------------------------------------------


@contextmanager
def _feeder(_: Path, operation: str) -> Iterator[Stage]:
    simulator = FeederSimulator(6)
    simulator.start()
    dam = TcpDam(simulator.port)
    address = f"escl:http://127.0.0.1:{dam.port}/eSCL"
    host = ScannerHost(worker_launch("scanner", address))
    kept: list[ScannedPage] = []

    def scan(source: ScanSource) -> Question:
        kept.clear()
        return host.scan(request(source), kept.append)

    def mend() -> None:
        dam.release()
        simulator.end(1, "Aborted")  # a real scanner gives an orphaned job up by itself
        simulator.load(3)

    page = b"/NextDocument"
    stages = {
        "open": lambda: _opening(host, lambda: dam.holding, hold=partial(dam.hold, b"ScannerCapabilities"), mend=mend),
        "status": lambda: Stage(host, host.status, lambda: dam.holding, partial(dam.hold, b"ScannerStatus"), mend),
        "page": lambda: Stage(
            host,
            lambda: scan(ScanSource.FLATBED),
            lambda: dam.holding,
            partial(dam.hold, page, after=2000),
            mend,
        ),
        "pile": lambda: Stage(
            host,
            lambda: scan(ScanSource.ADF),
            lambda: dam.holding and len(kept) == 2,
            partial(dam.hold, page, times=3, after=2000),
            mend,
        ),
    }
    with _ended(host.stop, dam.stop, simulator.stop):
        yield stages[operation]()


@contextmanager
def _airscan(folder: Path) -> Iterator[Stage]:
    """Through the stock sane-airscan, which no dam could hold: the feeder takes its time, and a page has been kept."""
    simulator = FeederSimulator(30)
    simulator.page_s = 0.5
    simulator.start()
    host = ScannerHost(worker_launch("scanner", airscan(folder, simulator)))
    kept: list[ScannedPage] = []

    def scan() -> Question:
        kept.clear()
        return host.scan(request(ScanSource.ADF), kept.append)

    def mend() -> None:
        simulator.page_s = 0.0
        simulator.end(1, "Aborted")
        simulator.load(1)

    with _ended(host.stop, simulator.stop):
        yield Stage(host, scan, lambda: bool(kept), mend=mend)


@contextmanager
def _document_camera(folder: Path) -> Iterator[Stage]:
    """The film runs for ever: a page has been kept and the next one is watched for; after it the desk is seen again."""
    film = folder / "desk.avi"
    view = View(640, 480, FIELD_MM)
    write_film(film, frames((Scene(Act.LAY, (sheet(PageKind.TEXT),)), Scene(Act.CLEAR)), DeskKind.GREY, view))
    views: list[CameraView] = []
    host = ScannerHost(worker_launch("scanner", f"doccam:{film}"), views.append)
    kept: list[ScannedPage] = []

    def watch() -> Question:
        return host.scan(request(ScanSource.CAMERA), kept.append)

    def see_again() -> Question:
        views.clear()
        watched = watch()
        return Seen(lambda: watched.done() or bool(views), lambda: watched.exception() if watched.done() else None)

    with _ended(host.stop):
        yield Stage(host, watch, lambda: bool(kept), again=see_again)


# -- the table -------------------------------------------------------------------------------------------


def _rows(
    kind: str, stage: Callable[..., AbstractContextManager[Stage]], *rows: tuple[str, str, bool, float]
) -> dict[str, Case]:
    """Rows of: operation, method of the host, whether it is among the quick ones, its own deadline."""
    return {
        f"{kind}: {operation}": Case((kind.partition(" (")[0], method), partial(stage, operation=operation), quick, hung_s)
        for operation, method, quick, hung_s in rows
    }


CASES: dict[str, Case] = {
    **_rows(
        "camera",
        _camera,
        ("open", "open", False, 0),
        ("describe", "describe", False, 5),
        ("configure", "configure", False, 5),
        ("shutter", "capture", False, 0),
        ("picture on its way", "capture", True, 0),
        ("burst", "capture", False, 0),
        ("live view", "live", False, 5),
    ),
    "printer: open": Case(("printer", "open"), _printer_opening),
    **_rows("printer", _printer, ("status", "status", False, 8), ("print", "print", True, 0)),
    **_rows(
        "page_printer",
        _page_printer,
        ("open", "open", False, 0),
        ("status", "status", False, 0),
        ("submit", "submit", True, 0),
        ("job", "job", False, 0),
        ("cancel", "cancel", False, 0),
    ),
    **_rows(
        "card_reader",
        _card_reader,
        ("open", "open", False, 0),
        ("check", "check", False, 8),
        ("waiting for a card", "read", False, 0),
        ("in mid-card", "read", True, 0),
    ),
    **_rows("card_photo", _card_photo, ("open", "open", False, 0), ("decode", "decode", True, 5)),
    **_rows(
        "fingerprint",
        _livescan,
        ("open", "open", False, 0),
        ("capture", "capture", True, 14),
        ("match", "match", False, 14),
        ("empty", "empty_features", False, 8),
    ),
    **_rows("fingerprint (ef01)", _ef01, ("open", "open", False, 0), ("match", "match", False, 14)),
    **_rows("document_reader", _document_reader, ("open", "open", False, 0), ("read", "read", True, 11)),
    **_rows(
        "signature_pad",
        _signature_pad,
        ("open", "open", False, 0),
        ("begin", "begin", False, 3),
        ("read", "read", True, 6),
    ),
    **_rows(
        "scanner",
        _feeder,
        ("open", "open", False, 0),
        ("status", "status", False, 10),
        ("page", "scan", False, 0),
        ("pile", "scan", True, 0),
    ),
    "scanner (sane): pile": Case(("scanner", "scan"), _airscan),
    "scanner (doccam): pages as they are laid": Case(("scanner", "scan"), _document_camera),
}
