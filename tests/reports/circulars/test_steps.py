"""From the draft to the issued circular: by whom, in which order, and what never changes after."""

import datetime as dt
import hashlib

import pytest
from django.db import IntegrityError, transaction

from reports.circulars.basis import CircularError
from reports.circulars.drafting import begin_circular, discard, edit_head
from reports.circulars.services import (
    Issue,
    approve,
    issue,
    record_approval,
    send_back,
    submit,
)
from reports.models import Circular, CircularPaper, ClosedUnit
from reports.sitins.services import Act
from reports.sitins.stale import StaleError
from tests.portal.county import make_user
from tests.reports.circulars.make import NOW, make_circular
from tests.reports.closings.make import close, make_study, reopen
from units.models import Unit

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def root():
    return make_study()


def act(circular: Circular, by=None) -> Act:
    circular.refresh_from_db()
    return Act(by, NOW, circular.version)


def sending(number: str = "青宣通〔2026〕5号") -> Issue:
    return Issue(number, TODAY, list(Unit.objects.with_group()), "县委办公室")


def test_draft_approved_by_a_leader_issued(root):
    author, leader = make_user("author"), make_user("leader")
    close(root)
    begun = Act(author, NOW, 0)
    circular = begin_circular(
        root=root, sender="县委宣传部", year=2026, period="half_year", act=begun
    )
    submit(circular=circular, act=act(circular, author))
    approve(circular=circular, on=TODAY, act=act(circular, leader))
    issue(circular=circular, issue=sending(), act=act(circular, author))
    circular.refresh_from_db()
    assert (circular.status, circular.approved_by, circular.issued_on) == ("issued", leader, TODAY)
    assert circular.recipients.count() == 2
    kinds = [event.kind for event in circular.events.all()]
    assert kinds == ["draft", "submit", "approve", "issue"]


def test_whoever_wrote_any_of_it_cannot_approve(root):
    author, editor = make_user("author"), make_user("editor")
    circular = make_circular(root)
    edit_head(circular=circular, values={"remarks": "总体平稳。"}, act=act(circular, editor))
    submit(circular=circular, act=act(circular, author))
    for writer in (author, editor):
        with pytest.raises(CircularError, match="起草、修改、送审以外的人"):
            approve(circular=circular, on=TODAY, act=act(circular, writer))
    with pytest.raises(IntegrityError, match="circular_approved_by_another"), transaction.atomic():
        Circular.objects.update(approved_by=author)


def test_a_leader_without_an_account_is_recorded_by_name_and_day(root):
    circular = make_circular(root, "submitted")
    record_approval(circular=circular, name="测部长", on=TODAY, act=act(circular))
    circular.refresh_from_db()
    assert (circular.status, circular.approver_name) == ("approved", "测部长")
    assert circular.approved_on == TODAY


def test_sent_back_an_approval_is_void(root):
    circular = make_circular(root, "approved", approved_by=make_user("leader"))
    send_back(circular=circular, reason="数字请再核对", act=act(circular))
    circular.refresh_from_db()
    assert (circular.status, circular.approved_by, circular.approved_on) == ("draft", None, None)


@pytest.mark.parametrize("status", ["draft", "submitted", "issued", "superseded", "discarded"])
def test_nothing_is_issued_without_approval(root, status):
    circular = make_circular(root, status)
    with pytest.raises(StaleError):
        issue(circular=circular, issue=sending("青宣通〔2026〕6号"), act=act(circular))
    assert not CircularPaper.objects.exists()


def test_nothing_goes_out_on_old_figures(root):
    closing = close(root)
    circular = make_circular(root, "approved")
    reopen(closing)
    with pytest.raises(CircularError, match="旧数据"):
        issue(circular=circular, issue=sending(), act=act(circular))
    assert not CircularPaper.objects.exists()


def test_nothing_goes_out_on_figures_somebody_changed(root):
    circular = make_circular(root, "approved")
    ClosedUnit.objects.order_by("position")[0].delete()
    with pytest.raises(CircularError, match="校验不一致"):
        issue(circular=circular, issue=sending(), act=act(circular))
    assert not CircularPaper.objects.exists()


@pytest.mark.parametrize("status", ["issued", "superseded", "submitted", "approved"])
def test_only_a_draft_can_be_written_or_given_up(root, status):
    circular = make_circular(root, status)
    with pytest.raises(StaleError):
        edit_head(circular=circular, values={"title": "另一个标题"}, act=act(circular))
    with pytest.raises(StaleError):
        discard(circular=circular, reason="重写", act=act(circular))
    circular.refresh_from_db()
    assert (circular.status, circular.title) == (status, "关于2026年学习情况的通报")


def test_the_file_is_kept_as_it_went_out(root):
    circular = make_circular(root, "approved")
    issue(circular=circular, issue=sending(), act=act(circular))
    paper = CircularPaper.objects.get()
    assert hashlib.sha256(bytes(paper.data)).hexdigest() == paper.sha256
    assert bytes(paper.data)[:2] == b"PK"


def test_a_number_is_used_once(root):
    make_circular(root, "superseded")
    circular = make_circular(root, "approved")
    with pytest.raises(CircularError, match="已经用过"):
        issue(circular=circular, issue=sending(), act=act(circular))
    circular.refresh_from_db()
    assert (circular.status, circular.number) == ("approved", "")


def test_only_a_new_circular_that_names_it_takes_its_place(root):
    old = make_circular(root, "issued")
    new = begin_circular(
        root=root, sender="县委宣传部", year=2026, period="half_year", act=Act(None, NOW, 0)
    )
    assert new.supersedes == old
    Circular.objects.filter(pk=new.pk).update(
        status="approved", approver_name="测部长", approved_on=dt.date(2026, 7, 6)
    )
    new = Circular.objects.get(pk=new.pk)
    issue(circular=new, issue=sending("青宣通〔2026〕8号"), act=act(new))
    old.refresh_from_db()
    assert (old.status, old.number) == ("superseded", "青宣通〔2026〕5号")
    assert old.events.get().note == "青宣通〔2026〕8号"


def test_a_second_one_cannot_be_in_force_beside_the_first(root):
    make_circular(root, "issued")
    circular = make_circular(root, "approved")
    with pytest.raises(IntegrityError), transaction.atomic():
        issue(circular=circular, issue=sending("青宣通〔2026〕8号"), act=act(circular))
