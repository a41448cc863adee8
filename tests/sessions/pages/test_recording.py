"""Recording a session through its page."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from sessions.models import AnnualPlan, PlanItem, ReviewEvent, StudySession, Topic
from sessions.services import record_event
from tests.portal.county import make_assignment, make_user
from tests.sessions.pages.make import answers, scene
from tests.sessions.recording.make import make_draft, make_group, make_member, people, written
from units.access.roles import Role
from units.models import Assignment

__all__ = ["scene"]
pytestmark = pytest.mark.django_db

NEW = reverse("session_new")


def edit(session: StudySession) -> str:
    return reverse("session_edit", kwargs={"pk": session.pk})


def test_a_new_record_starts_with_today_the_members_and_the_leader(scene):
    _county, client = scene
    page = client.get(NEW).content.decode()
    assert timezone.localdate().isoformat() in page
    assert page.index("赵一") < page.index("钱二") < page.index("孙三")
    assert "应到 <b data-due>3</b> 人，实到 <b data-here>3</b> 人" in page


def test_the_members_are_those_of_the_own_unit(scene):
    county, client = scene
    make_group(county.sister, ("乙局金丝雀",))
    page = client.get(NEW).content.decode()
    assert "赵一" in page
    assert "乙局金丝雀" not in page


def test_saved_and_submitted_in_one_go(scene):
    county, client = scene
    answer = client.post(NEW, answers(county.own, then="submit"), follow=True)
    session = StudySession.objects.get()
    assert session.status == "submitted"
    assert answer.redirect_chain[-1][0] == reverse("session_detail", kwargs={"pk": session.pk})
    assert "已报送。" in answer.content.decode()
    assert [each.action for each in AuditEvent.objects.exclude(action="account.sign_in")] == [
        "session.submit"
    ]


def test_two_clicks_make_one_record_and_the_second_shows_it(scene):
    county, client = scene
    sent = answers(county.own, then="submit")
    first, second = client.post(NEW, sent), client.post(NEW, sent)
    assert first["Location"] == second["Location"]
    assert StudySession.objects.get().events.count() == 1


def test_two_absentees_with_their_reasons(scene):
    county, client = scene
    ids = people(county.own)
    sent = answers(
        county.own,
        then="submit",
        counts="3/1",
        **{
            f"attendance-{ids['钱二']}": "leave:official_trip",
            f"reason-{ids['钱二']}": "省里开会",
            f"attendance-{ids['孙三']}": "absent",
        },
    )
    assert client.post(NEW, sent).status_code == 302
    row = StudySession.objects.get().attendance.get(status="leave")
    assert (row.leave_kind, row.reason) == ("official_trip", "省里开会")


def test_counts_that_are_not_these_are_asked_for_again_and_the_draft_is_kept(scene):
    county, client = scene
    ids = people(county.own)
    sent = answers(county.own, then="submit", **{f"attendance-{ids['钱二']}": "absent"})
    answer = client.post(NEW, sent)
    assert answer.status_code == 422
    assert "请核对后勾选：应到 3 人，实到 2 人。" in answer.content.decode()
    assert StudySession.objects.get().status == "draft"


def test_a_warning_is_accepted_by_a_tick(scene):
    county, client = scene
    sent = answers(county.own, form="discussion", then="submit")
    page = client.post(NEW, sent).content.decode()
    assert "不计为研讨" in page
    sent |= {"version": "1", "warnings_accepted": "1"}
    assert client.post(NEW, sent).status_code == 302
    assert StudySession.objects.get().status == "submitted"


def test_a_plan_item_is_where_a_record_may_start(scene):
    county, client = scene
    year = timezone.localdate().year
    plan = AnnualPlan.objects.create(unit=county.own, year=year, title="计划")
    item = PlanItem.objects.create(plan=plan, period=f"{year}-03", topic="宪法专题", form="lecture")
    page = client.get(f"{NEW}?item={item.pk}").content.decode()
    assert 'value="宪法专题"' in page
    assert f'<option value="{item.pk}" selected\n>3月　宪法专题' in page


def test_another_units_plan_item_or_session_starts_nothing(scene):
    county, client = scene
    plan = AnnualPlan.objects.create(unit=county.sister, year=2026, title="计划")
    item = PlanItem.objects.create(plan=plan, period="2026-03", topic="甲", form="lecture")
    session = make_draft(make_group(county.sister))
    assert client.get(f"{NEW}?item={item.pk}").status_code == 404
    assert client.get(f"{NEW}?copy={session.pk}").status_code == 404


def test_another_units_plan_item_or_topic_cannot_be_slipped_in(scene):
    county, client = scene
    plan = AnnualPlan.objects.create(
        unit=county.sister, year=timezone.localdate().year, title="计划"
    )
    item = PlanItem.objects.create(plan=plan, period="2026-03", topic="甲", form="lecture")
    assert client.post(NEW, answers(county.own, plan_item=item.pk)).status_code == 422
    assert not StudySession.objects.exists()


def test_a_copy_takes_the_theme_and_not_the_content(scene):
    county, client = scene
    session = make_draft(county.own, theme="旧主题", content="旧内容")
    page = client.get(f"{NEW}?copy={session.pk}").content.decode()
    assert "旧主题" in page
    assert "旧内容" not in page


@pytest.mark.parametrize("is_htmx", [True, False])
def test_another_date_brings_its_members_and_keeps_what_was_ticked(scene, is_htmx):
    county, client = scene
    today = timezone.localdate()
    make_member(county.own, "李四", start_date=today + timedelta(days=1))
    ids = people(county.own)
    sent = answers(
        county.own,
        today + timedelta(days=1),
        members="1",
        **{f"attendance-{ids['钱二']}": "leave:sick", f"attendance-{ids['李四']}": None},
    )
    answer = client.post(NEW, sent, headers={"HX-Request": "true"} if is_htmx else {})
    page = answer.content.decode()
    assert ("<html" in page) is not is_htmx
    assert "李四" in page
    assert '<option value="leave:sick" selected>' in page
    assert not StudySession.objects.exists()


def test_a_draft_keeps_itself_and_says_which_version_it_is(scene):
    county, client = scene
    sent = answers(county.own, theme="", autosave="1", counts=None, declared=None)
    told = client.post(NEW, sent).json()
    assert told["version"] == 1
    again = client.post(told["address"], sent | {"theme": "想好了"}).json()
    assert again["version"] == 2
    assert StudySession.objects.get().theme == "想好了"


def test_a_draft_that_cannot_be_read_says_so(scene):
    county, client = scene
    answer = client.post(NEW, answers(county.own, date="三月", autosave="1"))
    assert answer.status_code == 422
    assert answer.json()["message"].startswith("尚未保存：")


def test_line_ends_of_a_browser_are_no_change(scene):
    county, client = scene
    session = make_draft(county.own, content="一\n二", problem_solved="三\n四")
    sent = answers(county.own, session.date, content="一\r\n二", problem_solved="三\r\n四")
    client.post(edit(session), sent)
    session.refresh_from_db()
    assert session.version == 1


def test_the_end_before_the_beginning_is_refused_at_its_field(scene):
    county, client = scene
    sent = answers(county.own, length="days", end_date="2020-01-01")
    answer = client.post(NEW, sent)
    assert answer.status_code == 422
    assert "结束日期不能早于学习时间" in answer.content.decode()


@pytest.mark.parametrize(
    ("sent", "end", "half_days"),
    [
        ({"length": "half"}, 4, 1),
        ({"length": "day"}, 4, 2),
        ({"length": "days", "end_date": "2026-03-06"}, 6, 6),
        ({"length": "days", "end_date": "2026-03-06", "half_days": "5"}, 6, 5),
    ],
)
def test_the_length_follows_from_the_choice(scene, sent, end, half_days):
    county, client = scene
    client.post(NEW, answers(county.own, **({"date": "2026-03-04"} | sent)))
    session = StudySession.objects.get()
    assert (session.end_date.day, session.half_days) == (end, half_days)


def test_a_return_is_shown_at_the_fields_it_names_and_then_submitted_again(scene):
    county, client = scene
    session = make_draft(county.own)
    for kind in ("submit", "return"):
        record_event(
            about=session,
            kind=ReviewEvent.Kind(kind),
            at=timezone.now(),
            reason="缺了两个人",
            fields=["attendance", "guests"],
        )
    page = client.get(edit(session)).content.decode()
    assert page.count("缺了两个人") == 3
    assert "请改正：出勤、其他参加人员。" in page
    sent = answers(county.own, written(county.own).day, version=session.version, then="submit")
    client.post(edit(session), sent)
    session.refresh_from_db()
    assert session.status == "submitted"


def test_a_topic_is_offered_and_linked(scene):
    county, client = scene
    today = timezone.localdate()
    topic = Topic.objects.create(
        name="全会精神", level="central", content_group=1, from_date=today, due=today
    )
    assert "全会精神" in client.get(NEW).content.decode()
    client.post(NEW, answers(county.own, topics=[topic.pk]))
    assert list(StudySession.objects.get().topics.all()) == [topic]


def test_units_beside_may_be_studied_with_and_get_their_drafts(scene):
    county, client = scene
    client.post(NEW, answers(county.own, joint_units=[county.sister.pk], then="submit"))
    draft = StudySession.objects.get(unit=county.sister)
    assert (draft.status, draft.theme) == ("draft", "学习宪法")


def test_a_partner_opens_its_draft_and_submits_its_own_attendance(scene):
    county, client = scene
    make_group(county.sister, ("周甲", "吴乙"))
    make_assignment(county["nobody"], Role.CLERK, county.sister)
    client.post(NEW, answers(county.own, joint_units=[county.sister.pk], then="submit"))
    partner = Client()
    partner.force_login(county["nobody"])
    address = edit(StudySession.objects.get(unit=county.sister))
    page = partner.get(address).content.decode()
    assert "这是联学的记录" in page
    assert "周甲" in page
    assert "赵一</span>" not in page
    partner.post(address, answers(county.sister, then="submit"))
    assert StudySession.objects.get(unit=county.sister).status == "submitted"


def test_what_must_stay_offline_is_not_kept(scene):
    county, client = scene
    sent = answers(county.own, is_offline_only="on", archive_place="保密柜", then="submit")
    assert client.post(NEW, sent).status_code == 302
    session = StudySession.objects.get()
    assert (session.theme, session.content, session.status) == ("", "", "submitted")


def test_a_submitted_record_is_withdrawn_and_a_draft_deleted(scene):
    county, client = scene
    client.post(NEW, answers(county.own, then="submit"))
    session = StudySession.objects.get()
    assert client.get(edit(session)).status_code == 403
    client.post(reverse("session_withdraw", kwargs={"pk": session.pk}))
    client.post(reverse("session_delete", kwargs={"pk": session.pk}))
    assert not StudySession.objects.exists()


def test_a_second_click_on_delete_is_told_calmly_and_only_to_who_deleted(scene):
    county, client = scene
    address = reverse("session_delete", kwargs={"pk": make_draft(county.own).pk})
    client.post(address)
    again = client.post(address, follow=True)
    assert (again.status_code, "草稿此前已经删除" in again.content.decode()) == (200, True)
    assert AuditEvent.objects.filter(action="session.delete").count() == 1
    colleague = make_user("colleague")
    make_assignment(colleague, Role.CLERK, county.own)
    client.force_login(colleague)
    assert client.post(address).status_code == 404


def test_a_click_long_after_the_deletion_finds_nothing(scene):
    county, client = scene
    address = reverse("session_delete", kwargs={"pk": make_draft(county.own).pk})
    with time_machine.travel(timezone.now() - timedelta(minutes=6), tick=False):
        client.post(address)
    assert client.post(address).status_code == 404


def test_an_outsider_neither_opens_nor_sends_a_record(scene):
    county, _client = scene
    session = make_draft(county.own)
    other = Client()
    other.force_login(county["auditor"])
    assert other.get(edit(session)).status_code == 403
    assert other.post(NEW, answers(county.own)).status_code == 403


def test_a_form_with_a_broken_token_is_a_record_all_the_same(scene):
    county, client = scene
    client.post(NEW, answers(county.own, token="x", version="x"))
    assert StudySession.objects.get().form_token is not None


@pytest.mark.parametrize("members", [1, 30])
def test_the_page_asks_the_database_twelve_times_at_most(
    scene, members, django_assert_max_num_queries
):
    county, client = scene
    for number in range(members):
        make_member(county.own, f"成员{number}")
    session = make_draft(county.own)
    for kind, reason in (("submit", ""), ("return", "缺人")):
        record_event(about=session, kind=ReviewEvent.Kind(kind), at=timezone.now(), reason=reason)
    with django_assert_max_num_queries(12):
        client.get(NEW)
    with django_assert_max_num_queries(12):
        client.get(edit(session))


@pytest.mark.parametrize("how", [{"then": "submit"}, {"autosave": "1"}])
def test_what_was_written_for_one_unit_is_not_kept_for_another(scene, how):
    county, client = scene
    other = make_assignment(county["clerk"], Role.CLERK, county.sister)
    first = Assignment.objects.get(user=county["clerk"], unit=county.own)
    client.post(f"/roles/{first.pk}/")
    assert 'name="for_unit" value="QS001"' in client.get(NEW).content.decode()
    client.post(f"/roles/{other.pk}/")
    sent = answers(county.own, for_unit="QS001", **how)
    answer = client.post(NEW, sent)
    assert (answer.status_code, "切换过身份" in answer.content.decode()) == (403, True)
    assert not StudySession.objects.exists()
    client.post(f"/roles/{first.pk}/")
    client.post(NEW, sent)
    assert StudySession.objects.get().unit == county.own
