"""Putting evidence on file, and getting it back, as the unit and as others."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent
from sessions.models import Evidence
from sessions.signals import records_changed
from tests.portal.county import make_county
from tests.sessions.evidence.make import docx, image, make_evidence, make_session, pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(media):
    return make_county()


@pytest.fixture
def session(county):
    return make_session(county.own)


@pytest.fixture
def clerk(county):
    client = Client()
    client.force_login(county["clerk"])
    return client


def upload(client, session, *files, kind="minutes", **more):
    chosen = [SimpleUploadedFile(name, data) for name, data in files]
    address = reverse("session_evidence", kwargs={"pk": session.pk})
    body = {"kind": kind, "uploads": chosen} | more
    return client.post(address, body, follow=True)


def test_a_good_file_comes_on_file(clerk, session, media):
    data = docx("学习宪法")
    page = upload(clerk, session, ("会议 记录.docx", data)).content.decode()
    piece = session.evidence.get()
    assert "已存入 1 份材料" in page
    assert (piece.name, piece.checked, piece.kind) == ("会议 记录.docx", "clean", "minutes")
    assert "会议" not in str(piece.file)
    assert (media / str(piece.file)).read_bytes() == data
    line = AuditEvent.objects.get(action="evidence.add")
    assert line.after["pieces"][0]["sha256"] == piece.sha256


def test_one_bad_file_does_not_spoil_the_others(clerk, session):
    files = [("方案.pdf", pdf("x")), ("坏.pdf", b"%PDF-x"), ("网页.html", b"<html>")]
    page = upload(clerk, session, *files).content.decode()
    assert session.evidence.get().name == "方案.pdf"
    assert "“坏.pdf”没有存入" in page
    assert "“网页.html”没有存入" in page


def test_a_second_click_adds_nothing(clerk, session, media):
    for _ in range(2):
        page = upload(clerk, session, ("照片.jpg", image())).content.decode()
    assert session.evidence.count() == 1
    assert "没有重复存" in page
    assert sum(path.is_file() for path in media.rglob("*")) == 1


def test_a_marked_file_is_held(clerk, session):
    page = upload(clerk, session, ("方案.docx", docx("机密★10年", "方案"))).content.decode()
    piece = session.evidence.get()
    assert piece.checked == "held"
    assert "保密工作负责人" in page
    assert "方案.docx" not in page
    assert AuditEvent.objects.get(action="evidence.add").after["pieces"][0]["name"] == ""
    assert clerk.get(reverse("evidence_file", kwargs={"pk": piece.pk})).status_code == 403
    remove = {"pk": session.pk, "evidence_pk": piece.pk}
    clerk.post(reverse("evidence_remove", kwargs=remove))
    assert session.evidence.exists()


def test_paper_needs_no_file(clerk, session):
    for _ in range(2):
        upload(clerk, session, kind="sign_in", is_paper="on", place="办公室档案柜")
    piece = session.evidence.get()
    assert (piece.name, piece.size) == ("签到表（纸质，存放：办公室档案柜）", 0)
    assert not piece.file
    assert clerk.get(reverse("evidence_file", kwargs={"pk": piece.pk})).status_code == 404


def test_nothing_chosen_is_said_at_the_field(clerk, session):
    answer = upload(clerk, session)
    assert answer.status_code == 400
    assert "请选择文件" in answer.content.decode()


def test_no_more_than_twenty_files(clerk, session):
    for number in range(20):
        make_evidence(session, sha256=str(number), file=f"evidence/{number}.pdf")
    assert "最多 20 个文件" in upload(clerk, session, ("二十一.pdf", pdf("x"))).content.decode()
    assert session.evidence.count() == 20


def test_no_more_than_two_hundred_megabytes(clerk, session, media):
    make_evidence(session, size=200 * 1024 * 1024)
    assert "200 MB" in upload(clerk, session, ("再来.pdf", pdf("x"))).content.decode()
    assert session.evidence.count() == 1
    assert sum(path.is_file() for path in media.rglob("*")) == 1


def test_a_large_file_is_dropped_while_it_comes_in(clerk, session):
    files = [("大.pdf", b"%PDF-" + b"0" * 20 * 1024 * 1024), ("小.pdf", pdf("x"))]
    page = upload(clerk, session, *files).content.decode()
    assert "“大.pdf”没有存入：文件超过 20 MB" in page
    assert session.evidence.get().name == "小.pdf"


def test_an_endless_request_is_not_read(clerk, session, monkeypatch):
    monkeypatch.setattr("sessions.evidence.uploading.MAX_REQUEST_BYTES", 100)
    page = upload(clerk, session, ("方案.pdf", pdf("x"))).content.decode()
    assert "请分几次上传" in page
    assert not session.evidence.exists()


@pytest.mark.parametrize("status", ["submitted", "accepted"])
def test_what_was_submitted_stays_as_it_is(clerk, county, status):
    session = make_session(county.own, status)
    piece = make_evidence(session)
    assert upload(clerk, session, ("补.pdf", pdf("x"))).status_code == 403
    keys = {"pk": session.pk, "evidence_pk": piece.pk}
    assert clerk.post(reverse("evidence_remove", kwargs=keys)).status_code == 403
    assert list(session.evidence.all()) == [piece]


def test_content_that_must_not_go_online_is_kept_on_paper(clerk, county):
    session = make_session(county.own, theme="", is_offline_only=True)
    assert "只能登记纸质材料" in upload(clerk, session, ("a.pdf", pdf("x"))).content.decode()
    upload(clerk, session, is_paper="on")
    assert not session.evidence.get().file


def test_removing_takes_the_file_too(clerk, session, media, django_capture_on_commit_callbacks):
    piece = make_evidence(session)
    keys = {"pk": session.pk, "evidence_pk": piece.pk}
    with django_capture_on_commit_callbacks(execute=True):
        clerk.post(reverse("evidence_remove", kwargs=keys))
    assert not Evidence.objects.exists()
    assert not (media / str(piece.file)).exists()
    assert AuditEvent.objects.get(action="evidence.remove").before["name"] == "会议记录.pdf"
    assert clerk.post(reverse("evidence_remove", kwargs=keys)).status_code == 404


def test_a_piece_of_another_session_is_out_of_reach(clerk, county, session):
    other = make_evidence(make_session(county.own, "accepted"))
    keys = {"pk": session.pk, "evidence_pk": other.pk}
    assert clerk.post(reverse("evidence_remove", kwargs=keys)).status_code == 404
    assert Evidence.objects.exists()


def test_a_download_is_an_attachment_nothing_can_run(clerk, session):
    piece = make_evidence(session, pdf("x"), name="测“某”的 发言.pdf")
    answer = clerk.get(reverse("evidence_file", kwargs={"pk": piece.pk}))
    assert b"".join(answer) == pdf("x")
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%E6%B5%8B")
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/pdf"
    assert AuditEvent.objects.get(action="evidence.download").object_id == str(piece.pk)


@pytest.mark.parametrize(
    ("who", "status", "code"),
    [("auditor", "accepted", 200), ("auditor", "draft", 404), ("system_admin", "accepted", 403)],
)
def test_who_else_may_download(county, who, status, code):
    client = Client()
    client.force_login(county[who])
    piece = make_evidence(make_session(county.own, status))
    assert client.get(reverse("evidence_file", kwargs={"pk": piece.pk})).status_code == code


def test_another_units_evidence_is_absent(county, clerk):
    piece = make_evidence(make_session(county.sister))
    assert clerk.get(reverse("evidence_file", kwargs={"pk": piece.pk})).status_code == 404
    assert upload(clerk, piece.session, ("a.pdf", pdf("x"))).status_code == 404
    assert (
        clerk.get(reverse("session_evidence", kwargs={"pk": piece.session_id})).status_code == 404
    )


def test_a_script_gets_the_panel_alone(clerk, session):
    address = reverse("session_evidence", kwargs={"pk": session.pk})
    body = {"kind": "minutes", "uploads": [SimpleUploadedFile("a.pdf", pdf("x"))]}
    page = clerk.post(address, body, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in page
    assert "已存入 1 份材料" in page


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "evil"])
def test_the_way_back_stays_with_us(clerk, session, back):
    address = reverse("session_evidence", kwargs={"pk": session.pk})
    answer = clerk.post(address, {"kind": "minutes", "is_paper": "on", "back": back})
    assert answer["Location"] == address


def test_reports_hear_of_new_evidence(clerk, session):
    heard = []

    def listen(sender, unit_ids, years, **kwargs):
        heard.append((unit_ids, years))

    records_changed.connect(listen)
    try:
        upload(clerk, session, is_paper="on")
    finally:
        records_changed.disconnect(listen)
    assert ({session.unit_id}, {2026}) in heard


@pytest.mark.parametrize("number", [1, 20])
def test_the_page_asks_little(clerk, session, number, django_assert_max_num_queries):
    for at in range(number):
        make_evidence(session, file=f"evidence/{at}.pdf")
    with django_assert_max_num_queries(12):
        clerk.get(reverse("session_evidence", kwargs={"pk": session.pk}))


@pytest.mark.parametrize(
    ("status", "way"),
    [("returned", []), ("submitted", ["请先撤回"]), ("accepted", ["请联系宣传部退回"])],
)
def test_a_closed_record_says_how_to_add_to_it(clerk, county, status, way):
    session = make_session(county.own, status)
    page = clerk.get(reverse("session_evidence", kwargs={"pk": session.pk})).content.decode()
    assert [each for each in ("请先撤回", "请联系宣传部退回") if each in page] == way
