"""The outbox against the real server over HTTP: the network fails in every way, and each item arrives exactly once."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadInput, NetworkFault
from app.domain.records import OutboxState
from app.sync.client import BackendClient, require_safe_url
from app.sync.drain import Drain, back_off_s
from app.sync.loop import SyncLoop
from app.training.faults import BackendFault
from helpers.library import ACCOUNT, window
from helpers.stores import PERSON, TestClock, new_store, saved_session


def test_everything_is_sent_originals_first_and_acknowledged(tmp_path: Path) -> None:
    with window(tmp_path) as (library, store, drain, client, clock):
        photo = saved_session(store, clock)[0]
        assert drain.run_once().sent == 2
        assert store.outbox.waiting() == 0
        assert all(i.receipt for i in store.outbox.items())
        assert library.books.count() == {"original": 1, "photo": 1}
        assert client.image(photo.number) == store.read_photo(photo.number)


@pytest.mark.parametrize("fault", [BackendFault.ERROR_500, BackendFault.DROP_AFTER])
def test_a_broken_answer_is_tried_again_and_arrives_once(tmp_path: Path, fault: BackendFault) -> None:
    with window(tmp_path) as (library, store, drain, _, clock):
        saved_session(store, clock)
        library.service.faults.plan(fault, 2)
        for _ in range(6):
            drain.run_once()
            clock.forward(seconds=400)
        assert store.outbox.waiting() == 0
        assert library.books.count() == {"original": 1, "photo": 1}


def test_a_token_that_ran_out_is_renewed_without_a_word(tmp_path: Path) -> None:
    with window(tmp_path) as (library, store, drain, _, clock):
        saved_session(store, clock)
        drain.run_once()
        saved_session(store, clock)
        library.service.faults.plan(BackendFault.EXPIRE_TOKEN, 1)
        assert drain.run_once().sent == 2


def test_a_refused_item_waits_for_an_officer_and_holds_nobody_up(tmp_path: Path) -> None:
    with window(tmp_path) as (library, store, drain, _, clock):
        saved_session(store, clock)
        saved_session(store, clock)
        library.service.faults.plan(BackendFault.REFUSE, 1)
        report = drain.run_once()
        assert (report.sent, report.refused) == (3, 1)
        (stuck,) = [i for i in store.outbox.items() if i.state is OutboxState.REFUSED]
        assert stuck.last_error == "NET-105"
        store.outbox.retry(stuck.id)
        assert drain.run_once().sent == 1


def test_network_down_is_a_normal_state(tmp_path: Path) -> None:
    clock = TestClock()
    store, _, _ = new_store(tmp_path / "data", clock)
    saved_session(store, clock)
    client = BackendClient("http://127.0.0.1:9", "a", "b", terminal="T1")
    report = Drain(store, client, clock).run_once()
    assert report.stopped_by == "NET-101"
    item = store.outbox.items()[0]
    assert (item.state, item.last_error, item.attempts) == (OutboxState.WAITING, "NET-101", 1)
    assert item.next_try > clock.now()
    client.close()
    store.close()


def test_a_wrong_password_is_said_as_such(tmp_path: Path) -> None:
    with window(tmp_path) as (_, store, _, client, clock):
        saved_session(store, clock)
        wrong = BackendClient(str(client._http.base_url), ACCOUNT.account, "nonsense", terminal="T1")
        assert Drain(store, wrong, clock).run_once().stopped_by == "NET-103"
        wrong.close()


def test_the_loop_sends_by_itself_wakes_when_told_and_stops(tmp_path: Path) -> None:
    with window(tmp_path) as (library, store, drain, _, clock):
        loop = SyncLoop(drain, 60.0)
        loop.start()
        saved_session(store, clock)
        assert loop.wait_for_pass(20)
        assert library.books.count() == {"original": 1, "photo": 1}
        assert loop.state.online
        loop.stop(5)


def test_download_inspection_and_reuse_answer_as_the_requirement_names_them(tmp_path: Path) -> None:
    with window(tmp_path) as (_, store, drain, client, clock):
        photo = saved_session(store, clock)[0]
        drain.run_once()
        found = client.photos_of(PERSON.id_number)
        assert {(f["kind"], f["number"]) for f in found} == {("photo", photo.number), ("original", "")}
        assert all(f["uploaded"] for f in found)
        assert client.reuse(PERSON.id_number, "household")["receipt"]
        with pytest.raises(NetworkFault):
            client.reuse(PERSON.id_number, "traffic")


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/photos", {}, 401),
        ("/photos", {"Authorization": "Bearer nonsense"}, 401),
        ("/login", {}, 400),
    ],
)
def test_strangers_and_nonsense_are_turned_away(tmp_path: Path, path: str, headers: dict[str, str], status: int) -> None:
    with window(tmp_path) as (_, _, _, client, _):
        answer = httpx.post(f"{client._http.base_url}/api/v1{path}", content=b"\x00nonsense", headers=headers)
        assert answer.status_code == status


def test_altered_bytes_and_a_reused_key_are_refused(tmp_path: Path) -> None:
    with window(tmp_path) as (library, store, drain, client, clock):
        saved_session(store, clock)
        drain.run_once()
        base = f"{client._http.base_url}/api/v1/photos"
        files = {"image": ("i.jpg", b"other bytes", "image/jpeg")}
        headers = {"Authorization": f"Bearer {client._token}", "Idempotency-Key": "k1", "X-SM3": "00"}
        data = {"metadata": f'{{"id_number": "{PERSON.id_number}"}}'}
        assert httpx.post(base, headers=headers, data=data, files=files).status_code == 422
        item = store.outbox.items()[0]
        from app.security.digest import sm3_hex

        headers |= {"Idempotency-Key": item.idempotency_key, "X-SM3": sm3_hex(b"other bytes")}
        assert httpx.post(base, headers=headers, data=data, files=files).status_code == 409
        assert library.books.count() == {"original": 1, "photo": 1}


@pytest.mark.parametrize(
    "url", ["http://example.org", "ftp://127.0.0.1", "", "https://", "http://[::1", "file:///etc/passwd"]
)
def test_only_https_leaves_this_machine(url: str) -> None:
    with pytest.raises(BadInput):
        require_safe_url(url)


@given(st.integers(0, 10_000), st.floats(0, 1))
def test_the_wait_between_tries_grows_and_is_capped(attempts: int, jitter: float) -> None:
    assert 1.0 <= back_off_s(attempts, jitter) <= 300.0
    assert back_off_s(attempts + 1, jitter) >= back_off_s(attempts, jitter)
