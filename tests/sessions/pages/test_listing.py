"""The list of sessions and the page of one."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sessions.models import Attendance, Form, ReviewEvent, Status, StudySession
from sessions.pages.listing import FilterForm, filtered
from sessions.recording.written import Mark
from sessions.services import record_event
from tests.sessions.pages.make import scene
from tests.sessions.recording.make import hand_in, make_draft, make_group, written

__all__ = ["scene"]
pytestmark = pytest.mark.django_db

LIST = reverse("session_list")
TODAY = date(2026, 11, 22)


def make_many(unit, number: int) -> None:
    day = timezone.localdate().replace(day=1)
    StudySession.objects.bulk_create(
        StudySession(unit=unit, theme=f"第{each}次", date=day, end_date=day, form=Form.LECTURE)
        for each in range(number)
    )


def detail(session: StudySession) -> str:
    return reverse("session_detail", kwargs={"pk": session.pk})


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({}, {"三月", "五月", "十一月"}),
        ({"year": "2025"}, {"去年"}),
        ({"period": "m3"}, {"三月"}),
        ({"period": "q2"}, {"五月"}),
        ({"period": "q4"}, {"十一月"}),
        ({"form": "lecture"}, {"五月"}),
        ({"status": "submitted"}, {"三月"}),
        ({"text": "三"}, {"三月"}),
        ({"text": "礼堂"}, {"十一月"}),
        ({"period": "m13", "form": "x", "year": "x"}, {"三月", "五月", "十一月"}),
    ],
)
def test_the_filters(chosen, found):
    unit = make_group()
    rows: list[tuple[str, date, dict[str, Any]]] = [
        ("去年", date(2025, 12, 31), {}),
        ("三月", date(2026, 3, 1), {"status": Status.SUBMITTED}),
        ("五月", date(2026, 5, 31), {"form": Form.LECTURE}),
        ("十一月", date(2026, 12, 31), {"place": "礼堂"}),
    ]
    for theme, day, changes in rows:
        values: dict[str, Any] = {"form": Form.COLLECTIVE, **changes}
        StudySession.objects.create(unit=unit, theme=theme, date=day, end_date=day, **values)
    form = FilterForm(chosen, TODAY)
    form.is_valid()
    shown = filtered(StudySession.objects.all(), form.cleaned_data, TODAY)
    assert set(shown.values_list("theme", flat=True)) == found


def test_a_row_counts_who_was_there(scene):
    county, client = scene
    make_draft(
        county.own, written(county.own, timezone.localdate(), {"钱二": Mark("leave", "sick")})
    )
    assert '<td class="wide text-end">2/3</td>' in client.get(LIST).content.decode()


def test_what_waits_in_the_unit_says_so(scene):
    county, client = scene
    session = make_draft(county.own)
    assert "待单位审核" not in client.get(LIST).content.decode()
    waiting = StudySession.objects.filter(pk=session.pk)
    waiting.update(status=Status.SUBMITTED, awaits_approval=True)
    assert "待单位审核" in client.get(LIST).content.decode()


@pytest.mark.parametrize("number", [1, 120])
def test_fifty_a_page_with_as_many_queries_for_many_as_for_one(
    scene, number, django_assert_max_num_queries
):
    county, client = scene
    make_many(county.own, number)
    client.get(LIST)
    with django_assert_max_num_queries(9):
        page = client.get(LIST).content.decode()
    assert page.count("第") >= min(number, 50)
    assert ("下一页" in page) is (number > 50)


def test_the_department_sees_the_units_and_no_drafts(scene):
    county, _client = scene
    day = timezone.localdate()
    make_draft(county.own, written(county.own, day, theme="还没报"))
    hand_in(make_draft(county.own, written(county.own, day, theme="已经报")), at=timezone.now())
    auditor = Client()
    auditor.force_login(county["auditor"])
    page = auditor.get(LIST).content.decode()
    assert "已经报" in page
    assert "还没报" not in page
    assert "县甲局" in page


def test_one_session_with_leave_make_up_and_history(scene):
    county, client = scene
    day = timezone.localdate()
    away = Mark("leave", "sick", "住院", "赵一")
    session = make_draft(county.own, written(county.own, day, {"钱二": away}))
    Attendance.objects.filter(status="leave").update(
        makeup_date=day, makeup_method="briefing", makeup_confirmed_on=day, makeup_confirmer="赵一"
    )
    hand_in(session, at=timezone.now())
    page = client.get(detail(session)).content.decode()
    for words in ("请假：病假", "住院（赵一批准）", "单独传达", "由赵一确认", "报送", "撤回"):
        assert words in page


def test_why_somebody_was_ill_is_not_for_the_county_leader(scene):
    county, _client = scene
    away = Mark("leave", "sick", "住院", "赵一")
    session = make_draft(county.own, written(county.own, timezone.localdate(), {"钱二": away}))
    hand_in(session, at=timezone.now())
    leader = Client()
    leader.force_login(county["county_leader"])
    page = leader.get(detail(session)).content.decode()
    assert "请假" in page
    assert not [word for word in ("住院", "病假") if word in page]


def test_another_units_session_is_as_absent_as_none(scene):
    county, client = scene
    session = make_draft(make_group(county.sister))
    assert client.get(detail(session)).status_code == 404


@pytest.mark.parametrize("members", [0, 30])
def test_a_session_asks_the_database_twelve_times_at_most(
    scene, members, django_assert_max_num_queries
):
    county, client = scene
    make_group(county.own, tuple(f"成员{each}" for each in range(members)))
    session = make_draft(county.own)
    for kind in ("submit", "return"):
        kind_of = ReviewEvent.Kind(kind)
        record_event(about=session, kind=kind_of, at=timezone.now(), reason="缺人")
    client.get(LIST)
    with django_assert_max_num_queries(12):
        client.get(detail(session))
