"""`print`: a file through an A4 queue to its final state. `printer check|show`: what a receipt printer really prints."""

from __future__ import annotations

import argparse
import sys

from app.bootstrap.printers import page_printer, page_printing, pdf_of, picture_of, receipt_printer
from app.cli.answers import Exit, emit, say
from app.cli.device_commands import settings_of
from app.config.clock import SystemClock
from app.config.fonts import chinese_font
from app.domain.errors import BadInput
from app.printing.check_sheet import SAMPLES, CheckAnswer, check_sheet
from app.printing.page_words import job_sentence
from app.printing.profiles import WIDTHS, PrinterProfile, PrinterProfiles
from devices.ports.page_printer import PageJob, PageJobState, PageOrder
from devices.ports.printer import JobOutcome

_WORD_S = 20.0
_TITLE = "jingchuang"  # queues show it to everybody: no name, no number


def print_file(options: argparse.Namespace) -> int:
    """Exit 0 only when the printer says that the job is completed."""
    document = pdf_of(options.file)
    order = PageOrder(_TITLE, copies=options.copies, two_sided=options.two_sided)

    def told(job: PageJob) -> None:
        if not options.json:
            say(f"● {job.number}: {job_sentence(job, options.language)}")

    with page_printer(_page_address(options)) as host:
        job = page_printing(host).print(document, order, float(options.timeout), told)
    if options.json:
        emit(
            {
                "job": job.number,
                "state": job.state.value,
                "final": job.state.is_final,
                "reasons": list(job.reasons),
                "sentence": job_sentence(job, options.language),
                "message": job.message,
            }
        )
    return Exit.SUCCESS if job.state is PageJobState.COMPLETED else Exit.FAULT


def _page_address(options: argparse.Namespace) -> str:
    _, settings = settings_of(options)
    address = str(options.device or settings.text("page_printer.address"))
    if not address:
        raise BadInput("PRN-105")
    return address


def _address(options: argparse.Namespace) -> tuple[PrinterProfiles, str]:
    folder, settings = settings_of(options)
    address = options.device or settings.text("printer.address")
    if not address:
        raise BadInput("PRN-105")
    return PrinterProfiles(folder.printers), address


def check(options: argparse.Namespace) -> int:
    """Print the sheet and take the answer; with ``--rows`` and ``--columns`` only take the answer."""
    profiles, address = _address(options)
    answered = options.rows is not None and options.columns is not None
    if not answered:
        sheet = check_sheet(chinese_font())
        if options.preview:
            options.preview.write_bytes(picture_of(sheet, min(WIDTHS.values())))
        with receipt_printer(address) as host:
            outcome = host.print(sheet, _WORD_S).result()
        if outcome is JobOutcome.UNCERTAIN:
            say(_words(options, "已发送，打印机没有回答：请看是否出纸。", "Sent; the printer gave no answer: look at it."))
        if not sys.stdin.isatty():
            say(_words(options, "请看检查单后回答：", "Look at the sheet, then answer:"))
            say(f"  jingchuang printer check --device '{address}' --rows 1,2,3 --columns 48")
            return Exit.SUCCESS
        options.rows = _asked(options, "上下两排相同的行号（逗号分开）：", "Rows whose two lines are alike: ")
        options.columns = _asked(options, "没有折行的最长标尺：", "Longest ruler on one line: ")
    profile = CheckAnswer.read(options.rows, options.columns).profile(address, f"{SystemClock().now():%Y-%m-%dT%H:%M:%S%z}")
    profiles.keep(profile)
    _tell(options, profile)
    return Exit.SUCCESS


def show(options: argparse.Namespace) -> int:
    """What is known of a printer; exit 1 while nobody has checked it."""
    profiles, address = _address(options)
    profile = profiles.of(address)
    _tell(options, profile)
    return Exit.SUCCESS if profile.checked else Exit.ANSWER_IS_NO


def _tell(options: argparse.Namespace, profile: PrinterProfile) -> None:
    if options.json:
        emit({"address": profile.address, **profile.document()})
        return
    for number, (zone, sample) in enumerate(SAMPLES.items(), start=1):
        say(f"{'✓' if zone in profile.charset.zones else '✗'} {number} {zone.value:10} {sample}")
    unknown = _words(options, "没有检查过", "not checked")
    say(f"{profile.address}  {profile.width_dots or '?'}  {profile.checked or unknown}")


def _asked(options: argparse.Namespace, chinese: str, english: str) -> str:
    sys.stdout.write(_words(options, chinese, english))
    sys.stdout.flush()
    return sys.stdin.readline().strip()


def _words(options: argparse.Namespace, chinese: str, english: str) -> str:
    return chinese if options.language == "zh_CN" else english
