"""Two people decide what becomes of a held file."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from sessions.holds.services import HoldError, agree, ask, decline
from sessions.models import Evidence, HoldRequest, Status
from sessions.recording.drafts import delete_draft
from sessions.services import ReviewError
from sessions.signals import records_changed
from tests.portal.county import make_assignment, make_county, make_user
from tests.sessions.evidence.make import make_evidence, make_session
from units.access.roles import Role

pytestmark = pytest.mark.django_db
NAME = "关于某事的通知（秘密）.pdf"


@pytest.fixture
def county(media):
    return make_county()


@pytest.fixture
def held(county):
    draft = make_session(county.own, Status.DRAFT)
    return make_evidence(draft, checked="held", name=NAME, sha256="ab" * 32)


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def asked(county, held, wish="destroy"):
    admin = county["department_admin"]
    return ask(evidence=held, wish=wish, reason="已核实", by=admin, at=timezone.now())


def test_the_list_shows_no_name_and_the_page_leaves_a_line(county, held):
    client = browser(county["security_admin"])
    assert NAME not in client.get(reverse("held_file_list")).content.decode()
    page = client.get(reverse("held_file", args=[held.pk])).content.decode()
    assert NAME in page
    assert "学习宪法" not in page
    line = AuditEvent.objects.get(action="hold.view")
    assert (line.actor, line.object_id) == (county["security_admin"], str(held.pk))


def test_the_unit_and_the_reviewer_get_nowhere(county, held):
    for role in ("clerk", "approver", "auditor", "county_leader", "system_admin"):
        answer = browser(county[role]).get(reverse("held_file", args=[held.pk]))
        assert answer.status_code == 403


def test_destroyed_by_two_the_bytes_go_and_the_row_stays(
    county, held, media, django_capture_on_commit_callbacks
):
    path = media / str(held.file)
    administrator, security = browser(county["department_admin"]), browser(county["security_admin"])
    body = {"wish": "destroy", "reason": "单位核实为涉密"}
    administrator.post(reverse("held_file_ask", args=[held.pk]), body)
    address = reverse("held_file_agree", args=[held.pk, HoldRequest.objects.get().pk])
    with django_capture_on_commit_callbacks(execute=True):
        security.post(address)
    held.refresh_from_db()
    assert not path.exists()
    assert (held.checked, str(held.file), held.sha256) == ("destroyed", "", "ab" * 32)
    line = AuditEvent.objects.get(action="hold.destroy")
    assert line.before["reason"] == "单位核实为涉密"
    assert all(NAME not in f"{each.before}{each.after}" for each in AuditEvent.objects.all())
    assert NAME not in administrator.get(reverse("held_file", args=[held.pk])).content.decode()


def test_nobody_agrees_to_what_they_asked_for(county, held):
    request = asked(county, held)
    with pytest.raises(HoldError, match="另一位"):
        agree(request=request, by=county["department_admin"], at=timezone.now())
    now, admin = timezone.now(), county["department_admin"]
    with pytest.raises(IntegrityError), transaction.atomic():
        HoldRequest.objects.update(decided_by=admin, decided_at=now, is_agreed=True)


def test_one_person_with_both_roles_is_one_person(county, held):
    both = make_user("both")
    make_assignment(both, Role.DEPARTMENT_ADMIN, county.root)
    make_assignment(both, Role.SECURITY_ADMIN, county.root)
    request = ask(evidence=held, wish="release", reason="误判", by=both, at=timezone.now())
    with pytest.raises(HoldError):
        agree(request=request, by=both, at=timezone.now())


def test_a_released_file_is_on_file_from_the_day_it_came(county, held):
    told = []
    records_changed.connect(lambda **about: told.append(about["unit_ids"]), weak=False)
    day = held.on
    request = asked(county, held, "release")
    agree(request=request, by=county["security_admin"], at=timezone.now())
    held.refresh_from_db()
    assert (held.checked, held.on, held.name) == ("clean", day, NAME)
    assert told[-1] == {county.own.pk}


def test_declined_or_taken_back_it_stays_held(county, held):
    for who in ("security_admin", "department_admin"):
        decline(request=asked(county, held), by=county[who], at=timezone.now())
    held.refresh_from_db()
    assert held.checked == Evidence.Checked.HELD
    with pytest.raises(HoldError):
        agree(
            request=HoldRequest.objects.earliest("id"),
            by=county["security_admin"],
            at=timezone.now(),
        )


def test_asked_twice_it_is_one_request_and_another_must_wait(county, held):
    assert asked(county, held) == asked(county, held)
    with pytest.raises(HoldError, match="等待复核"):
        asked(county, held, "release")


def test_a_record_with_a_held_or_destroyed_file_is_not_deleted(county, held):
    for checked in ("held", "destroyed"):
        Evidence.objects.update(checked=checked)
        with pytest.raises(ReviewError, match="留存备查"):
            delete_draft(session=held.session)


def test_the_unit_sees_that_a_file_was_destroyed_and_cannot_remove_it(county, held):
    agree(request=asked(county, held), by=county["security_admin"], at=timezone.now())
    page = browser(county["clerk"]).get(reverse("session_evidence", args=[held.session_id]))
    assert "（已销毁的文件）" in page.content.decode()
    assert "移除（已销毁" not in page.content.decode()


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_asks_as_often_for_many_as_for_one(county, number, django_assert_max_num_queries):
    for _ in range(number):
        held = make_evidence(make_session(county.own), checked="held")
        asked(county, held)
    client = browser(county["department_admin"])
    client.get(reverse("held_file_list"))
    with django_assert_max_num_queries(9):
        client.get(reverse("held_file_list"))
