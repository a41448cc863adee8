"""Make-ups entered, confirmed and taken back by other programs."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from tests.sessions.api.calling import errors
from tests.sessions.makeups.make import make_absence, make_day

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = TODAY - timedelta(days=10)
ENTERED = {"date": TODAY.isoformat(), "method": "materials"}


@pytest.fixture
def away(scene):
    """The clerk, the address of an absence, and its row."""
    row = make_absence(scene[0].own, DAY)
    return scene[1], f"/sessions/{row.session_id}/makeups/{row.member_id}", row


def test_it_is_entered_confirmed_and_taken_back_step_by_step(away):
    clerk, address, _row = away
    assert clerk.put(address, ENTERED).json()["makeup"]["confirmed_on"] is None
    said = {"on": TODAY.isoformat(), "confirmer": "测组长"}
    confirmed = clerk.post(f"{address}/confirm", said, **clerk.etag(address)).json()
    assert confirmed["makeup"]["confirmer"] == "测组长"
    assert clerk.delete(address).json()["makeup"]["confirmed_on"] is None
    assert clerk.delete(address).json()["makeup"] is None
    actions = AuditEvent.objects.filter(action__startswith="makeup.").order_by("pk")
    told = [each.action.removeprefix("makeup.") for each in actions]
    assert told == ["record", "confirm", "undo", "undo"]


def test_it_can_be_confirmed_at_once(away):
    clerk, address, _row = away
    made = clerk.put(address, ENTERED | {"confirmer": "测组长"}).json()["makeup"]
    assert (made["confirmed_on"], made["confirmer"]) == (TODAY.isoformat(), "测组长")


@pytest.mark.parametrize(
    "day", [DAY - timedelta(days=1), TODAY + timedelta(days=1)], ids=["before", "to come"]
)
def test_a_day_the_page_refuses_is_refused_in_its_words(away, day):
    clerk, address, row = away
    sent = {"made_on": day, "method": "materials"}
    page = clerk.client.post(reverse("makeup_record"), {"rows": [row.pk]} | sent)
    answer = clerk.put(address, ENTERED | {"date": day.isoformat()})
    assert (answer.status_code, answer.json()["detail"]) == (409, "".join(page.context["faults"]))


@pytest.mark.parametrize(
    ("typed", "sent", "field"),
    [
        ({"made_on": "2026-02-30"}, {"date": "2026-02-30"}, "date"),
        ({"made_on": ""}, {"date": None}, "date"),
        ({"method": "dream"}, {"method": "dream"}, "method"),
        ({"confirmer": "长" * 61}, {"confirmer": "长" * 61}, "confirmer"),
    ],
)
def test_a_bad_value_is_told_as_on_the_page(away, typed, sent, field):
    clerk, address, row = away
    given = {"rows": [row.pk], "made_on": TODAY, "method": "materials"} | typed
    page = clerk.client.post(reverse("makeup_record"), given)
    wanted = list(page.context["form"].errors[{"date": "made_on"}.get(field, field)])
    assert errors(clerk.put(address, ENTERED | sent)) == {field: wanted}


def test_a_second_entry_is_told_of_the_first(away):
    clerk, address, _row = away
    clerk.put(address, ENTERED)
    again = clerk.put(address, ENTERED)
    assert (again.status_code, "已由他人登记为" in again.json()["detail"]) == (409, True)


@pytest.mark.parametrize(
    ("status", "changes"),
    [("accepted", {"status": "present"}), ("draft", {}),
     ("accepted", {"status": "leave", "leave_kind": "maternity"})],
)  # fmt: skip
def test_who_owes_nothing_makes_nothing_up(scene, status, changes):
    county, clerk = scene
    row = make_absence(county.own, DAY, session=make_day(county.own, DAY, status), **changes)
    answer = clerk.put(f"/sessions/{row.session_id}/makeups/{row.member_id}", ENTERED)
    assert (answer.status_code, "不须补学" in answer.json()["detail"]) == (409, True)
