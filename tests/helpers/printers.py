"""Printers for tests: the simulated receipt printer on TCP or a serial line, and CUPS' own ippeveprinter as A4 peer."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from app.config.fonts import chinese_font
from devices.host.page_printer import PagePrinterHost
from devices.host.printer import PrinterHost
from devices.registry import worker_launch
from devices.simulators.escpos.rom import Rom
from devices.simulators.escpos.server import PrinterSimulator

FONT = chinese_font()
_READY_S = 20.0
_BUS = """<busconfig><type>system</type><listen>unix:path={path}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*"/><allow eavesdrop="false"/><allow own="*"/><allow user="*"/>
</policy></busconfig>
"""


@contextmanager
def simulated(
    folder: Path, line: str = "tcp", rom: Rom = Rom.GB18030, width: int = 576
) -> Iterator[tuple[PrinterSimulator, str]]:
    """The simulator and the address of its ``line``: tcp, serial (with a baud rate) or device (a character device)."""
    simulator = PrinterSimulator(width, FONT, rom=rom)
    if line == "tcp":
        simulator.start()
        address = f"escpos:tcp:127.0.0.1:{simulator.port}"
    else:
        simulator.start_pty(folder / "printer")
        assert wait_for((folder / "printer").exists)
        address = f"escpos:{folder / 'printer'}" + ("?baud=115200" if line == "serial" else "")
    try:
        yield simulator, address
    finally:
        simulator.stop()


@contextmanager
def hosted(address: str) -> Iterator[PrinterHost]:
    """A receipt printer behind its worker, connected."""
    host = PrinterHost(worker_launch("printer", address))
    host.start()
    try:
        assert host.wait_until_open(_READY_S), host.error
        yield host
    finally:
        host.stop(5)


@contextmanager
def hosted_pages(address: str) -> Iterator[PagePrinterHost]:
    """An A4 queue behind its worker, answering."""
    host = PagePrinterHost(worker_launch("page_printer", address))
    host.start()
    try:
        assert host.wait_until_open(_READY_S), host.error
        yield host
    finally:
        host.stop(5)


def wait_for(true: object, timeout_s: float = _READY_S) -> bool:
    """Whether it became true in time."""
    assert callable(true)
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.02)  # noqa: TID251 - a test may look again
    return False


@dataclass
class EvePrinter:
    """``script``: what the printer does with each job, a shell script CUPS runs; ``spool``: what arrived."""

    uri: str
    spool: Path
    script: Path
    process: subprocess.Popen[bytes]

    def does(self, commands: str) -> None:
        """From the next job on."""
        self.script.write_text("#!/bin/sh\n" + commands + "\nexit 0\n")
        self.script.chmod(0o700)

    @property
    def address(self) -> str:
        """As the settings have it."""
        return f"cups:{self.uri}"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def eve_printer() -> Iterator[EvePrinter]:
    """``ippeveprinter`` (Debian cups-ipp-utils) on loopback, its own HOME, its own bus in place of the system's.

    It insists on DNS-SD, which wants a D-Bus: a private dbus-daemon answers it and nothing is announced.
    """
    program, bus = shutil.which("ippeveprinter", path=f"{os.environ['PATH']}:/usr/sbin"), shutil.which("dbus-daemon")
    assert program is not None, "apt-get install cups-ipp-utils"
    assert bus is not None, "apt-get install dbus-daemon"
    # A socket's path is short, pytest's folders are not.
    with tempfile.TemporaryDirectory(prefix="jc-eve-") as name:
        folder = Path(name)
        (folder / "bus.conf").write_text(_BUS.format(path=folder / "bus"))
        (folder / "spool").mkdir()
        port = _free_port()
        environment = {**os.environ, "HOME": name, "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={folder / 'bus'}"}
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        with _running([bus, f"--config-file={folder / 'bus.conf'}", "--nofork"], environment, quiet):
            assert wait_for((folder / "bus").exists)
            command = [program, "-r", "off", "-n", "localhost", "-p", str(port), "-d", str(folder / "spool"), "-k"]
            command += ["-f", "application/pdf", "-c", str(folder / "job.sh"), "Test A4"]
            with _running(command, environment, quiet) as process:
                printer = EvePrinter(f"ipp://127.0.0.1:{port}/ipp/print", folder / "spool", folder / "job.sh", process)
                printer.does("")
                assert wait_for(lambda: _listens(port)), "ippeveprinter did not start"
                yield printer


@contextmanager
def _running(command: list[str], environment: dict[str, str], streams: dict[str, int]) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(command, env=environment, **streams) as process:  # type: ignore[call-overload]  # three streams by name
        try:
            yield process
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(5)
            process.kill()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
