"""What the page refuses the API refuses in the same words, one by one and many at once."""

from typing import Any

import pytest
from django.urls import reverse

from sessions.models import Status, StudySession
from tests.sessions.api.calling import (
    CONFIRMED,
    YESTERDAY,
    body,
    caller_of,
    entries,
    errors,
    made,
)
from tests.sessions.pages.make import answers
from tests.sessions.reviews.make import in_days

pytestmark = pytest.mark.django_db

# What a clerk types, what a program sends, the field as each calls it.
Bad = tuple[dict[str, Any], dict[str, Any], str, str]
TOO_LONG = {"archive_place": "长" * 201}
BAD: list[Bad] = [
    ({"date": None}, {"date": None}, "date", "date"),
    ({"date": "2026-02-30"}, {"date": "2026-02-30"}, "date", "date"),
    ({"date": "1926-03-04"}, {"date": "1926-03-04"}, "date", "date"),
    ({"form": None}, {"form": None}, "form", "form"),
    ({"form": "party"}, {"form": "party"}, "form", "form"),
    ({"scope": "world"}, {"scope": "world"}, "scope", "scope"),
    ({"theme": "长" * 201}, {"theme": "长" * 201}, "theme", "theme"),
    ({"place": "长" * 101}, {"place": "长" * 101}, "place", "place"),
    ({"chair": "长" * 61}, {"chair": "长" * 61}, "chair", "chair"),
    ({"theme": "学\x00习"}, {"theme": "学\x00习"}, "theme", "theme"),
    (TOO_LONG, TOO_LONG, "archive_place", "archive_place"),
    (
        {"length": "days", "end_date": "2020-01-01"},
        {"end_date": "2020-01-01"},
        "end_date",
        "end_date",
    ),
    (
        {"length": "days", "end_date": YESTERDAY.isoformat(), "half_days": "0"},
        {"half_days": 0},
        "half_days",
        "half_days",
    ),
    ({"length": "days", "half_days": "401"}, {"half_days": 401}, "half_days", "half_days"),
    (
        {"guests_attending": "-1"},
        {"guests": {"attending": -1}},
        "guests_attending",
        "guests.attending",
    ),
]
IDS = [f"{field}-{place}" for place, (_typed, _sent, _page, field) in enumerate(BAD)]


def page_says(client: Any, typed: dict[str, Any], field: str) -> list[str]:
    response = client.post(reverse("session_new"), typed)
    assert response.status_code == 422
    return list(response.context["form"].errors[field])


@pytest.mark.parametrize(("typed", "sent", "page", "field"), BAD, ids=IDS)
def test_a_bad_value_is_told_alike_at_every_entrance(scene, typed, sent, page, field):
    county, clerk = scene
    wanted = page_says(clerk.client, answers(county.own, YESTERDAY, **typed), page)
    one = body(county.own, **sent)
    many = {"sessions": [body(county.own), one]}
    assert wanted
    assert errors(clerk.post("/sessions", one)) == {field: wanted}
    assert errors(clerk.post("/sessions/bulk", many)) == {f"1.{field}": wanted}
    assert not StudySession.objects.exists()


def page_finds(client: Any, typed: dict[str, Any]) -> list[str]:
    response = client.post(reverse("session_new"), typed | {"then": "submit"})
    assert response.status_code == 422
    return [finding.text for finding in response.context["reading"].findings]


UNREADY: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"theme": ""}, {"theme": ""}),
    ({"place": "", "chair": "", "content": ""}, {"place": "", "chair": "", "content": ""}),
    ({"is_offline_only": "on"}, {"is_offline_only": True}),
    ({"date": "2090-03-04"}, {"date": "2090-03-04"}),
    ({"form": "discussion"}, {"form": "discussion"}),
    ({"content": "机密★10年"}, {"content": "机密★10年"}),
]


@pytest.mark.parametrize(("typed", "sent"), UNREADY)
def test_what_is_not_ready_is_told_alike_at_every_entrance(scene, typed, sent):
    county, clerk = scene
    wanted = page_finds(clerk.client, answers(county.own, YESTERDAY, **typed))
    StudySession.objects.all().delete()
    one = body(county.own, **sent)
    answer = clerk.post("/sessions", one)
    if answer.status_code == 201:
        answer = clerk.step(f"/sessions/{answer.json()['id']}/submit", CONFIRMED)
    StudySession.objects.all().delete()
    batch = {"sessions": [one | {"counts": CONFIRMED["counts"]}], "submit": True, "declared": True}
    many = clerk.post("/sessions/bulk", batch)
    assert (answer.status_code, many.status_code) == (422, 422)
    assert [each["message"] for each in answer.json()["errors"]] == wanted
    assert [each["message"] for each in many.json()["errors"]] == wanted


STEPS = {
    "withdraw": ("clerk", "session_withdraw", {}),
    "accept": ("auditor", "review_accept", {}),
    "return": ("auditor", "review_return", {"words": "缺会议记录", "due": in_days(3)}),
    "delete": ("clerk", "session_delete", {}),
}


@pytest.mark.parametrize("status", [each for each in Status if each is not Status.FILED])
@pytest.mark.parametrize("step", STEPS)
def test_a_step_the_page_refuses_is_refused_in_its_words(scene, step, status):
    county, clerk = scene
    who, route, typed = STEPS[step]
    address, caller = made(clerk, county.own), caller_of(county[who])
    session = StudySession.objects.get()
    StudySession.objects.update(status=status)
    read = caller.get(address)
    if read.status_code == 404:  # a draft is the unit's own affair
        return
    keys = {"pk": session.pk} | ({"paper": "session"} if who == "auditor" else {})
    sent = {"reason": "缺会议记录"} if step == "return" else {}
    answer = caller.delete(address) if step == "delete" else caller.step(f"{address}/{step}", sent)
    StudySession.objects.filter(pk=session.pk).update(status=status)
    told = page_answers(caller.client, reverse(route, kwargs=keys), typed)
    if answer.status_code == 409:
        assert answer.json()["detail"] in told
    else:
        assert answer.status_code in (200, 204)


def page_answers(client: Any, address: str, typed: dict[str, Any]) -> str:
    version = {"version": str(StudySession.objects.values_list("version", flat=True).first() or 0)}
    response = client.post(address, version | typed, follow=True)
    return str(response.content.decode())


def test_a_leave_without_a_kind_is_told_in_the_words_of_the_checks(scene):
    county, clerk = scene
    rows = [{"member": entries(county.own)["钱二"], "status": "leave"}]
    sent = {"sessions": [body(county.own, attendance=rows, others="present")]}
    assert errors(clerk.post("/sessions/bulk", sent)) == {
        "0.attendance.0.leave_kind": ["请选择钱二的请假类别。"]
    }
