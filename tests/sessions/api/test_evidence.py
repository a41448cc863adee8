"""Files of a session, put on record and read by other programs."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent
from sessions.evidence.formats import MAX_BYTES
from sessions.models import Evidence
from tests.sessions.api.calling import CONFIRMED, V1, caller_of, errors, made
from tests.sessions.evidence.conftest import media
from tests.sessions.evidence.make import pdf
from units.models import AnsweredRequest

__all__ = ["media"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


def upload(caller, address, data=None, name="会议记录.pdf", kind="minutes", **more):
    """Sends a form, with a file if there is data for one."""
    fields = {"kind": kind} | {
        name: more.pop(name) for name in ("is_paper", "place") if name in more
    }
    file = {} if data is None else {"file": SimpleUploadedFile(name, data)}
    return caller.client.post(f"{V1}{address}/evidence", fields | file, headers=more)


def on_disk(media: Path) -> int:
    return sum(each.is_file() for each in media.rglob("*"))


def test_a_file_is_kept_shown_and_handed_out(scene, media):
    county, clerk = scene
    address = made(clerk, county.own)
    answer = upload(clerk, address, pdf("会议记录"))
    shown = answer.json()
    assert (answer.status_code, shown["checked"], shown["notice"]) == (201, "clean", "")
    (listed,) = clerk.get(address).json()["evidence"]
    assert listed == {name: shown[name] for name in listed}
    file = clerk.client.get(shown["file"], headers={"Accept": "application/pdf"})
    assert (b"".join(file.streaming_content), file.headers["Content-Type"]) == (
        pdf("会议记录"), "application/pdf",
    )  # fmt: skip
    actions = AuditEvent.objects.filter(action__startswith="evidence.")
    assert list(actions.values_list("action", flat=True)) == ["evidence.add", "evidence.download"]


def test_the_same_file_is_kept_once(scene, media):
    county, clerk = scene
    address = made(clerk, county.own)
    first, again = (upload(clerk, address, pdf("会议记录")) for _ in range(2))
    assert (again.status_code, again.json()["id"]) == (200, first.json()["id"])
    assert on_disk(media) == 1


def test_the_same_key_is_answered_alike(scene, media):
    county, clerk = scene
    address, key = made(clerk, county.own), {"Idempotency-Key": "minutes-7"}
    first, again = (upload(clerk, address, pdf("会议记录"), **key) for _ in range(2))
    other = upload(clerk, address, pdf("议程"), **key)
    assert (again.json(), again.headers["Idempotency-Replayed"]) == (first.json(), "true")
    assert (other.status_code, AnsweredRequest.objects.count()) == (422, 1)
    assert on_disk(media) == 1


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("记录.exe", b"MZ"),
        ("记录.doc", b"\xd0\xcf"),
        ("记录.pdf", b""),
        ("记录.pdf", b"GIF89a"),
        ("记录.pdf", b"%PDF-" + b"0" * MAX_BYTES),
    ],
)
def test_a_bad_file_is_refused_in_the_words_of_the_page(scene, media, name, data):
    county, clerk = scene
    address = made(clerk, county.own)
    page = reverse("session_evidence", args=[address.rpartition("/")[2]])
    sent = {"kind": "minutes", "uploads": SimpleUploadedFile(name, data)}
    said = clerk.client.post(page, sent, headers={"HX-Request": "true"}).content.decode()
    answer = upload(clerk, address, data, name)
    (sentence,) = errors(answer)["file"]
    assert (answer.status_code, sentence in said, on_disk(media)) == (400, True, 0)


def test_a_marked_file_is_held_at_once(scene):
    county, clerk = scene
    shown = upload(clerk, made(clerk, county.own), pdf("机密★10年")).json()
    assert (shown["checked"], shown["file"], "已暂扣" in shown["notice"]) == ("held", "", True)
    piece = Evidence.objects.get()
    file = f"/sessions/{piece.session_id}/evidence/{piece.pk}/file"
    assert clerk.get(file).status_code == 403


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "file"),
        ({"kind": "gossip", "is_paper": "true"}, "kind"),
        ({"is_paper": "true", "place": "机密★10年"}, "place"),
        ({"is_paper": "true", "data": b"%PDF-1.4"}, "file"),
    ],
)
def test_a_form_that_says_nothing_or_too_much_is_refused(scene, sent, field):
    county, clerk = scene
    answer = upload(clerk, made(clerk, county.own), **sent)
    assert (answer.status_code, list(errors(answer))) == (400, [field])


def test_paper_is_noted_and_taken_off_again(scene):
    county, clerk = scene
    address = made(clerk, county.own)
    answer = upload(clerk, address, is_paper="true", place="档案室")
    piece = f"{address}/evidence/{answer.json()['id']}"
    assert answer.headers["Location"] == f"{V1}{piece}"
    assert clerk.get(f"{piece}/file").status_code == 404
    assert (clerk.delete(piece).status_code, clerk.get(piece).status_code) == (204, 404)


def test_what_was_handed_in_keeps_its_files(scene, media):
    county, clerk = scene
    address = made(clerk, county.own)
    piece = f"{address}/evidence/{upload(clerk, address, pdf('记录')).json()['id']}"
    assert clerk.step(f"{address}/submit", CONFIRMED).status_code == 200
    added, removed = upload(clerk, address, pdf("议程")), clerk.delete(piece)
    assert {each.status_code for each in (added, removed)} == {409}
    assert added.json()["detail"] == "这条记录当前为“已报送”，不能增减材料。"
    assert (on_disk(media), Evidence.objects.count()) == (1, 1)
    leader = caller_of(county["county_leader"])
    assert leader.get(f"{piece}/file").status_code == 200


def test_a_file_is_sent_as_a_form(scene):
    county, clerk = scene
    answer = clerk.post(f"{made(clerk, county.own)}/evidence", {"kind": "minutes"})
    assert answer.status_code == 415


@pytest.mark.skipif(connection.vendor == "sqlite", reason="the whole database is locked there")
def test_the_session_is_locked_before_its_piece(scene):
    county, clerk = scene
    address = made(clerk, county.own)
    piece = upload(clerk, address, is_paper="true").json()["id"]
    with CaptureQueriesContext(connection) as queries:
        assert clerk.delete(f"{address}/evidence/{piece}").status_code == 204
    locks = [each["sql"] for each in queries.captured_queries if "FOR UPDATE" in each["sql"]]
    tables = [sql.partition(" FROM ")[2].split()[0] for sql in locks[:2]]
    assert tables == ['"study_sessions_studysession"', '"study_sessions_evidence"']
