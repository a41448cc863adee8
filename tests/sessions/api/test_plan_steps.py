"""Plans handed in, taken back, filed and returned; items marked, all as the pages do it."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from sessions.models import AnnualPlan, Status
from tests.sessions.api.calling import caller_of, errors
from tests.sessions.plans.make import file_plan, link_session, make_plan
from tests.sessions.reviews.make import in_days

pytestmark = pytest.mark.django_db
DECLARED = {"declared": True}


def address(plan: AnnualPlan) -> str:
    return f"/plans/{plan.pk}"


def lines(*actions: str):
    rows = AuditEvent.objects.filter(action__in=actions).order_by("pk")
    return [(row.action, row.before, row.after) for row in rows]


def test_it_is_handed_in_filed_and_its_way_told(scene):
    county, clerk = scene
    at, auditor = address(make_plan(county.own)), caller_of(county["auditor"])
    assert clerk.step(f"{at}/submit", DECLARED).json()["status"] == "submitted"
    shown = auditor.step(f"{at}/file").json()
    assert (shown["status"], shown["version"]) == ("filed", 3)
    assert [event["kind"] for event in shown["events"]] == ["submit", "file"]


def test_everything_in_the_way_is_told_at_once_in_the_words_of_the_page(scene):
    county, clerk = scene
    plan = make_plan(county.own, approved_by="", approved_on=None)
    plan.items.all().delete()
    page = clerk.client.post(reverse("plan_submit", args=[plan.pk]))
    answer = clerk.step(f"{address(plan)}/submit")
    told = errors(answer)
    assert answer.status_code == 422
    assert told.pop("declared") == page.context["form"].errors["declared"]
    assert [each for [each] in told.values()] == page.context["faults"]
    assert sorted(told) == ["approved_by", "approved_on", "items"]


def test_the_trail_of_a_plan_is_that_of_the_pages(scene):
    county, clerk = scene
    plan, auditor = make_plan(county.own), caller_of(county["auditor"])
    at, due = address(plan), in_days(3)
    review = {"paper": "plan", "pk": plan.pk}
    clerk.step(f"{at}/submit", DECLARED)
    auditor.step(f"{at}/return", {"reason": "缺研讨", "fields": ["items"], "due": due})
    clerk.step(f"{at}/submit", DECLARED)
    clerk.step(f"{at}/withdraw")
    by_api = lines("plan.submit", "plan.withdraw", "review.return")
    AnnualPlan.objects.update(status=Status.DRAFT, version=1)
    clerk.client.post(reverse("plan_submit", args=[plan.pk]), {"declared": "on"})
    typed = {"version": "2", "words": "缺研讨", "fields_named": ["items"], "due": due}
    auditor.client.post(reverse("review_return", kwargs=review), typed)
    clerk.client.post(reverse("plan_submit", args=[plan.pk]), {"declared": "on"})
    clerk.client.post(reverse("plan_withdraw", args=[plan.pk]))
    both = lines("plan.submit", "plan.withdraw", "review.return")
    assert len(by_api) == 4
    assert both[4:] == by_api


def test_a_return_needs_a_reason_and_names_what_the_plan_has(scene):
    county, _clerk = scene
    plan, auditor = make_plan(county.own, status=Status.SUBMITTED), caller_of(county["auditor"])
    item = f"items.{plan.items.get().pk}"
    at = f"{address(plan)}/return"
    assert errors(auditor.step(at)) == {"reason": ["请勾选常用原因，或写明退回的原因。"]}
    assert list(errors(auditor.step(at, {"reason": "缺", "fields": ["theme"]}))) == ["fields"]
    shown = auditor.step(at, {"reason": "缺发言人", "fields": [item]}).json()
    assert (shown["status"], shown["returned"]["fields"]) == ("returned", [item])


def test_an_adjusted_plan_is_handed_in_again_and_keeps_its_way(scene):
    county, clerk = scene
    plan = file_plan(make_plan(county.own))
    refused = clerk.step(f"{address(plan)}/submit", DECLARED)
    assert (refused.status_code, refused.json()["detail"]) == (
        409, "计划备案后没有改动，不需要重新报送。",
    )  # fmt: skip
    clerk.patch(address(plan), {"basis": "县委安排"})
    shown = clerk.step(f"{address(plan)}/submit", DECLARED).json()
    assert [event["kind"] for event in shown["events"]] == ["submit", "file", "submit"]
    kept = clerk.step(f"{address(plan)}/withdraw")
    assert kept.json()["detail"].startswith("计划已经备案过，撤回会失去原报送日期。")


STEPS = {
    "submit": ("clerk", "plan_submit", {"declared": "on"}, DECLARED),
    "withdraw": ("clerk", "plan_withdraw", {}, {}),
    "file": ("auditor", "review_accept", {}, {}),
    "return": ("auditor", "review_return", {"words": "缺", "due": in_days(3)}, {"reason": "缺"}),
}


@pytest.mark.parametrize("status", [each for each in Status if each is not Status.ACCEPTED])
@pytest.mark.parametrize("step", STEPS)
def test_a_step_the_page_refuses_is_refused_in_its_words(scene, step, status):
    county, _clerk = scene
    who, route, typed, sent = STEPS[step]
    plan, caller = make_plan(county.own, status=status), caller_of(county[who])
    if who == "auditor" and status is Status.DRAFT:  # a draft is the unit's own affair
        assert caller.get(address(plan)).status_code == 404
        return
    answer = caller.step(f"{address(plan)}/{step}", sent)
    AnnualPlan.objects.update(status=status, version=1)
    keys = {"pk": plan.pk} | ({"paper": "plan"} if who == "auditor" else {})
    page = caller.client.post(reverse(route, kwargs=keys), typed | {"version": "1"}, follow=True)
    plan.refresh_from_db()
    assert (answer.status_code == 200) == (plan.version > 1)
    assert answer.status_code == 200 or answer.json()["detail"] in page.content.decode()


def test_only_an_open_plan_is_changed_and_from_the_version_that_was_read(scene):
    county, clerk = scene
    plan = make_plan(county.own)
    old = clerk.etag(address(plan))
    clerk.patch(address(plan), {"basis": "规则"})
    assert clerk.post(f"{address(plan)}/submit", DECLARED).status_code == 428
    assert clerk.post(f"{address(plan)}/submit", DECLARED, **old).status_code == 412
    clerk.step(f"{address(plan)}/submit", DECLARED)
    refused = clerk.patch(address(plan), {"basis": "安排"})
    assert (refused.status_code, refused.json()["detail"]) == (
        409, "当前状态为“已报送”，不能修改。",
    )  # fmt: skip


def test_an_item_is_marked_as_the_page_marks_it(scene):
    county, clerk = scene
    plan = make_plan(county.own, status=Status.SUBMITTED)
    item = plan.items.get()
    at = f"{address(plan)}/items/{item.pk}"
    assert clerk.get(at).json()["is_done"] is False
    shown = clerk.step(f"{at}/mark", {"done": True}).json()
    assert (shown["state"], shown["is_done"]) == ("done", True)
    assert clerk.step(f"{at}/mark", {"done": False}).json()["state"] == "planned"
    clerk.client.post(reverse("plan_item_mark", args=[item.pk]), {"done": "1"})
    done, _undone, by_page = lines("plan.mark")
    assert done == by_page
    assert clerk.get(f"/plans/{10**9}/items/{item.pk}").status_code == 404


def test_an_item_of_a_draft_is_not_marked_in_the_words_of_the_page(scene):
    county, clerk = scene
    plan = make_plan(county.own)
    answer = clerk.step(f"{address(plan)}/items/{plan.items.get().pk}/mark", {"done": True})
    assert (answer.status_code, answer.json()["detail"]) == (
        409, "计划还是草稿，报送后才能标记完成情况。",
    )  # fmt: skip


def test_sessions_are_counted_as_far_as_the_role_sees_them(scene):
    county, _clerk = scene
    plan = make_plan(county.own, status=Status.SUBMITTED)
    item = plan.items.get()
    link_session(item)
    link_session(item, Status.DRAFT)
    seen = {
        who: caller_of(county[who]).get(address(plan)).json()["items"][0]["sessions"]
        for who in ("clerk", "auditor")
    }
    assert seen == {"clerk": 2, "auditor": 1}
