"""A whole catalogue of one matter in one file, for tests that spoil it in one place."""

from __future__ import annotations

from pathlib import Path

from app.config.matters import Catalogue, load_catalogue

SMALL = """
format = 1
document = "方案"

[[police_line]]
id = "population"
zh = "人口业务"
en = "Population"

[[workflow]]
id = "window"
zh = "窗口受理"
en = "Window"
online = false
source = 1

[[workflow]]
id = "query"
zh = "查询"
en = "Query"
online = true
source = 1

[[paper]]
id = "receipt"
zh = "受理回执"
en = "Receipt"
source = 1

[[table]]
id = "sex"
zh = "性别"
en = "Sex"
standard = "GB/T 2261.1"
entries = [["1", "男", "male"], ["2", "女", "female"]]

[[section]]
id = "applicant"
zh = "申请人"
en = "Applicant"
role = "applicant"
field = [
  { id = "name", zh = "姓名", en = "Name", kind = "text", mandatory = true, source = 2, prefill = ["card:name"] },
  { id = "born_on", zh = "出生日期", en = "Born", kind = "date", mandatory = true, source = 2 },
  { id = "sex", zh = "性别", en = "Sex", kind = "choice", mandatory = false, source = 2, table = "sex" },
  { id = "height", zh = "身高", en = "Height", kind = "number", mandatory = false, source = 2, least = 1, most = 300 },
  { id = "signed", zh = "已签字", en = "Signed", kind = "yes-no", mandatory = "height > 9", source = 2 },
]
specimen = { name = "测试甲", born_on = 1995-03-01 }

[[section]]
id = "companions"
zh = "随迁人员"
en = "Companions"
role = "companions"
rows = 3
field = [{ id = "companion", zh = "姓名", en = "Name", kind = "text", mandatory = true, source = 2 }]
specimen = []

[[form]]
id = "height"
sections = []
today = 2026-11-26

[[material]]
id = "letter"
zh = "证明"
en = "Letter"
source = 3

[[rule]]
id = "from-16"
when = "age(born_on, today) < 16"
verdict = "refuse"
zh = "未满16周岁"
en = "Under 16"
source = 4
examples = [
  { given = { born_on = 2010-11-27 }, today = 2026-11-26, holds = true },
  { given = { born_on = 2010-11-26 }, today = 2026-11-26, holds = false },
]

[[matter]]
code = "RK-001"
version = 1
police_line = "population"
number = 1
source = 5
zh = "变更身高"
en = "Height changed"
official_code = "from the back end"
depth = [{ name = "零材料办", source = 6 }]
roles = ["applicant", "companions"]
form = "height"
materials = [{ id = "letter", when = "height > 200" }, "from the back end"]
rules = ["from-16"]
days = "from the back end"
fees = "from the back end"
documents = ["receipt"]
workflow = "window"
offline = true
examples = [
  { today = 2026-11-26, verdict = "accept", materials = [] },
  { given = { born_on = 2012-01-01 }, today = 2026-11-26, verdict = "refuse", rules = ["from-16"] },
]
"""


def load(folder: Path, shipped: str = SMALL, *own: str) -> Catalogue:
    """The catalogue of these texts, written below ``folder``; ``own``: a station's files."""
    home = folder / "shipped"
    home.mkdir(exist_ok=True)
    (home / "small.toml").write_text(shipped, encoding="utf-8")
    paths = []
    for number, text in enumerate(own, 1):
        paths.append(folder / f"own-{number}.toml")
        paths[-1].write_text(text, encoding="utf-8")
    return load_catalogue(tuple(paths), home)
