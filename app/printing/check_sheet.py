"""The installation check print: what a printer's font and width really are, answered by whoever looks at the paper.

Each row of characters is sent as text and, beneath it, drawn by us; the officer says in which rows both lines are alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import BadInput
from app.printing import commands
from app.printing.charset import EVERYTHING, Charset, Zone
from app.printing.profiles import WIDTHS, PrinterProfile
from app.printing.ticket import TicketPrinter

# First, middle and last parts of each zone; level 1 to GBK/5 with characters that stand in names.
SAMPLES: dict[Zone, str] = {
    Zone.SYMBOLS: "，。《》【】①⑩→★",
    Zone.LEVEL_1: "啊安李王张赵座做",
    Zone.LEVEL_2: "亍鑫淼昊璐骅鼹齄",
    Zone.GBK_3: "丂仼喆堺峯昇栁犂",
    Zone.GBK_4: "玥珺琤砳禕翀菓頔",
    Zone.GBK_5: "〆〒㈱㎜㏄═╬▁",
    Zone.BEYOND_GBK: "㐂㑇㛃䶮𠮷𬱖𫖯𪨶",
}


@dataclass(frozen=True)
class CheckAnswer:
    """``rows``: numbers of the rows whose two lines look alike; ``columns``: the longest ruler that kept to one line."""

    rows: frozenset[int]
    columns: int

    @classmethod
    def read(cls, rows: str, columns: str) -> CheckAnswer:
        """From what was typed, e.g. ``1,2,3`` and ``48``; an empty ``rows`` is none. Raises BadInput PRN-134."""
        try:
            numbers = frozenset(int(part) for part in rows.replace("，", ",").split(",") if part.strip())
            width = int(columns)
        except ValueError as error:
            raise BadInput("PRN-134", rows=len(SAMPLES), columns=_columns()) from error
        if not numbers <= set(range(1, len(SAMPLES) + 1)) or width not in WIDTHS:
            raise BadInput("PRN-134", rows=len(SAMPLES), columns=_columns())
        return cls(numbers, width)

    def profile(self, address: str, checked: str) -> PrinterProfile:
        """What is known of the printer now. ``checked``: ISO time."""
        zones = frozenset(zone for number, zone in enumerate(SAMPLES, start=1) if number in self.rows)
        return PrinterProfile(address, Charset(zones), WIDTHS[self.columns], checked)


def _columns() -> str:
    return " | ".join(str(columns) for columns in WIDTHS)


def check_sheet(font: Path) -> bytes:
    """ESC/POS bytes of the sheet; it fits the narrowest paper. Raises SetupFault FNT-102."""
    # Drawn for the narrowest head; everything is claimed to be spelt, because that is the question.
    paper = TicketPrinter(min(WIDTHS.values()), font, EVERYTHING)
    data = commands.INITIALISE + paper.drawn_line("打印机检查单", "centre", 2, 2)
    data += paper.drawn_line("每行上下两排相同，请记下行号") + commands.FEED_LINE
    for number, sample in enumerate(SAMPLES.values(), start=1):
        data += paper.line(f"{number}  {sample}") + paper.drawn_line(f"   {sample}") + commands.FEED_LINE
    data += paper.drawn_line("以下哪一条没有折行（取最长的）")
    for columns in sorted(WIDTHS):
        data += commands.text_line(_ruler(columns))
    return data + commands.FEED_AND_CUT


def _ruler(columns: int) -> str:
    """``columns`` characters that end in their own number."""
    tens = "".join(f"{n:.>10}" for n in range(10, columns - 3, 10))
    return tens + f"{columns:.>{columns - len(tens)}}"
