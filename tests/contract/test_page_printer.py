"""What every A4 queue owes the workstation: the job's final state, in its own words; real CUPS code and simulator alike."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from app.config.clock import SystemClock
from app.desk.page_printing import PagePrinting
from app.printing.page import PagePress
from app.printing.page_words import job_sentence
from devices.drivers.cups.ipp import Attribute, Group, Operation, Tag, encoded
from devices.host.page_printer import PagePrinterHost
from devices.ports.errors import DeviceError, NotSupported, PrinterFault
from devices.ports.page_printer import PageJob, PageJobState, PageOrder, PageQueueState
from devices.registry import worker_launch
from helpers.page_peers import PEERS, PagePeer
from helpers.printers import FONT, hosted_pages, wait_for

DOCUMENT = PagePress(FONT).text("检验页 𬱖㐂")
ORDER = PageOrder("jingchuang")
S = PageJobState


@pytest.fixture(scope="module", params=PEERS)
def peer(request: pytest.FixtureRequest) -> Iterator[PagePeer]:
    with PEERS[request.param]() as answering:
        yield answering


@pytest.fixture
def host(peer: PagePeer) -> Iterator[PagePrinterHost]:
    peer.slow(0)
    with hosted_pages(peer.address) as host:
        yield host


def followed(host: PagePrinterHost, timeout_s: float = 30.0) -> list[PageJob]:
    told: list[PageJob] = []
    last = PagePrinting(host, SystemClock()).print(DOCUMENT, ORDER, timeout_s, told.append)
    assert told[-1] == last
    return told


def test_a_queue_says_what_it_is_and_takes(peer: PagePeer, host: PagePrinterHost) -> None:
    queue = host.status().result(20)
    assert queue.name == peer.name
    assert queue.accepting
    assert queue.state in (PageQueueState.IDLE, PageQueueState.PROCESSING)
    assert "application/pdf" in queue.formats


def test_printed_is_said_only_at_the_end_and_the_document_arrived_byte_for_byte(
    peer: PagePeer, host: PagePrinterHost
) -> None:
    peer.slow(1)
    told = followed(host)
    assert [job.state for job in told][-1] is S.COMPLETED
    assert not any(job.state.is_final for job in told[:-1])
    assert "打印完成" in job_sentence(told[-1], "zh_CN")
    assert peer.arrived(told[0].number) == DOCUMENT


def test_paper_out_in_mid_job_is_told_and_the_job_goes_on_when_there_is_paper(
    peer: PagePeer, host: PagePrinterHost
) -> None:
    peer.out_of_paper(2)
    told = followed(host)
    sentences = "\n".join(job_sentence(job, "zh_CN") for job in told)
    assert "缺纸：请装纸" in sentences
    assert told[-1].state is S.COMPLETED
    assert "缺纸" not in job_sentence(told[-1], "zh_CN")


def test_a_job_the_printer_gives_up_is_not_printed(peer: PagePeer, host: PagePrinterHost) -> None:
    peer.gives_up()
    job = followed(host)[-1]
    assert job.state is S.ABORTED
    assert "放弃" in job_sentence(job, "zh_CN")


def test_a_job_can_be_cancelled_and_says_so(peer: PagePeer, host: PagePrinterHost) -> None:
    peer.slow(3)
    job = host.submit(DOCUMENT, ORDER).result(20)
    assert wait_for(lambda: host.job(job.number).result(20).state is S.PROCESSING)
    PagePrinting(host, SystemClock()).cancel(job.number)
    assert wait_for(lambda: host.job(job.number).result(20).state is S.CANCELED)
    again = PagePrinting(host, SystemClock()).cancel(job.number)
    assert again.state is S.CANCELED, "too late is an answer, not a fault"


def test_a_job_that_does_not_end_in_time_is_shown_as_it_stands(peer: PagePeer, host: PagePrinterHost) -> None:
    peer.slow(2)
    job = followed(host, 1.0)[-1]
    assert job.state in (S.PENDING, S.PROCESSING)
    assert wait_for(lambda: host.job(job.number).result(20).state.is_final)


def test_a_job_nobody_knows_is_named(host: PagePrinterHost) -> None:
    with pytest.raises(PrinterFault) as error:
        host.job(4711).result(20)
    assert error.value.code == "PRN-143"


def test_a_kind_of_document_the_printer_does_not_take_is_refused(host: PagePrinterHost) -> None:
    with pytest.raises(NotSupported) as error:
        host.submit(b"\x1b@", PageOrder("jingchuang", "application/x-nothing")).result(20)
    assert error.value.code == "PRN-145"


def test_a_queue_that_was_deleted_and_a_service_that_is_not_there_are_told_apart(peer: PagePeer) -> None:
    for address, code in [
        (peer.address.replace("/ipp/print", "/ipp/other"), "PRN-141"),
        ("cups:ipp://127.0.0.1:9/ipp/print", "PRN-140"),
    ]:
        assert _why(address) == code


def _why(address: str) -> str:
    host = PagePrinterHost(worker_launch("page_printer", address))
    host.start()
    try:
        assert wait_for(lambda: host.error is not None)
        assert isinstance(host.error, DeviceError)
        return host.error.code
    finally:
        host.stop(5)


@pytest.mark.parametrize("kind", PEERS)
def test_a_printer_switched_off_in_mid_job_leaves_the_job_unknown_never_printed(kind: str) -> None:
    with PEERS[kind]() as own, hosted_pages(own.address) as host:
        own.slow(20)
        told: list[PageJob] = []

        def hear(job: PageJob) -> None:
            told.append(job)
            if job.state is S.PROCESSING:
                own.switch_off()

        last = PagePrinting(host, SystemClock()).print(DOCUMENT, ORDER, 5.0, hear)
        assert last.state is S.UNKNOWN
        assert "看打印机" in job_sentence(last, "zh_CN")


@contextmanager
def scripted_queue(*bodies: bytes) -> Iterator[str]:
    """A queue that answers each question with the next body, the last one for good; the request's number is put in."""
    left = list(bodies)

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            body = left.pop(0) if len(left) > 1 else left[0]
            body = body[:4] + asked[4:8] + body[8:]
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"cups:ipp://127.0.0.1:{server.server_port}/printers/office"
        finally:
            server.shutdown()
            thread.join()


def _body(status: int, *groups: tuple[Group, list[Attribute]]) -> bytes:
    # A response is laid out as a request is; the operation's place holds the status.
    data = encoded(Operation.PRINT_JOB, 1, [(Group.OPERATION, [(Tag.CHARSET, "attributes-charset", "utf-8")]), *groups])
    return data[:2] + status.to_bytes(2, "big") + data[4:]


def _job_body(state: int, reason: str) -> bytes:
    about: list[Attribute] = [(Tag.INTEGER, "job-id", 7), (Tag.ENUM, "job-state", state)]
    return _body(0, (Group.JOB, [*about, (Tag.KEYWORD, "job-state-reasons", reason)]))


_QUEUE = _body(0, (Group.PRINTER, [(Tag.ENUM, "printer-state", 3), (Tag.BOOLEAN, "printer-is-accepting-jobs", True)]))
_NOT_FOUND = _body(0x0406)


def test_a_queue_deleted_in_mid_job_is_told_as_that() -> None:
    # Opened and described, taken, asked about once with the queue's reasons; then the queue is gone.
    with scripted_queue(_QUEUE, _QUEUE, _job_body(3, "none"), _job_body(5, "job-printing"), _QUEUE, _NOT_FOUND) as address:
        with hosted_pages(address) as host, pytest.raises(DeviceError) as gone:
            followed(host, 20)
        assert gone.value.code == "PRN-141"


@pytest.mark.parametrize(
    ("code", "reason", "sentence"),
    [
        (4, "job-hold-until-specified", "暂缓"),
        (6, "media-jam-error", "卡纸"),
        (7, "job-canceled-at-device", "面板上被取消"),
    ],
)
def test_held_stopped_and_cancelled_at_the_panel_are_told_with_their_reasons(code: int, reason: str, sentence: str) -> None:
    with scripted_queue(_QUEUE, _QUEUE, _job_body(code, reason), _QUEUE) as address, hosted_pages(address) as host:
        assert sentence in job_sentence(host.submit(DOCUMENT, ORDER).result(20), "zh_CN")
