"""The department's switch and its usual reasons."""

import pytest
from django.urls import reverse

from sessions.models import ReturnReason, UnitApproval
from sessions.reviews.reasons import reasons_for, usual_reasons
from tests.portal.county import make_assignment, make_county
from tests.sessions.reviews.make import browser_of, submitted_session, text
from units.access.roles import Role

pytestmark = pytest.mark.django_db
SETTINGS, SWITCH, REASONS = map(
    reverse, ("review_settings", "unit_approval_switch", "return_reasons")
)


@pytest.fixture
def county():
    return make_county()


@pytest.fixture
def admin(county):
    return browser_of(county, "department_admin")


def turn(admin, on: bool, version: int):
    sent = {"version": version} | ({"is_on": "on"} if on else {})
    return text(admin.post(SWITCH, sent, follow=True))


def list_of(admin, *rows: tuple[str, str, str]) -> dict[str, str]:
    """Text, rank and paper of each row, as the page would send them."""
    sent = {"seal": admin.get(SETTINGS).context["seal"]}
    sent |= {"reasons-TOTAL_FORMS": str(len(rows)), "reasons-INITIAL_FORMS": "0"}
    for number, (words, rank, paper) in enumerate(rows):
        sent |= {f"reasons-{number}-text": words, f"reasons-{number}-rank": rank}
        sent |= {f"reasons-{number}-{paper}": "on"} if paper else {}
    return sent


def test_on_makes_submissions_wait_and_off_lets_them_go(county, admin):
    before = submitted_session(county.own, county["clerk"])
    assert "已启用" in turn(admin, True, 1)
    during = submitted_session(county.own, county["clerk"], theme="启用之后")
    assert (before.awaits_approval, during.awaits_approval) == (False, True)
    assert "已停用" in turn(admin, False, 2)
    during.refresh_from_db()
    assert not during.awaits_approval


def test_a_unit_nobody_approves_for_passes_on(county, admin):
    turn(admin, True, 1)
    assert "乙局" in text(admin.get(SETTINGS))
    assert not submitted_session(county.sister, county["clerk"]).awaits_approval
    assert not submitted_session(county.own, county["approver"]).awaits_approval
    make_assignment(county["nobody"], Role.APPROVER, county.own)
    assert submitted_session(county.own, county["approver"], theme="二").awaits_approval


def test_a_page_opened_before_turns_nothing(county, admin):
    turn(admin, True, 1)
    assert "他人刚改过" in turn(admin, False, 1)
    assert UnitApproval.objects.get().is_on


def test_the_usual_reasons_serve_until_there_is_a_list(county, admin):
    assert "缺会议记录或签到表，请补传。" in reasons_for(county.own, "session")
    rows = [("后说", "2", "session"), ("", "", ""), ("先说", "1", "session"), ("计划", "3", "plan")]
    assert "已保存" in text(admin.post(REASONS, list_of(admin, *rows), follow=True))
    assert reasons_for(county.own, "session") == ["先说", "后说"]
    assert reasons_for(county.own, "plan") == ["计划"]
    assert reasons_for(county.abroad, "session")[0] == usual_reasons()[0].text


def test_a_reason_says_what_it_is_for(admin):
    answer = admin.post(REASONS, list_of(admin, ("没勾选", "1", "")))
    assert answer.status_code == 400
    assert "请勾选这条原因用于" in text(answer)
    assert not ReturnReason.objects.exists()


def test_two_administrators_lose_nothing(admin):
    opened = list_of(admin, ("后存的", "1", "session"))
    admin.post(REASONS, list_of(admin, ("先存的", "1", "session")))
    answer = admin.post(REASONS, opened)
    assert answer.status_code == 409
    assert "后存的" in text(answer)
    assert "先存的" in text(answer)
    assert [row.text for row in ReturnReason.objects.all()] == ["先存的"]


def test_auditors_and_clerks_set_nothing(county):
    for who in ("auditor", "clerk", "county_leader"):
        assert browser_of(county, who).get(SETTINGS).status_code == 403
