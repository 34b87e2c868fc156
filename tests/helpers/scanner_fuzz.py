"""What any bytes of a scanner or a document camera must end in; one input a call."""

from __future__ import annotations

import ctypes
from contextlib import suppress

from devices.drivers.escl import words
from devices.drivers.escl.elements import NotUnderstood
from devices.drivers.page_image import density, whole_jpeg_size
from devices.drivers.sane import library
from devices.drivers.sane.options import abilities, area_settings, mode_settings, source_words
from devices.ports.errors import DeviceError, PictureBroken
from devices.ports.scanner import ScannerState, ScanSource
from devices.simulators.escl import words as feeder_words
from devices.simulators.escl.pages import PageKind, Sheet
from devices.simulators.escl.server import picture_of

CAPABILITIES = feeder_words.capabilities("示例扫描仪", "S-1").encode()
STATUS = feeder_words.status("Idle", "ScannerAdfLoaded", (("/eSCL/ScanJobs/1", "Completed", 3),)).encode()
PAGE = picture_of(Sheet(PageKind.TEXT, 3), feeder_words.Settings(dpi=75, width=300, height=400))


def check_documents(data: bytes) -> None:
    """Any bytes end in a value within bounds, or in NotUnderstood."""
    try:
        described = words.capabilities(data, "escl/test")
    except NotUnderstood:
        return
    for source in described.sources:
        assert all(0 < dpi <= 10_000 for dpi in source.resolutions)
        assert source.width_mm >= 0
    told = words.status(data)
    assert told.summary().state in ScannerState
    assert isinstance(told.fault(), DeviceError | None)


def check_page(data: bytes) -> None:
    """Any body, and any MJPEG frame of a camera, is a whole picture or PictureBroken."""
    assert density(data) >= 0
    with suppress(PictureBroken):
        width, height, _ = whole_jpeg_size(data)
        assert width > 0
        assert height > 0


def check_descriptor(
    name: bytes, kind: int, unit: int, size: int, cap: int, constraint: int, words: list[int], texts: list[bytes]
) -> None:
    """Any descriptor is read without harm, and what is read can be asked for anything."""
    raw = library._Descriptor(name, name, name, kind, unit, size, cap, constraint)
    array = (ctypes.c_int * (len(words) + 4))(len(words), *words)
    strings = (ctypes.c_char_p * (len(texts) + 1))(*texts, None)
    span = library._Range(*[*words, 0, 0, 0][:3])
    if constraint == 1:
        raw.constraint.range = ctypes.pointer(span)
    elif constraint == 2:
        raw.constraint.words = ctypes.cast(array, ctypes.POINTER(ctypes.c_int))
    elif constraint == 3:
        raw.constraint.strings = ctypes.cast(strings, ctypes.POINTER(ctypes.c_char_p))
    facts = library.facts_of(1, raw)
    if facts is None:
        return
    names = ("source", "mode", "depth", "resolution", "br-x", "br-y", "tl-x", "adf-mode", "duplex", "page-width")
    options = dict.fromkeys(names, facts)
    assert source_words(options)
    assert mode_settings(options)
    found = abilities(ScanSource.ADF, options, 300)
    assert list(found.resolutions) == sorted(found.resolutions)
    assert found.width_mm >= 0
    area_settings(options, 210, 297, 300)
