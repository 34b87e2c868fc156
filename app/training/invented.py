"""Applications nobody made, for training: drawn names, ID numbers of a region that does not exist, drawn papers."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from app.domain.matters.matter import Matter, Need
from app.domain.person import check_character
from app.training.applications import Submitted, SubmittedPaper

_SURNAMES, _GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "安宁康乐平静文武嘉禾云帆子轩若溪"
_PAGE = (744, 1052)  # A4 at 90 dpi
_PAPERS = (("", "居民身份证"), ("", "居民户口簿"))  # where the catalogue leaves the list to the back end
_MOST_PAPERS = 4


class Inventor:
    """``matters``: what people apply for; ``today``: numbers are of this day. Thread: any."""

    def __init__(self, matters: Sequence[Matter], font: Path, today: date, seed: int | None = None) -> None:
        self._matters = matters
        self._font = font
        self._today = today
        self._draw = random.Random(seed)  # noqa: S311 - invents people, keeps no secret

    def __call__(self, count: int) -> list[Submitted]:
        """That many, each of somebody else."""
        return [self._one() for _ in range(count)]

    def _one(self) -> Submitted:
        draw = self._draw
        matter = draw.choice(self._matters)
        number = f"YKB{self._today:%Y%m%d}{draw.randrange(10**8):08}"
        people = [self._person("applicant")]
        if draw.random() < 0.5:
            people.append(self._person("subject"))
        wanted = [(n.material.id, n.material.zh) for n in matter.materials if n.need is not Need.MAY][:_MOST_PAPERS]
        name = str(people[0]["name"])
        papers = tuple(
            SubmittedPaper(item, title, "image/jpeg", self._drawn(title, name, number))
            for item, title in (wanted or _PAPERS)
        )
        return Submitted(number, matter.code, tuple(people), papers, {}, by_post=draw.random() < 0.5)

    def _person(self, role: str) -> dict[str, str]:
        draw = self._draw
        name = draw.choice(_SURNAMES) + "".join(draw.choice(_GIVEN) for _ in range(draw.choice((1, 2))))
        born = date(1950, 1, 1) + timedelta(days=draw.randrange(20_000))
        serial = draw.randrange(1000)
        first17 = f"999999{born:%Y%m%d}{serial:03}"
        return {
            "role": role,
            "name": name,
            "id_number": first17 + check_character(first17),
            "sex": "1" if serial % 2 else "2",
            "ethnicity": "01",
            "birth_date": born.isoformat(),
            "phone": f"000{draw.randrange(10**8):08}",
            "address": f"示例区示例路{draw.randrange(1, 200)}号",
        }

    def _drawn(self, title: str, name: str, number: str) -> bytes:
        """A page that says what it stands for."""
        page = Image.new("RGB", _PAGE, (250, 249, 244))
        pen = ImageDraw.Draw(page)
        large, small = (ImageFont.truetype(str(self._font), size) for size in (40, 22))
        pen.rectangle((30, 30, _PAGE[0] - 30, _PAGE[1] - 30), outline=(150, 40, 40), width=3)
        pen.text((60, 80), title[:16], font=large, fill=(20, 20, 20))
        pen.text((60, 170), f"姓名：{name}", font=small, fill=(20, 20, 20))
        pen.text((60, 220), f"办件：{number}", font=small, fill=(20, 20, 20))
        pen.text((60, 920), "训练样本　无效", font=large, fill=(150, 40, 40))
        for line in range(8):
            pen.line((60, 330 + 60 * line, _PAGE[0] - 60, 330 + 60 * line), fill=(190, 186, 176), width=2)
        jpeg = io.BytesIO()
        page.save(jpeg, "JPEG", quality=85)
        return jpeg.getvalue()
