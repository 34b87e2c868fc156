"""后端检测 over real HTTP: the library judges the bytes it gets by itself, once a question, and each library for itself."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import NetworkFault
from app.domain.inspecting import InspectionQuestion
from app.domain.judgement import CheckResult, Limit, Measurement, QualityReport, Verdict
from app.domain.photo_standard import PhotoStandard
from app.domain.records import OutboxKind, OutboxState, Standing
from app.imaging.encode import encode
from app.photo.standards import load_standards, standard_by_id
from app.security.digest import sm3_hex
from app.store.store import Store
from app.sync.client import BackendClient, RefusedByBackend
from app.sync.drain import Drain
from app.sync.inspector import LibraryInspector
from app.training.faults import BackendFault
from app.training.inspection import inspected
from helpers.library import ACCOUNT, window
from helpers.pictures import portrait
from helpers.stores import PERSON, RULE, STATION, TestClock, draft, new_store, session_record

ID_CARD = standard_by_id(load_standards(), "id-card")


def issued(dpi: int = ID_CARD.output.dpi, width: int = 358) -> bytes:
    """A file as the standard wants it, or with one thing wrong."""
    return encode(portrait(width=width, height=441), replace(ID_CARD.output, dpi=dpi)).data


def question(image: bytes, key: str = "inspection-1") -> InspectionQuestion:
    return InspectionQuestion(key, image, "id-card", "1", (), "")


def good(image: bytes, standard: PhotoStandard) -> QualityReport:
    del image
    return QualityReport(standard.id, standard.version, ())


def blurred(image: bytes, standard: PhotoStandard) -> QualityReport:
    check = CheckResult(Measurement("sharpness", 0.1, "score", "t/1"), Limit("sharpness", low=1), Verdict.FAIL, "")
    return replace(good(image, standard), checks=(check,))


def save(store: Store, clock: TestClock, library: str = "", image: bytes = b"") -> str:
    """A photo whose strategy asks the library, saved while nobody could be asked."""
    session = session_record(clock)
    store.create_session(session)
    shot = store.keep_shot(session.id, b"original " + session.id.encode(), device="D750", file_name="a.jpg")
    pending = replace(draft(image or issued()), standing=Standing.PENDING, ask_backend=True, photo_library=library)
    (record,) = store.save_photos(session.id, shot.id, (pending,), rule=RULE, officer="z", station=STATION)
    return record.number


@pytest.mark.parametrize(
    ("image", "wrong"),
    [
        (issued(), set()),
        (issued(dpi=300), {"dpi"}),
        (issued(width=300), {"width_px"}),
        (issued() + bytes(9000), {"file_bytes"}),
        (b"not a picture at all", {"IMG-102"}),
        (b"", {"IMG-101"}),
    ],
    ids=["good", "dpi", "width", "bytes", "no picture", "empty"],
)
def test_the_library_looks_at_the_file_itself_and_names_what_is_wrong(image: bytes, wrong: set[str]) -> None:
    assert {reason.id for reason in inspected(image, ID_CARD, good)} == wrong


def test_the_library_judges_the_picture_too_and_both_findings_are_told() -> None:
    reasons = inspected(issued(dpi=300), ID_CARD, blurred)
    assert [reason.id for reason in reasons] == ["dpi", "sharpness"]
    assert all(reason.text for reason in reasons)


def test_a_question_is_answered_with_verdict_reasons_and_the_library_s_own_time(tmp_path: Path) -> None:
    with window(tmp_path) as (library, _, _, client, _):
        passed = client.inspect(question(issued()))
        assert (passed.passed, passed.reasons) == (True, ())
        refused = client.inspect(question(issued(dpi=300), "inspection-2"))
        assert [r.id for r in refused.reasons] == ["dpi"]
        assert refused.checked.tzinfo is not None
        assert library.books.count() == {}, "an inspection puts nothing into the library"


def test_the_same_question_gets_the_first_answer_and_is_judged_once(tmp_path: Path) -> None:
    with window(tmp_path) as (library, _, _, client, _):
        first = client.inspect(question(issued()))
        assert client.inspect(question(issued())) == first
        assert len(library.looked) == 1
        with pytest.raises(RefusedByBackend) as refused:
            client.inspect(question(issued(dpi=300)))
        assert refused.value.code == "NET-106"


def test_bytes_altered_on_the_way_are_not_judged(tmp_path: Path) -> None:
    with window(tmp_path) as (library, _, _, client, _):
        client.inspect(question(issued()))
        headers = {"Authorization": f"Bearer {client._token}", "Idempotency-Key": "k", "X-SM3": sm3_hex(b"the true bytes")}
        answer = httpx.post(
            f"{client._http.base_url}/api/v1/inspections",
            headers=headers,
            data={"metadata": json.dumps({"standard": "id-card"})},
            files={"image": ("i.jpg", issued(), "image/jpeg")},
        )
        assert (answer.status_code, answer.json()["error"]) == (422, "digest-differs")
        assert len(library.looked) == 1


def test_a_photo_saved_without_network_is_asked_about_later_and_uploaded_once_it_has_passed(tmp_path: Path) -> None:
    with window(tmp_path) as (library, store, drain, client, clock):
        number = save(store, clock)
        down = BackendClient("http://127.0.0.1:9", "a", "b", terminal="T1")
        assert Drain(store, down, clock).run_once().stopped_by == "NET-101"
        down.close()
        assert store.photo(number).standing is Standing.PENDING
        clock.forward(minutes=10)
        drain.run_once()
        assert store.photo(number).standing is Standing.FINAL
        assert store.outbox.waiting() == 0
        assert client.image(number) == store.read_photo(number)
        assert library.books.count() == {"original": 1, "photo": 1}


def test_a_refused_photo_never_leaves(tmp_path: Path) -> None:
    with window(tmp_path) as (library, store, drain, _, clock):
        number = save(store, clock, image=issued(dpi=300))
        drain.run_once()
        assert store.photo(number).standing is Standing.WITHHELD
        assert library.books.count() == {"original": 1}
        assert [f.number for f in store.answers.unseen()] == [number]


@pytest.mark.parametrize("fault", [BackendFault.ERROR_500, BackendFault.DROP_AFTER])
def test_an_answer_lost_on_the_way_is_asked_for_again_and_judged_once(tmp_path: Path, fault: BackendFault) -> None:
    with window(tmp_path) as (library, store, drain, _, clock):
        number = save(store, clock)
        drain.run_once()
        second = save(store, clock)
        (asked,) = [i for i in store.outbox.due(clock.now(), 9) if i.kind is OutboxKind.ORIGINAL]
        store.outbox.mark_sent(asked.id, "R")  # the fault strikes the question, not the upload before it
        library.service.faults.plan(fault, 1)
        for _ in range(3):
            drain.run_once()
            clock.forward(minutes=10)
        assert {store.photo(n).standing for n in (number, second)} == {Standing.FINAL}
        assert len(library.looked) == 2, "one look a photo"


def test_each_photo_library_is_kept_apart_and_reuse_looks_into_the_right_one(tmp_path: Path) -> None:
    with window(tmp_path) as (library, store, drain, client, clock):
        ours, theirs = save(store, clock, "户政照片库"), save(store, clock, "出入境照片库")
        drain.run_once()
        assert library.books.count() == {"original": 2, "photo": 2}
        for name, number in (("户政照片库", ours), ("出入境照片库", theirs)):
            found = client.photos_of(PERSON.id_number, name)
            assert {(f["kind"], f["number"]) for f in found} == {("photo", number), ("original", "")}
            assert {f["photo_library"] for f in found} == {name}
            assert client.reuse(PERSON.id_number, "household", name)["photo"]["number"] == number
            assert client.image(number, name) == store.read_photo(number)
        assert client.photos_of(PERSON.id_number) == []
        for call in (
            lambda: client.reuse(PERSON.id_number, "household"),
            lambda: client.image(ours, "出入境照片库"),
        ):
            with pytest.raises(NetworkFault):
                call()


def test_one_original_goes_into_every_library_that_gets_one_of_its_photos(tmp_path: Path) -> None:
    clock = TestClock()
    store, _, _ = new_store(tmp_path, clock)
    session = session_record(clock)
    store.create_session(session)
    shot = store.keep_shot(session.id, b"original", device="D750", file_name="a.jpg")
    drafts = [replace(draft(bytes([n])), photo_library=name) for n, name in enumerate(("甲", "乙", "甲", ""))]
    store.save_photos(session.id, shot.id, tuple(drafts), rule=RULE, officer="z", station=STATION)
    originals = [i for i in store.outbox.items() if i.kind is OutboxKind.ORIGINAL]
    assert [i.photo_library for i in originals] == ["甲", "乙", ""]
    assert all(i.idempotency_key.isascii() and i.state is OutboxState.WAITING for i in originals), "a header carries it"
    store.close()


def test_a_library_that_does_not_answer_is_given_up_and_ends_with_the_desk() -> None:
    release = threading.Event()

    def slow(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/login"):
            return httpx.Response(200, json={"token": "t"})
        release.wait(30)
        return httpx.Response(500)

    client = BackendClient("http://127.0.0.1:9", ACCOUNT.account, "x", terminal="T1", transport=httpx.MockTransport(slow))
    inspector = LibraryInspector(client, 0.05)
    with pytest.raises(NetworkFault) as given_up:
        inspector.ask(question(b"picture"))
    assert given_up.value.code == "NET-102"
    release.set()
    inspector.stop()


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "text", "passed", "receipt", "reasons", "checked", "ms"]), inner)
    ),
)
_ANSWERS = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("receipt", "passed", "reasons", "checked", "ms"), _JSON)
) | st.fixed_dictionaries(
    {
        "receipt": st.just("I1"),
        "passed": st.booleans(),
        "reasons": st.lists(st.fixed_dictionaries({"id": st.text(), "text": st.text()}), max_size=3) | _JSON,
        "checked": st.datetimes().map(str) | st.just("2026-11-24T09:00:00+08:00") | st.text(max_size=30),
        "ms": st.floats() | st.text(max_size=3),
    }
)


@given(_ANSWERS)
def test_whatever_a_library_answers_it_is_an_answer_or_a_sentence(answer: dict[str, object]) -> None:
    content = json.dumps(answer).encode()
    serve = httpx.MockTransport(
        lambda r: (
            httpx.Response(200, json={"token": "t"}) if "login" in r.url.path else httpx.Response(200, content=content)
        )
    )
    client = BackendClient("http://127.0.0.1:9", "a", "b", terminal="T", transport=serve)
    codes = []
    try:
        found = client.inspect(question(b"picture"))
        assert found.checked.tzinfo is not None
        assert 0 <= found.duration_ms < float("inf")
    except NetworkFault as fault:
        codes.append(fault.code)
    finally:
        client.close()
    assert codes in ([], ["NET-107"])
