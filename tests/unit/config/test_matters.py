"""The catalogue of window matters: all 195 load, every hard rule holds, a wrong entry says where and keeps to itself."""

from __future__ import annotations

import shutil
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.config.matters import SHIPPED, load_catalogue, shipped_catalogue
from app.config.texts import error_text
from app.domain.errors import BadInput
from app.domain.identity_card import NATION_CODES
from app.domain.matters.coverage import Level, Service
from app.domain.matters.form import Filling
from app.domain.matters.matter import Matter
from app.domain.matters.reading import read_value
from app.domain.matters.rule import Verdict
from app.domain.matters.table import BackEnd
from helpers.matter_fuzz import load_any_bytes
from helpers.small_catalogue import SMALL, load

TODAY = date(2026, 11, 26)
CODES = [matter.code for matter in shipped_catalogue().matters]


def test_every_shipped_entry_loads() -> None:
    catalogue = shipped_catalogue()
    assert [error_text(fault, "en").one_line() for fault in catalogue.faults] == []
    assert not catalogue.hidden


@pytest.mark.parametrize(
    ("police_line", "count", "first_line", "last_line"),
    [
        ("治安业务", 6, 8796, 8806),
        ("人口业务", 147, 8809, 9101),
        ("交巡警业务", 38, 9104, 9178),
        ("出入境业务", 4, 9181, 9187),
    ],
)
def test_the_195_matters_are_the_source_s_in_its_order(
    police_line: str, count: int, first_line: int, last_line: int
) -> None:
    own = [matter for matter in shipped_catalogue().matters if matter.police_line.zh == police_line]
    assert [m.source.line for m in own] == list(range(first_line, last_line + 1, 2))
    # The source counts two lines of 人口 under one matter: there is no 59.
    assert [m.number for m in own] == [n for n in range(1, count + 2) if n != 59][:count]
    assert len({m.zh for m in own}) == count


def test_codes_are_unique_and_told_by_police_line_and_number() -> None:
    prefixes = {"public-order": "ZA", "population": "RK", "traffic": "JJ", "exit-entry": "CR"}
    assert [f"{prefixes[m.police_line.id]}-{m.number:03}" for m in shipped_catalogue().matters] == CODES
    assert len(set(CODES)) == 195


@pytest.mark.parametrize("code", CODES)
def test_each_matter_can_be_filled_and_accepted(code: str) -> None:
    """The first example is a complete filling of its form, against which nothing stands."""
    matter = shipped_catalogue().matter(code)
    plain = matter.examples[0]
    assert matter.form.gaps(plain.filling, plain.today) == ()
    assert plain.verdict is None
    assert not matter.judged(plain.filling, plain.today).findings
    bare = matter.judged(Filling(), TODAY)
    assert bare.verdict is None, "an empty form is not refused, it waits"


@pytest.mark.parametrize("code", CODES)
def test_each_rule_of_a_matter_is_met_by_one_of_its_examples(code: str) -> None:
    matter = shipped_catalogue().matter(code)
    met = {rule for example in matter.examples for rule in example.rules}
    assert {rule.id for rule in matter.rules} - met <= {"applicant-number", "agent-number"}


def test_what_the_source_does_not_say_is_left_to_the_back_end() -> None:
    for matter in shipped_catalogue().matters:
        assert matter.official_code is BackEnd.FILLS
        assert matter.days is BackEnd.FILLS
        assert matter.fees is BackEnd.FILLS
        assert matter.materials_open


def test_every_fact_has_a_source() -> None:
    for matter in shipped_catalogue().matters:
        sources = [matter.source, *(f.source for f in matter.form.fields), *(r.source for r in matter.rules)]
        sources += [need.material.source for need in matter.materials]
        assert all(source.document and (source.line == 0 or 200 < source.line < 11400) for source in sources)


def test_every_hanzi_of_a_name_has_its_initial() -> None:
    for matter in shipped_catalogue().matters:
        assert len(matter.initials) == sum(character.isalnum() for character in matter.zh), matter.zh


def test_codes_of_the_tables_are_the_standards() -> None:
    tables = {table.id: table for table in shipped_catalogue().tables}
    assert tables["nation"].codes == NATION_CODES
    assert tables["sex"].codes == frozenset({"0", "1", "2", "9"})
    assert tables["relation"].meaning("02", "zh_CN") == "户主"
    assert tables["marital-status"].meaning("10", "en") == "single"
    assert tables["licence-class"].entries is BackEnd.FILLS
    assert tables["licence-class"].codes is None


def test_the_provinces_that_take_part_are_the_source_s() -> None:
    coverage = {row.province: row for row in shipped_catalogue().coverage}
    assert len(coverage) == 32
    assert [coverage["110000"].level(s) for s in Service] == [Level.NONE, Level.NONE, Level.NONE, Level.PART]
    assert [coverage["310000"].level(s) for s in Service] == [Level.ALL, Level.NONE, Level.ALL, Level.ALL]
    assert coverage["650000"].source.line == 5355


# -- the hard rules, in the officer's words ----------------------------------------------------------------

WARN, ASK, REFUSE = Verdict.WARN, Verdict.ASK, Verdict.REFUSE
HARD = [
    ("RK-001", "出生一个月零一天", "child_birth=2026-10-25", WARN, "birth-within-a-month", 4897),
    ("RK-001", "父母离婚，随非直接抚养方", "parents_divorced=是 raised_by=2", REFUSE, "birth-with-raising-parent", 4897),
    (
        "RK-001",
        "市内通办但父母不同民族",
        "elsewhere_in_city=是 family_household=是 mother_nation=15",
        REFUSE,
        "birth-anywhere-in-city",
        4897,
    ),
    (
        "RK-002",
        "非婚生随父无亲子鉴定",
        "settles_with=1 parentage_proved=否 father_raises=是",
        REFUSE,
        "unmarried-with-father",
        4905,
    ),
    ("RK-003", "已取得外国国籍", "joined_elsewhere=是", REFUSE, "abroad-not-foreign", 4907),
    ("RK-036", "投靠人已满18周岁", "joiner_number=999999199604020029", REFUSE, "joiner-under-18", 4803),
    ("RK-038", "落到学生集体户", "target_place=3", REFUSE, "no-void-address", 4803),
    ("RK-041", "配偶已随军户", "already_followed=是 station_changed=否", REFUSE, "already-followed-army", 4807),
    ("RK-044", "投靠人不是市内户口", "city_household=否", REFUSE, "sibling-city-household", 4811),
    ("RK-050", "主城区务工35个月", "work_months=35", ASK, "work-years", 4818),
    ("RK-052", "主城区投资创业不满一年", "licence_date=2025-11-27", REFUSE, "business-year", 4822),
    ("RK-061", "在读申请从学生集体户迁出", "leaves_school_household=是 leaving_reason=0", REFUSE, "student-stays", 4841),
    ("RK-062", "非本市中职应届", "graduate_kind=3", REFUSE, "graduate-of-here", 4844),
    ("RK-063", "2016年7月22日毕业迁回农村", "to_rural_home=是 left_on=2016-07-22", REFUSE, "rural-home-after-2016", 4847),
    ("RK-068", "共有产权未全部同意", "co_owned=是 all_owners_consent=否", REFUSE, "house-all-consent", 4859),
    ("RK-072", "未经师（旅）以上政治机关批准", "approved_by_brigade=否", REFUSE, "army-family-approved", 4871),
    ("RK-085", "退学七个月未迁出", "left_on=2026-04-20", WARN, "leave-within-six-months", 4887),
    ("RK-088", "死亡一个月零六天", "died_on=2026-10-20", WARN, "death-within-a-month", 4941),
    ("RK-088", "有亲属却由村委申报", "declared_by=4 family_unable=否", REFUSE, "committee-declares-last", 4941),
    (
        "RK-103",
        "17周岁、无劳动收入、本人申请",
        "subject_birth=2009-09-01 lives_on_own_income=否",
        REFUSE,
        "minor-by-guardian",
        4982,
    ),
    (
        "RK-103",
        "8周岁整、本人未签字",
        "subject_birth=2018-11-26 applied_by=2 subject_signed=否",
        REFUSE,
        "name-signed-from-8",
        4984,
    ),
    ("RK-106", "曾变更过出生日期", "corrected_before=是 former_wrong=否", REFUSE, "birth-date-once", 4991),
    ("RK-107", "当天年满20周岁", "subject_birth=2006-11-26 applied_by=1", REFUSE, "nation-under-20", 4995),
    ("RK-111", "登记未婚", "new_marital=10", REFUSE, "marital-not-single", 5019),
    ("RK-113", "变更为未服兵役", "new_military=1", REFUSE, "military-served", 5023),
    ("RK-114", "差一天满16周岁", "subject_birth=2010-11-27", REFUSE, "height-from-16", 5001),
    ("RK-134", "没有正在办理的身份证", "card_in_progress=否", REFUSE, "temporary-card-in-progress", 5046),
    ("ZA-002", "一年内已申请过", "applied_this_year=是", ASK, "dog-once-a-year", 9207),
]


def typed_in(words: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in words.split())


def given_typed(matter: Matter, typed: dict[str, str]) -> Filling:
    fields = {field.id: field for field in matter.form.fields}
    specimen = matter.examples[0].filling
    return Filling({**specimen.values, **{k: read_value(fields[k], v) for k, v in typed.items()}}, specimen.rows)


@pytest.mark.parametrize(
    ("code", "typed", "verdict", "rule", "line"), [(c, t, v, r, n) for c, _, t, v, r, n in HARD], ids=[h[1] for h in HARD]
)
def test_a_hard_rule_holds_and_names_its_line(code: str, typed: str, verdict: Verdict, rule: str, line: int) -> None:
    matter = shipped_catalogue().matter(code)
    judgement = matter.judged(given_typed(matter, typed_in(typed)), TODAY)
    assert judgement.verdict is verdict
    held = {finding.rule.id: finding.rule.source.line for finding in judgement.findings if finding.holds}
    assert held[rule] == line


def test_the_day_before_a_limit_is_still_good() -> None:
    catalogue = shipped_catalogue()
    for code, typed in (
        ("RK-001", {"child_birth": "2026-10-26"}),
        ("RK-107", {"subject_birth": "2006-11-27", "applied_by": "1"}),
        ("RK-063", {"to_rural_home": "是", "left_on": "2016-07-23"}),
        ("RK-103", {"subject_birth": "2009-09-01", "lives_on_own_income": "是"}),
    ):
        matter = catalogue.matter(code)
        assert matter.judged(given_typed(matter, typed), TODAY).verdict is None, code


def test_who_moves_along_is_judged_one_by_one() -> None:
    matter = shipped_catalogue().matter("RK-054")
    plain = matter.examples[0].filling
    people = [("22", "999999201009010053"), ("22", "999999199604020029"), ("91", "999999197005150033")]
    rows = tuple({"companion_name": "测试", "companion_relation": r, "companion_number": n} for r, n in people)

    def asked(card: str) -> list[int]:
        filling = Filling({**plain.values, "talent_card": card}, {"companions": rows})
        return [finding.row for finding in matter.judged(filling, TODAY).findings]

    assert asked("B") == [2, 3], "a grown-up child only with card A"
    assert asked("A") == [3]


def test_a_material_is_asked_for_only_where_it_is_needed() -> None:
    matter = shipped_catalogue().matter("RK-111")
    divorced, open_case = given_typed(matter, {"new_marital": "40"}), given_typed(matter, {"new_marital": ""})
    assert [a.material.id for a in matter.materials_for(divorced, TODAY)] == ["divorce-certificate"]
    assert [a.certain for a in matter.materials_for(open_case, TODAY)] == [False, False]


def test_a_changed_number_in_a_rule_is_noticed_by_its_examples(tmp_path: Path) -> None:
    folder = tmp_path / "matters"
    shutil.copytree(SHIPPED, folder)
    path = folder / "rules.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("age(subject_birth, today) >= 20", "age(subject_birth, today) >= 21"), encoding="utf-8")
    catalogue = load_catalogue((), folder)
    assert set(CODES) - {m.code for m in catalogue.matters} == {"RK-107"}
    (fault,) = catalogue.faults
    assert (fault.code, fault.params["file"]) == ("MAT-106", "rules.toml")
    assert "nation-under-20" in str(fault.params["place"])


# -- a wrong entry ------------------------------------------------------------------------------------------


def test_the_small_catalogue_is_sound(tmp_path: Path) -> None:
    catalogue = load(tmp_path)
    assert (catalogue.faults, [m.code for m in catalogue.matters]) == ((), ["RK-001"])


CLASH = ("MAT-105", "name")
SPOILT = [
    ("format = 1\n", "format = 2\n", "MAT-102", "format"),
    ('document = "方案"', 'dokument = "方案"', "MAT-102", "format"),
    ('[[paper]]\nid = "receipt"', '[[papers]]\nid = "receipt"', "MAT-102", "format"),
    ("number = 1\n", "number = 0\n", "MAT-102", "RK-001"),
    ("number = 1\n", "number = true\n", "MAT-102", "RK-001"),
    ('zh = "变更身高"\n', "", "MAT-102", "RK-001"),
    ('zh = "变更身高"\n', 'zh = "变更\\u0007身高"\n', "MAT-102", "RK-001"),
    ("offline = true\n", "offline = true\nonline = true\n", "MAT-102", "RK-001"),
    ('code = "RK-001"', 'code = "rk1"', "MAT-102", "rk1"),
    ('roles = ["applicant", "companions"]', 'roles = ["applicant", "neighbour"]', "MAT-102", "RK-001"),
    ('roles = ["applicant", "companions"]', 'roles = ["companions"]', "MAT-105", "RK-001"),
    ('kind = "date"', 'kind = "day"', "MAT-102", "born_on"),
    ('prefill = ["card:name"]', 'prefill = ["hand:name"]', "MAT-102", "name"),
    ('verdict = "refuse"\nzh', 'verdict = "forbid"\nzh', "MAT-102", "from-16"),
    ('entries = [["1", "男", "male"], ', 'entries = [["2", "男", "male"], ', "MAT-105", "sex"),
    ('table = "sex" }', 'table = "gender" }', "MAT-103", "sex"),
    (', table = "sex" }', " }", "MAT-105", "sex"),
    ("least = 1, most = 300", "least = 301, most = 300", "MAT-105", "height"),
    ('kind = "text", mandatory = true, source = 2, p', 'kind = "text", most = 3, mandatory = true, source = 2, p', *CLASH),
    ('id = "companion", zh', 'id = "name", zh', "MAT-105", "height"),
    ('form = "height"', 'form = "weight"', "MAT-103", "RK-001"),
    ('rules = ["from-16"]\ndays', 'rules = ["from-17"]\ndays', "MAT-103", "RK-001"),
    ('rules = ["from-16"]\ndays', 'rules = ["from-16", "from-16"]\ndays', "MAT-105", "RK-001"),
    ('documents = ["receipt"]', 'documents = ["ticket"]', "MAT-103", "RK-001"),
    ('workflow = "window"', 'workflow = "query"', "MAT-105", "RK-001"),
    ('{ id = "letter", when = "height > 200" }', '{ id = "letter", need = "when" }', "MAT-105", "letter"),
    ('{ id = "letter", when = "height > 200" }', '{ id = "letter", when = "hight > 200" }', "MAT-123", "letter"),
    ('{ id = "letter", when = "height > 200" }', '{ id = "stamp", need = "must" }', "MAT-103", "stamp"),
    ('mandatory = "height > 9"', "mandatory = \"height > '9'\"", "MAT-124", "signed"),
    ('when = "age(born_on, today) < 16"', 'when = "age(born_on) < 16"', "MAT-126", "from-16"),
    ('when = "age(born_on, today) < 16"', "when = \"sex = '3'\"", "MAT-127", "from-16"),
    ('when = "age(born_on, today) < 16"', 'when = "1 < 2"', "MAT-105", "from-16"),
    ('when = "age(born_on, today) < 16"', 'when = "age(born_on, today) < 17"', "MAT-106", "examples 2"),
    ("today = 2026-11-26, holds = false }", "today = 2026-11-26, holds = true }", "MAT-102", "from-16"),
    ('verdict = "accept", materials = []', 'verdict = "accept", materials = ["letter"]', "MAT-106", "examples 1"),
    ('verdict = "refuse", rules', 'verdict = "warn", rules', "MAT-106", "examples 2"),
    ("{ born_on = 2012-01-01 }", "{ birth = 2012-01-01 }", "MAT-103", "examples 2"),
    ("{ born_on = 2012-01-01 }", '{ born_on = "2012-02-30" }', "MAT-102", "examples 2"),
    ('specimen = { name = "测试甲", born_on', "specimen = { born_on", "MAT-106", "specimen"),
    ('days = "from the back end"', "days = 400", "MAT-102", "RK-001"),
    ('days = "from the back end"', 'days = "soon"', "MAT-102", "RK-001"),
    ('fees = "from the back end"', 'fees = [{ code = "1", name = "工本费", fen = -1 }]', "MAT-102", "fees 1"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "code", "place"), SPOILT, ids=[f"{s[2]} {s[1][:40]}" for s in SPOILT])
def test_a_wrong_entry_does_not_load_and_says_where(tmp_path: Path, right: str, wrong: str, code: str, place: str) -> None:
    assert right in SMALL
    catalogue = load(tmp_path, SMALL.replace(right, wrong, 1))
    assert catalogue.matters == ()
    fault = catalogue.faults[0]
    assert (fault.code, fault.params["file"]) == (code, "small.toml")
    assert place in str(fault.params["place"])
    for language in ("zh_CN", "en"):
        assert "?" not in error_text(fault, language).one_line(), "every blank is filled"


def test_known_fees_and_days_are_taken_as_they_are_written(tmp_path: Path) -> None:
    text = SMALL.replace('days = "from the back end"', "days = 5").replace(
        'fees = "from the back end"', 'fees = [{ code = "103044", name = "工本费", fen = 2000 }]'
    )
    (matter,) = load(tmp_path, text).matters
    assert (matter.days, matter.fees) == (5, matter.fees)
    assert not isinstance(matter.fees, BackEnd)
    assert [(fee.code, fee.fen) for fee in matter.fees] == [("103044", 2000)]


# -- a station's own ------------------------------------------------------------------------------------------

HEAD = 'format = 1\ndocument = "本所"\n'
ENTRY = "[[matter]]" + SMALL.partition("[[matter]]")[2]


def test_a_station_s_entry_takes_the_shipped_one_s_place(tmp_path: Path) -> None:
    own = HEAD + ENTRY.replace("version = 1", "version = 2").replace("变更身高", "变更身高（本所）")
    catalogue = load(tmp_path, SMALL, own)
    assert [(m.code, m.version, m.file) for m in catalogue.matters] == [("RK-001", 2, "own-1.toml")]
    assert catalogue.matter("rk-001").zh == "变更身高（本所）"


def test_a_station_adds_a_matter_with_a_rule_of_its_own(tmp_path: Path) -> None:
    rule = "[[rule]]" + SMALL.partition("[[rule]]")[2].partition("[[matter]]")[0].replace("from-16", "own-from-16")
    entry = ENTRY.replace("RK-001", "BD-001").replace("number = 1\n", "number = 900\n").replace("from-16", "own-from-16")
    catalogue = load(tmp_path, SMALL, HEAD + rule + entry)
    assert catalogue.faults == ()
    assert [m.code for m in catalogue.matters] == ["RK-001", "BD-001"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("version = 1", "version = 1"), "MAT-105"),
        (('form = "height"', 'form = "weight"'), "MAT-103"),
        (("[[matter]]", "[[matter]]\nversion = 2 # twice"), "MAT-101"),
    ],
)
def test_a_broken_entry_of_the_station_is_reported(tmp_path: Path, change: tuple[str, str], code: str) -> None:
    catalogue = load(tmp_path, SMALL, HEAD + ENTRY.replace(*change))
    assert [fault.code for fault in catalogue.faults] == [code]
    # Nobody can say what an unreadable file claims; else the shipped entry stays out.
    assert [m.code for m in catalogue.matters] == (["RK-001"] if code == "MAT-101" else [])
    assert catalogue.hidden == (frozenset() if code == "MAT-101" else {"RK-001"})


def test_two_entries_of_one_number_contradict(tmp_path: Path) -> None:
    catalogue = load(tmp_path, SMALL, HEAD + ENTRY.replace("RK-001", "RK-002"))
    assert [(f.code, f.params["file"]) for f in catalogue.faults] == [("MAT-105", "own-1.toml")]
    assert [m.code for m in catalogue.matters] == ["RK-001"]


def test_the_same_code_twice_in_the_station_s_files(tmp_path: Path) -> None:
    own = HEAD + ENTRY.replace("version = 1", "version = 2")
    catalogue = load(tmp_path, SMALL, own, own)
    assert [f.code for f in catalogue.faults] == ["MAT-104"]


def test_a_file_that_is_no_text_or_too_large_is_one_fault(tmp_path: Path) -> None:
    home = tmp_path / "shipped"
    home.mkdir()
    (home / "small.toml").write_text(SMALL, encoding="utf-8")
    bad, large, gone = tmp_path / "bad.toml", tmp_path / "large.toml", tmp_path / "gone.toml"
    bad.write_bytes(b"\xff\xfe")
    large.write_text("#" * (1024 * 1024 + 1), encoding="utf-8")
    catalogue = load_catalogue((bad, large, gone), home)
    assert [f.code for f in catalogue.faults] == ["MAT-101"] * 3
    assert len(catalogue.matters) == 1


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(BadInput) as refused:
        shipped_catalogue().matter("XX-999")
    assert refused.value.code == "MAT-108"


@settings(deadline=None)  # writes a file
@given(st.binary(max_size=200))
def test_any_bytes_load_or_are_faults(data: bytes) -> None:
    load_any_bytes(data)


@settings(deadline=None)  # writes a file
@given(st.integers(0, len(SMALL) - 1), st.text(max_size=3))
def test_a_catalogue_spoilt_anywhere_loads_or_is_a_fault(place: int, text: str) -> None:
    load_any_bytes((SMALL[:place] + text + SMALL[place + len(text) :]).encode("utf-8", "surrogatepass"))


def test_nothing_is_declared_that_nobody_uses() -> None:
    catalogue = shipped_catalogue()
    used = {
        "rule": {r.id for m in catalogue.matters for r in m.rules},
        "material": {need.material.id for m in catalogue.matters for need in m.materials},
        "form": {m.form.id for m in catalogue.matters},
        "section": {s.id for m in catalogue.matters for s in m.form.sections},
        "table": {f.table.id for m in catalogue.matters for f in m.form.fields if f.table is not None},
        "paper": {paper.id for m in catalogue.matters for paper in m.documents},
        "workflow": {m.workflow.id for m in catalogue.matters},
    }
    for path in sorted(SHIPPED.glob("*.toml")):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        for kind, ids in used.items():
            assert {part["id"] for part in content.get(kind, [])} <= ids, path.name
