"""The papers of the leader's approval: on file, held, twice, removed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent
from sessions.evidence import storage
from sessions.models import Evidence, Status
from tests.portal.county import make_county
from tests.sessions.evidence.make import docx
from tests.sessions.plans.make import file_plan, make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return make_county()


@pytest.fixture
def clerk(county) -> Client:
    browser = Client()
    browser.force_login(county["clerk"])
    return browser


APPROVED = docx("同意。")


def send(browser: Client, plan, name: str = "审定.docx", content: bytes = APPROVED):
    data = {"upload": SimpleUploadedFile(name, content)}
    return browser.post(reverse("plan_approval", args=[plan.pk]), data, follow=True)


def test_a_file_is_kept_once_and_opens(county, clerk):
    plan = make_plan(county.own)
    for _ in range(2):
        send(clerk, plan)
    piece = Evidence.objects.get(plan=plan)
    assert (piece.kind, piece.checked) == ("approval", "clean")
    assert len([path for path in storage.path_of("").rglob("*") if path.is_file()]) == 1
    assert AuditEvent.objects.filter(action="plan.attach").count() == 1
    assert clerk.get(reverse("evidence_file", args=[piece.pk])).status_code == 200


def test_a_marked_file_is_held_and_not_named(county, clerk):
    plan = make_plan(county.own)
    page = send(clerk, plan, "批件.docx", docx("机密★10年")).content.decode()
    assert Evidence.objects.get(plan=plan).checked == "held"
    assert "已暂扣" in page
    assert "批件" not in page
    piece = Evidence.objects.get(plan=plan)
    clerk.post(reverse("plan_approval_remove", args=[plan.pk, piece.pk]))
    assert Evidence.objects.filter(pk=piece.pk).exists()


def test_what_is_no_document_is_refused_at_the_field(county, clerk):
    plan = make_plan(county.own)
    answer = send(clerk, plan, "程序.exe")
    assert answer.status_code == 400
    assert list(answer.context["approval_form"].errors) == ["upload"]
    assert not plan.evidence.exists()


def test_nothing_sent_is_refused_at_the_field(county, clerk):
    plan = make_plan(county.own)
    assert clerk.post(reverse("plan_approval", args=[plan.pk])).status_code == 400


def test_a_removed_file_leaves_the_disk(county, clerk, django_capture_on_commit_callbacks):
    plan = make_plan(county.own)
    send(clerk, plan)
    piece = Evidence.objects.get(plan=plan)
    with django_capture_on_commit_callbacks(execute=True):
        clerk.post(reverse("plan_approval_remove", args=[plan.pk, piece.pk]))
    assert not plan.evidence.exists()
    assert not storage.path_of(str(piece.file)).exists()


@pytest.mark.parametrize("state", ["filed", "submitted"])
def test_the_papers_of_a_plan_that_left_stay(county, clerk, state):
    plan = make_plan(county.own)
    clerk.post(reverse("plan_approval", args=[plan.pk]), {"is_paper": "on"})
    if state == "filed":
        file_plan(plan)
    else:
        type(plan).objects.filter(pk=plan.pk).update(status=Status.SUBMITTED)
    piece = Evidence.objects.get(plan=plan)
    clerk.post(reverse("plan_approval_remove", args=[plan.pk, piece.pk]))
    assert plan.evidence.count() == 1


def test_a_piece_of_another_plan_is_not_found(county, clerk):
    foreign = make_plan(county.sister, status=Status.SUBMITTED)
    piece = foreign.evidence.create(kind="approval", on="2026-01-10", name="审定文件")
    plan = make_plan(county.own)
    for pk in (plan.pk, foreign.pk):
        answer = clerk.post(reverse("plan_approval_remove", args=[pk, piece.pk]))
        assert answer.status_code == 404
    assert clerk.get(reverse("evidence_file", args=[piece.pk])).status_code == 404
