"""A separator sheet drawn for the printer: black on white, A4 at 300 dpi, codes large enough to survive a copier."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import zxingcpp
from PIL import Image, ImageDraw, ImageFont

from app.archive.separators import FileKind, Separator, code128_text, qr_text, require_separator

_DPI = 300
_A4_MM = (210.0, 297.0)
_BANDS_MM = ((10.0, 14.0), (18.0, 26.0), (30.0, 34.0))  # from the end of the sheet: 1 : 2 : 1
_SIDE_MM = 10.0
_QR_MM, _BARS_MM = 58.0, (130.0, 20.0)
_TEXT_MM = (88.0, 194.0)  # beside the upper QR code
_WORDS = {FileKind.VEHICLE: "机动车档案", FileKind.DRIVER: "驾驶人档案"}


def _px(millimetres: float) -> int:
    return round(millimetres / 25.4 * _DPI)


def separator_png(separator: Separator, business_name: str, font: Path) -> bytes:
    """PNG, 2480 × 3508. Raises BadInput ARC-101, ARC-102."""
    require_separator(separator)
    sheet = Image.new("L", (_px(_A4_MM[0]), _px(_A4_MM[1])), 255)
    draw = ImageDraw.Draw(sheet)
    for top, bottom in _BANDS_MM:
        for begin, end in ((top, bottom), (_A4_MM[1] - bottom, _A4_MM[1] - top)):
            draw.rectangle((_px(_SIDE_MM), _px(begin), _px(_A4_MM[0] - _SIDE_MM), _px(end)), fill=0)
    qr = _code(qr_text(separator), zxingcpp.BarcodeFormat.QRCode)
    bars = _code(code128_text(separator), zxingcpp.BarcodeFormat.Code128)
    for x, y in ((24.0, 44.0), (_A4_MM[0] - 24.0 - _QR_MM, _A4_MM[1] - 44.0 - _QR_MM)):
        sheet.paste(qr.resize((_px(_QR_MM), _px(_QR_MM)), Image.Resampling.NEAREST), (_px(x), _px(y)))
    for y in (112.0, 165.0):
        wide = bars.resize((_px(_BARS_MM[0]), _px(_BARS_MM[1])), Image.Resampling.NEAREST)
        sheet.paste(wide, (_px((_A4_MM[0] - _BARS_MM[0]) / 2), _px(y)))
    lines = (
        ("分隔页 / SEPARATOR", 6.0),
        (_WORDS[separator.kind], 9.0),
        (separator.serial, 9.0),
        (f"{separator.business} {business_name}".strip(), 6.0),
    )
    y = 50.0
    for text, height in lines:
        _line(draw, font, text, _TEXT_MM, y, height)
        y += height * 1.35
    _line(draw, font, "放在本流水档案第一页之前；不要折叠、涂写条码。", (30.0, 180.0), 145.0, 5.0)
    out = io.BytesIO()
    sheet.save(out, "PNG", dpi=(_DPI, _DPI))
    return out.getvalue()


def _line(draw: ImageDraw.ImageDraw, font: Path, text: str, across: tuple[float, float], top: float, height: float) -> None:
    """Centred between two places; made smaller where it would not fit."""
    room = _px(across[1] - across[0])
    shape = ImageFont.truetype(str(font), _px(height))
    wide = draw.textlength(text, font=shape)
    if wide > room:
        shape = ImageFont.truetype(str(font), int(_px(height) * room / wide))
    draw.text((_px(sum(across) / 2), _px(top)), text, font=shape, fill=0, anchor="ma")


def _code(text: str, kind: zxingcpp.BarcodeFormat) -> Image.Image:
    """A code with its quiet zone, one pixel a module or more."""
    drawn = zxingcpp.create_barcode(text, kind).to_image(scale=4, add_quiet_zones=True)
    return Image.fromarray(np.asarray(drawn))
