"""Who answers the document printer's driver in its contract: CUPS' ippeveprinter, and the simulator of training mode."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from devices.simulators.ipp.faults import PageFaultKind
from devices.simulators.ipp.server import IppSimulator
from helpers.printers import eve_printer


@dataclass(frozen=True)
class PagePeer:
    """``slow`` and ``out_of_paper`` take seconds; ``arrived``: the document of a job's number, as it came."""

    address: str
    name: str
    slow: Callable[[float], None]
    out_of_paper: Callable[[float], None]
    gives_up: Callable[[], None]
    switch_off: Callable[[], None]
    arrived: Callable[[int], bytes]


@contextmanager
def eve_peer() -> Iterator[PagePeer]:
    """Real CUPS code."""
    with eve_printer() as eve:

        def out_of_paper(seconds: float) -> None:
            trouble = "media-empty-error"
            eve.does(f'echo "STATE: +{trouble}" >&2; sleep {seconds}; echo "STATE: -{trouble}" >&2')

        yield PagePeer(
            eve.address,
            "Test A4",
            lambda seconds: eve.does(f"sleep {seconds}"),
            out_of_paper,
            lambda: eve.does("exit 1"),
            eve.process.kill,
            lambda number: next(eve.spool.glob(f"{number}-*.pdf")).read_bytes(),
        )


@contextmanager
def simulated_peer() -> Iterator[PagePeer]:
    """``devices/simulators/ipp``, in this process."""
    simulator = IppSimulator()
    simulator.start()
    timers: list[threading.Timer] = []

    def slow(seconds: float) -> None:
        simulator.fail(PageFaultKind.NONE)
        simulator.room.page_s = seconds

    def out_of_paper(seconds: float) -> None:
        simulator.room.page_s = 0.0
        simulator.fail(PageFaultKind.MEDIA_EMPTY)
        timers.append(threading.Timer(seconds, simulator.fail, (PageFaultKind.NONE,)))
        timers[-1].start()

    try:
        yield PagePeer(
            f"cups:{simulator.uri}",
            "Simulated A4",
            slow,
            out_of_paper,
            lambda: simulator.fail(PageFaultKind.ABORTS),
            simulator.stop,
            lambda number: simulator.room.jobs[number].document,
        )
    finally:
        for timer in timers:
            timer.cancel()
            timer.join()
        simulator.stop()


PEERS = {"ippeveprinter": eve_peer, "sim:pages": simulated_peer}
