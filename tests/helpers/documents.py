"""Archive pages of nobody's, drawn with known truth: writing, forms, stamps, signatures, skew, blur, shadow, dirt."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from helpers.printers import FONT

Pixels = NDArray[np.uint8]
A4_MM = (210.0, 297.0)
_WORDS = (
    "机动车登记业务流程记录表申请人姓名身份证明号码住所地址联系电话车辆识别代号发动机号品牌型号号牌种类使用性质"
    "所有权获得方式核定载客总质量出厂日期检验有效期保险凭证完税证明委托代理机构名称签字盖章年月日备注事项说明"
)


@dataclass(frozen=True)
class Truth:
    """What was drawn. ``skew_deg``: as ``app.archive.skew.Skew`` counts; ``turn``: 0, 90, 180, 270 clockwise."""

    kind: str
    dpi: int
    skew_deg: float = 0.0
    turn: int = 0
    blur_px: float = 0.0
    blank: bool = False


@dataclass(frozen=True)
class Soiling:
    """``noise``: grey levels; ``shadow`` 0…1 at one side; ``specks``: number; ``through`` 0…1 of the other side."""

    noise: float = 3.0
    shadow: float = 0.0
    specks: int = 0
    through: float = 0.0
    paper: tuple[int, int, int] = (248, 249, 246)  # BGR


@cache
def _font(px: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT), px)


class Sheet:
    """One page being drawn, A4 unless said otherwise; millimetres from the upper left."""

    def __init__(
        self, dpi: int, seed: int, size_mm: tuple[float, float] = A4_MM, paper: tuple[int, int, int] = (255, 255, 255)
    ) -> None:
        self.dpi = dpi
        self.size_mm = size_mm
        self.draw_from = random.Random(seed)
        size = tuple(round(side / 25.4 * dpi) for side in size_mm)
        self.image = Image.new("RGB", (size[0], size[1]), paper)
        self._draw = ImageDraw.Draw(self.image)

    def px(self, millimetres: float) -> int:
        return round(millimetres / 25.4 * self.dpi)

    def words(self, count: int) -> str:
        return "".join(self.draw_from.choice(_WORDS) for _ in range(count))

    def text(self, x: float, y: float, text: str, height: float = 4.0, fill: tuple[int, int, int] = (24, 24, 28)) -> None:
        self._draw.text((self.px(x), self.px(y)), text, font=_font(max(2, self.px(height))), fill=fill)

    def centred(self, y: float, text: str, height: float, fill: tuple[int, int, int] = (24, 24, 28)) -> None:
        self.text((self.size_mm[0] - height * len(text)) / 2, y, text, height, fill)

    def box(
        self,
        place: tuple[float, float, float, float],
        line: tuple[int, int, int] | None = (20, 20, 20),
        fill: tuple[int, int, int] | None = None,
        width: float = 0.3,
    ) -> None:
        """``place``: left, top, right, bottom."""
        self._draw.rectangle(tuple(map(self.px, place)), outline=line, fill=fill, width=max(1, self.px(width)))

    def rule(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.3) -> None:
        self._draw.line(
            (self.px(x0), self.px(y0), self.px(x1), self.px(y1)), fill=(20, 20, 20), width=max(1, self.px(width))
        )

    def disc(self, x: float, y: float, radius: float, fill: tuple[int, int, int]) -> None:
        self._draw.ellipse(tuple(map(self.px, (x - radius, y - radius, x + radius, y + radius))), fill=fill)

    def title(self, text: str) -> None:
        width = 8.0 * len(text)
        self.text(105 - width / 2, 22, text, 8.0)

    def paragraphs(self, top: float, lines: int) -> None:
        for line in range(lines):
            last = line % 5 == 4
            self.text(26 if line % 5 else 34, top + 8.2 * line, self.words(14 if last else 36 if line % 5 else 34))

    def table(self, top: float, rows: int, columns: int) -> None:
        left, right, height = 24.0, 186.0, 9.0
        step = (right - left) / columns
        for row in range(rows + 1):
            y = top + height * row
            self._draw.line((self.px(left), self.px(y), self.px(right), self.px(y)), fill=(20, 20, 20), width=self.px(0.3))
        for column in range(columns + 1):
            x = left + step * column
            self._draw.line(
                (self.px(x), self.px(top), self.px(x), self.px(top + height * rows)), fill=(20, 20, 20), width=self.px(0.3)
            )
        for row in range(rows):
            for column in range(columns):
                words = self.words(self.draw_from.randint(2, max(2, int(step / 4.6))))
                self.text(left + step * column + 1.5, top + height * row + 2.4, words)

    def stamp(self, x: float, y: float, radius: float = 20.0) -> None:
        box = (self.px(x - radius), self.px(y - radius), self.px(x + radius), self.px(y + radius))
        self._draw.ellipse(box, outline=(206, 38, 44), width=self.px(1.0))
        self._draw.text((self.px(x - 12), self.px(y + 6)), "车辆管理所", font=_font(self.px(4.4)), fill=(206, 38, 44))

    def signature(self, x: float, y: float) -> None:
        points = [(self.px(x + 1.4 * n), self.px(y + self.draw_from.uniform(-4.0, 4.0))) for n in range(18)]
        self._draw.line(points, fill=(30, 32, 60), width=self.px(0.5), joint="curve")

    def pixels(self) -> Pixels:
        return np.asarray(self.image, np.uint8)[:, :, ::-1].copy()


def page(kind: str, dpi: int = 300, seed: int = 0) -> Pixels:
    """form, letter, table, stamp (nothing else), signature (nothing else), blank."""
    sheet = Sheet(dpi, seed)
    if kind == "form":
        sheet.title("机动车牌证申请表")
        sheet.table(40, 16, 4)
        sheet.stamp(150, 240)
        sheet.signature(60, 250)
    elif kind == "letter":
        sheet.title("授权委托书")
        sheet.paragraphs(44, 22)
        sheet.signature(130, 255)
    elif kind == "table":
        sheet.table(30, 26, 5)
    elif kind == "stamp":
        sheet.stamp(140, 210)
    elif kind == "signature":
        sheet.signature(120, 180)
    return sheet.pixels()


def soiled(pixels: Pixels, soiling: Soiling, dpi: int, seed: int = 0) -> Pixels:
    """On real paper under a real lamp."""
    draw = np.random.default_rng(seed)
    height, width = pixels.shape[:2]
    light = np.ones((1, width, 1), np.float32)
    if soiling.shadow:
        light -= (soiling.shadow * np.linspace(1, 0, width, dtype=np.float32) ** 3)[None, :, None]
    shown = pixels.astype(np.float32) / 255 * np.array(soiling.paper, np.float32) * light
    if soiling.through:
        other_side = page("letter", dpi, seed + 77)[:height, ::-1][:, :width]
        behind = np.full(pixels.shape, 255, np.uint8)
        behind[: other_side.shape[0], : other_side.shape[1]] = other_side
        behind = np.asarray(cv2.GaussianBlur(behind, (0, 0), dpi / 120), np.uint8)
        shown -= soiling.through * (255.0 - behind.astype(np.float32)) * 0.25
    for _ in range(soiling.specks):
        y, x = int(draw.integers(0, height - 4)), int(draw.integers(0, width - 4))
        shown[y : y + 2, x : x + 2] = 60
    shown += draw.normal(0, soiling.noise, (height, width, 1)).astype(np.float32)
    return np.clip(shown, 0, 255).astype(np.uint8)


def turned(pixels: Pixels, skew_deg: float, paper: tuple[int, int, int] = (248, 249, 246)) -> Pixels:
    """Askew on the glass, the size kept; positive = anticlockwise as seen."""
    height, width = pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), skew_deg, 1.0)
    return np.asarray(cv2.warpAffine(pixels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=paper), np.uint8)


def blurred(pixels: Pixels, sigma_px: float) -> Pixels:
    return pixels if not sigma_px else np.asarray(cv2.GaussianBlur(pixels, (0, 0), sigma_px), np.uint8)
