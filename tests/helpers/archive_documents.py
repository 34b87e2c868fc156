"""Archive pages of every type of resources/archive/types.toml, drawn: layouts as such forms have them, nobody's data.

The layouts are ours: real forms vary by province and year. A number of seeds gives a number of different pages of a type;
titles, rows, stamps and handwriting change with the seed, the arrangement that makes the type stays.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from PIL import Image

from app.archive.titles import TypeWords, type_words
from helpers.documents import Pixels, Sheet, Soiling, soiled, turned

CARD_MM = (85.6, 54.0)


@dataclass(frozen=True)
class Layout:
    """A form: a title, a grid of labels and values, what stands under it. ``ticks``: a column of boxes; ``foot``: lines of
    small print; ``photo``: a portrait at the upper right; ``stamps`` red seals."""

    rows: int
    columns: int
    height: float = 9.0
    top: float = 40.0
    ticks: int = 0
    foot: int = 0
    photo: bool = False
    stamps: int = 1
    head: bool = False  # a heavier first row
    signed: bool = True


def _labels(sheet: Sheet, words: TypeWords) -> Callable[[], str]:
    terms = list(words.words) or ["备注"]
    return lambda: sheet.draw_from.choice(terms)


def _title(sheet: Sheet, words: TypeWords, top: float = 20.0, height: float = 0.0) -> None:
    title = sheet.draw_from.choice(words.titles)
    # A long one stands smaller, and the forms put strokes between the steps of a registration.
    size = height or min(8.0, (sheet.size_mm[0] - 30) / max(8, len(title)))
    sheet.centred(top + sheet.draw_from.uniform(-3, 3), title, size)


def _hand(sheet: Sheet, x: float, y: float, width: float) -> None:
    """Handwriting-like strokes."""
    draw = sheet.draw_from
    step = 2.2
    for number in range(max(1, int(width / 5))):
        left = x + number * 5
        for _ in range(3):
            sheet.rule(
                left + draw.uniform(0, step),
                y + draw.uniform(0, 4),
                left + draw.uniform(0, 4),
                y + draw.uniform(0, 4.5),
                0.35,
            )


def _form(sheet: Sheet, words: TypeWords, layout: Layout) -> None:
    draw, label = sheet.draw_from, _labels(sheet, words)
    _title(sheet, words)
    left, right = 20.0 + draw.uniform(-2, 2), 190.0 + draw.uniform(-2, 2)
    rows = max(2, layout.rows + draw.randint(-1, 1))
    step = (right - left) / layout.columns
    top, height = layout.top, layout.height
    sheet.box((left, top, right, top + rows * height))
    for row in range(1, rows):
        sheet.rule(left, top + row * height, right, top + row * height, 0.6 if layout.head and row == 1 else 0.3)
    for column in range(1, layout.columns):
        sheet.rule(left + column * step, top, left + column * step, top + rows * height)
    for row in range(rows):
        for column in range(layout.columns):
            x, y = left + column * step + 1.5, top + row * height + (height - 4) / 2
            if column % 2 == 0:
                sheet.text(x, y, label()[: max(2, int(step / 4))], 3.6)
            elif draw.random() < 0.75:
                _hand(sheet, x, y, min(step - 4, draw.uniform(8, 26)))
    y = top + rows * height + 4
    for number in range(layout.ticks):
        x = left + (number % 3) * 56
        sheet.box((x, y, x + 4, y + 4))
        sheet.text(x + 6, y, label()[:8], 3.6)
        y += 7 if number % 3 == 2 else 0
    y += 8
    for _ in range(layout.foot):
        sheet.text(left, y, (label() + "，" + sheet.words(30))[:40], 3.4)
        y += 5.5
    if layout.photo:
        sheet.box((right - 30, top + 2, right - 2, top + 38), fill=(225, 228, 232))
        sheet.disc(right - 16, top + 16, 7, (190, 150, 130))
    for number in range(layout.stamps):
        sheet.stamp(150 - 60 * number + draw.uniform(-10, 10), min(265.0, y + 22), 18)
    if layout.signed:
        sheet.signature(40 + draw.uniform(-8, 8), min(270.0, y + 20))


def _letter(sheet: Sheet, words: TypeWords, lines: int, stamp: bool) -> None:
    label, draw = _labels(sheet, words), sheet.draw_from
    _title(sheet, words, 26.0)
    for line in range(lines + draw.randint(-2, 2)):
        indent = 34 if line % 5 == 0 else 26
        text = label() + sheet.words(12) + label() + sheet.words(14)
        sheet.text(indent, 48 + 8.2 * line, text[: 14 if line % 5 == 4 else 36], 4.0)
    if stamp:
        sheet.stamp(150 + draw.uniform(-8, 8), 240)
    sheet.signature(125, 250)


def _certificate(sheet: Sheet, words: TypeWords, columns: int, rows: int, coloured: tuple[int, int, int]) -> None:
    """A framed certificate on tinted paper."""
    label, draw = _labels(sheet, words), sheet.draw_from
    width, height = sheet.size_mm
    sheet.box((6, 6, width - 6, height - 6), coloured, None, 1.6)
    sheet.box((9, 9, width - 9, height - 9), coloured, None, 0.4)
    _title(sheet, words, 20.0)
    step, gap = (width - 44) / columns, min(12.0, (height - 90) / rows)
    for row in range(rows):
        for column in range(columns):
            x, y = 24 + column * step, 48 + row * gap
            sheet.text(x, y, label()[:9], 3.8)
            sheet.text(x + 38 if columns == 1 else x + 34, y, sheet.words(draw.randint(3, 8 if columns == 1 else 4)), 3.8)
    sheet.stamp(width - 45, height - 42)


def _invoice(sheet: Sheet, words: TypeWords) -> None:
    label = _labels(sheet, words)
    _title(sheet, words, 14.0)
    sheet.text(150, 30, "".join(sheet.draw_from.choice("0123456789") for _ in range(12)), 4.4, (170, 60, 50))
    left, right = 16.0, 194.0
    tops = [40, 50, 60, 74, 84, 94, 104, 120]
    for y in tops:
        sheet.rule(left, y, right, y)
    for x in (left, 62.0, 120.0, right):
        sheet.rule(x, 40, x, 120)
    for y in tops[:-1]:
        for x in (18.0, 122.0):
            sheet.text(x, y + 2.5, label()[:8], 3.4)
        sheet.text(64, y + 2.5, sheet.words(10), 3.4)
    sheet.stamp(160, 110, 14)


def _cover(sheet: Sheet, words: TypeWords) -> None:
    sheet.box((14, 20, 196, 277), (30, 60, 140), None, 2.0)
    sheet.centred(90 + sheet.draw_from.uniform(-8, 8), sheet.words(4) + "汽车", 12.0, (30, 60, 140))
    _title(sheet, words, 130.0, 13.0)
    sheet.centred(240, sheet.words(6) + "有限公司", 7.0)


def _notes(sheet: Sheet, words: TypeWords) -> None:
    label = _labels(sheet, words)
    _title(sheet, words, 16.0, 7.0)
    y = 32.0
    for number in range(1, 15 + sheet.draw_from.randint(0, 4)):
        for line in range(sheet.draw_from.randint(1, 3)):
            lead = f"{number}.“{label()}”栏，" if line == 0 else ""
            sheet.text(22 if line == 0 else 28, y, (lead + sheet.words(40))[:44], 3.4)
            y += 5.4


def _list(sheet: Sheet, words: TypeWords) -> None:
    """序号, name, pages, remarks."""
    label = _labels(sheet, words)
    _title(sheet, words)
    rows, left, right = 22 + sheet.draw_from.randint(-2, 2), 18.0, 192.0
    for row in range(rows + 1):
        sheet.rule(left, 38 + row * 9.6, right, 38 + row * 9.6)
    for x in (left, left + 16, left + 110, left + 132, right):
        sheet.rule(x, 38, x, 38 + rows * 9.6)
    for row in range(rows):
        y = 38 + row * 9.6 + 2.8
        sheet.text(left + 5, y, str(row) if row else "序号", 3.6)
        sheet.text(left + 19, y, label() + sheet.words(4), 3.6)
        sheet.text(left + 118, y, str(sheet.draw_from.randint(1, 6)), 3.6)


def _photo(sheet: Sheet, *, car: bool) -> None:
    """A continuous-tone picture over the whole sheet."""
    width, height = sheet.image.size
    draw = np.random.default_rng(sheet.draw_from.randrange(10**6))
    ground = cv2.resize(
        draw.uniform(60, 210, (9, 12, 3)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC
    )
    top, middle = int(height * draw.uniform(0.3, 0.45)), int(width * draw.uniform(0.4, 0.6))
    colour = [float(c) for c in draw.uniform(30, 220, 3)]
    if car:
        half, tall = int(width * 0.32), int(height * 0.2)
        cv2.rectangle(ground, (middle - half, top), (middle + half, top + tall), colour, -1)
        cv2.rectangle(
            ground, (middle - half // 2, top - tall // 2), (middle + half // 2, top), [c * 0.6 for c in colour], -1
        )
        for x in (middle - half // 2, middle + half // 2):
            cv2.circle(ground, (x, top + tall), tall // 3, (25, 25, 25), -1)
    else:
        cv2.ellipse(ground, (middle, top), (width // 8, height // 10), 0, 0, 360, (120, 150, 200), -1)
        cv2.rectangle(ground, (middle - width // 5, top + height // 10), (middle + width // 5, height), colour, -1)
    ground = cv2.GaussianBlur(ground, (0, 0), max(1.0, width / 250)) + draw.normal(0, 5, ground.shape)
    picture = np.clip(ground, 0, 255).astype(np.uint8)[:, :, ::-1]
    sheet.image.paste(Image.fromarray(np.ascontiguousarray(picture)))


def _identity(sheet: Sheet, at: tuple[float, float], *, grey: bool) -> None:
    """Both faces of a card may lie on a page; one face on its own card."""
    x, y = at
    tint = (216, 224, 228) if grey else (196, 224, 240)
    back = sheet.draw_from.random() < 0.4
    sheet.box((x, y, x + 85.6, y + 54), (150, 150, 150), tint, 0.4)
    if back:
        sheet.disc(x + 14, y + 14, 8, (120, 120, 120) if grey else (200, 60, 60))
        sheet.text(x + 28, y + 7, "中华人民共和国", 5.6)
        sheet.text(x + 26, y + 17, "居民身份证", 8.0)
        sheet.text(x + 16, y + 36, "签发机关", 3.2)
        sheet.text(x + 32, y + 36, sheet.words(6) + "公安局", 3.2)
        sheet.text(x + 16, y + 44, "有效期限", 3.2)
        sheet.text(x + 32, y + 44, "2016.01.01-2036.01.01", 3.2)
        return
    for row, (name, value) in enumerate((("姓名", 3), ("性别", 1), ("出生", 8), ("住址", 12))):
        sheet.text(x + 6, y + 6 + row * 8, name, 3.0)
        sheet.text(x + 16, y + 6 + row * 8, sheet.words(value), 3.4)
    sheet.box((x + 58, y + 8, x + 80, y + 38), None, (200, 200, 205))
    sheet.disc(x + 69, y + 20, 6, (140, 130, 125) if grey else (200, 165, 145))
    sheet.text(x + 6, y + 44, "公民身份号码", 3.0)
    number = "".join(sheet.draw_from.choice("0123456789") for _ in range(18))
    sheet.text(x + 28, y + 43, number, 4.4)


def _copied(sheet: Sheet) -> None:
    """Both faces of a card on one sheet."""
    for top in (50.0, 130.0):
        _identity(sheet, (62.0, top), grey=True)


def _licence(sheet: Sheet, words: TypeWords, *, portrait: bool) -> None:
    """Main page and second page of a licence, on one sheet."""
    label = _labels(sheet, words)
    for number, top in enumerate((40 + sheet.draw_from.uniform(-12, 12), 120 + sheet.draw_from.uniform(-8, 8))):
        left = 52 + sheet.draw_from.uniform(-14, 14)
        sheet.box((left, top, left + 96, top + 64), (120, 130, 120), (226, 238, 228), 0.5)
        sheet.text(left + 8, top + 5, words.titles[0] if number == 0 else words.titles[-1] + "副页", 4.4)
        for row in range(6):
            sheet.text(left + 5, top + 15 + row * 7.6, label()[:6], 2.8)
            sheet.text(left + 28, top + 15 + row * 7.6, sheet.words(7), 3.2)
        if portrait and number == 0:
            sheet.box((left + 70, top + 22, left + 92, top + 52), None, (224, 226, 230))
            sheet.disc(left + 81, top + 34, 6, (200, 165, 145))
        if number == 0:
            sheet.box((left + 6, top + 46, left + 24, top + 61), (200, 40, 40), None, 0.8)


_FORMS: dict[str, Layout] = {
    "inspection-pass": Layout(20, 6, 8.0, ticks=0, foot=2, stamps=2, head=True),
    "used-check-record": Layout(12, 3, 12.0, ticks=6, stamps=1),
    "alteration-form": Layout(9, 4, 11.0, ticks=12, foot=4, stamps=0),
    "check-record": Layout(14, 5, 10.0, ticks=3, foot=1, stamps=1, head=True),
    "plate-form": Layout(7, 4, 12.0, ticks=9, foot=6, stamps=0),
    "mortgage-form": Layout(11, 2, 13.0, ticks=4, foot=2, stamps=2),
    "inspection-mark-form": Layout(5, 4, 13.0, ticks=6, foot=10, stamps=0),
    "registration-form": Layout(17, 4, 8.6, ticks=9, foot=2, stamps=1),
    "insurance": Layout(16, 4, 7.4, top=56.0, foot=9, stamps=1, head=True, signed=False),
    "scrapping": Layout(8, 4, 14.0, top=50.0, stamps=2, foot=1),
    "score-record": Layout(10, 8, 14.0, photo=True, stamps=3, head=True),
    "health-form": Layout(4, 4, 12.0, ticks=9, foot=12, stamps=0),
    "health-certificate": Layout(12, 4, 11.0, photo=True, ticks=3, stamps=1),
    "licence-form": Layout(9, 4, 10.0, photo=True, ticks=18, foot=4, stamps=0),
}
_LETTERS = {"power-of-attorney": (14, False), "move-out-notice": (9, True), "undertaking": (12, False)}
_LETTERS |= {"used-undertaking": (18, False), "retest-notice": (7, True)}


def _other(sheet: Sheet) -> None:
    """What no type knows: a letter about something else, a till receipt, a drawing."""
    kind = sheet.draw_from.randrange(3)
    if kind == 0:
        sheet.paragraphs(24, sheet.draw_from.randint(4, 26))
    elif kind == 1:
        for line in range(sheet.draw_from.randint(8, 20)):
            sheet.text(70, 30 + 6 * line, sheet.words(6), 4.0)
            sheet.text(120, 30 + 6 * line, str(sheet.draw_from.randint(10, 9999)), 4.0)
    else:
        for _ in range(sheet.draw_from.randint(6, 22)):
            x, y = sheet.draw_from.uniform(20, 160), sheet.draw_from.uniform(30, 240)
            sheet.box((x, y, x + sheet.draw_from.uniform(5, 40), y + sheet.draw_from.uniform(5, 40)))
            sheet.rule(x, y, sheet.draw_from.uniform(20, 190), sheet.draw_from.uniform(30, 270))


@cache
def _words(kind: str) -> dict[str, TypeWords]:
    return dict(type_words(kind))


_TINTS = {"domestic-certificate": (2, 14, (150, 120, 60)), "import-certificate": (1, 13, (40, 90, 150))}
_TINTS |= {"quota": (1, 6, (160, 40, 40)), "business-licence": (2, 5, (190, 150, 70))}
_ALONE: dict[str, Callable[[Sheet, TypeWords], None]] = {
    "certificate-cover": _cover,
    "origin": _invoice,
    "form-notes": _notes,
    "file-contents": _list,
    "vehicle-photo": lambda sheet, _: _photo(sheet, car=True),
    "scene-photo": lambda sheet, _: _photo(sheet, car=False),
    "identity-card": lambda sheet, _: _identity(sheet, (0, 0), grey=False),
    "identity-copy": lambda sheet, _: _copied(sheet),
    "vehicle-licence": lambda sheet, words: _licence(sheet, words, portrait=False),
    "driving-licence": lambda sheet, words: _licence(sheet, words, portrait=True),
    "other": lambda sheet, _: _other(sheet),
}


def drawn(kind: str, type_id: str, seed: int, dpi: int = 300) -> Pixels:
    """A clean page of one type. ``kind``: vehicle or driver."""
    words = _words(kind).get(type_id, TypeWords(type_id, (), (), ()))
    size = CARD_MM if type_id == "identity-card" else (210.0, 297.0)
    sheet = Sheet(dpi, seed * 977 + sum(map(ord, type_id)), size)
    if type_id in _FORMS:
        _form(sheet, words, _FORMS[type_id])
    elif type_id in _LETTERS:
        _letter(sheet, words, *_LETTERS[type_id])
    elif type_id in _TINTS:
        _certificate(sheet, words, *_TINTS[type_id])
    elif type_id in _ALONE:
        _ALONE[type_id](sheet, words)
    return sheet.pixels()


def scanned(pixels: Pixels, seed: int, dpi: int = 300) -> Pixels:
    """As it comes from a glass: askew, shaded, noisy, sometimes a photocopy with a fold."""
    draw = random.Random(seed * 31 + 7)
    if draw.random() < 0.25:
        grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
        pixels = np.asarray(
            cv2.cvtColor(cv2.convertScaleAbs(grey, alpha=draw.uniform(0.8, 1.0), beta=12), cv2.COLOR_GRAY2BGR)
        )
    if draw.random() < 0.2:
        pixels = pixels.copy()
        y = int(pixels.shape[0] * draw.uniform(0.3, 0.7))
        pixels[y : y + max(1, dpi // 60)] = (pixels[y : y + max(1, dpi // 60)] * 0.82).astype(np.uint8)
    if draw.random() < 0.6:
        pixels = turned(pixels, draw.uniform(-1.6, 1.6))
    soiling = Soiling(draw.uniform(1, 6), draw.uniform(0, 0.25), draw.randint(0, 12), draw.choice((0.0, 0.0, 0.25)))
    return soiled(pixels, soiling, dpi, seed)
