"""Personal records and outcomes, kept by other programs as on the pages."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from sessions.models import Outcome, PersonalRecord, Status
from tests.reports.api.make import queries_of
from tests.sessions.api.calling import YESTERDAY, caller_of, entries, errors
from tests.sessions.evidence.make import make_session
from tests.sessions.recording.make import make_member
from units.models import RosterEntry

pytestmark = pytest.mark.django_db
DAY = YESTERDAY.isoformat()
TOMORROW = (timezone.localdate() + timedelta(days=1)).isoformat()
BOOKS = {"personal": "/personal-records", "outcome": "/outcomes"}
FULL = {"authors": "赵一、钱二", "level": "county", "outlet": "学习简报", "conversion": "制度",
        "kind": "leaders_remark", "by_principal": True}  # fmt: skip


def written(county, book: str, **changes: Any) -> dict[str, Any]:
    whose: dict[str, Any] = {"unit": county.own.code}
    if book == "personal":
        whose = {"member": entries(county.own)["赵一"]}
    kind = "reflection" if book == "personal" else "article"
    return {**whose, "kind": kind, "date": DAY, "title": "学宪法"} | changes


def typed(county, book: str, **changes: Any) -> dict[str, Any]:
    """The same on the form of the page."""
    sent = written(county, book) | changes
    whose = sent.pop("member", None)
    sent.pop("unit", None)
    person = RosterEntry.objects.filter(pk=whose).values_list("person", flat=True).first()
    posted = sent | ({"person": person} if book == "personal" else {})
    return {name: value for name, value in posted.items() if value is not None}


def made(caller, county, book: str, **changes: Any) -> str:
    answer = caller.post(BOOKS[book], written(county, book, **changes))
    assert answer.status_code == 201, answer.content.decode()
    return f"{BOOKS[book]}/{answer.json()['id']}"


def lines(book: str):
    rows = AuditEvent.objects.filter(action__startswith=f"{book}.").order_by("pk")
    return [(row.action, row.before, row.after) for row in rows]


@pytest.mark.parametrize("book", BOOKS)
def test_an_entry_is_kept_read_back_mended_and_deleted(scene, book):
    county, clerk = scene
    more = FULL if book == "outcome" else {}
    sent = written(county, book, **more)
    answer = clerk.post(BOOKS[book], sent)
    shown = answer.json()
    assert (answer.status_code, shown | sent) == (201, shown)
    address = f"{BOOKS[book]}/{shown['id']}"
    assert answer.headers["Location"] == f"/api/v1{address}"
    assert clerk.get(address).headers["ETag"] == answer.headers["ETag"]
    assert clerk.patch(address, {"title": "学党章"}).json() == shown | {"title": "学党章"}
    assert (clerk.delete(address).status_code, clerk.get(address).status_code) == (204, 404)


@pytest.mark.parametrize("book", BOOKS)
def test_the_trail_is_that_of_the_pages(scene, book):
    county, clerk = scene
    address = made(clerk, county, book)
    clerk.patch(address, {"title": "学党章"})
    clerk.delete(address)
    by_api = lines(book)
    clerk.client.post(reverse(f"{book}_new"), typed(county, book))
    entry = (PersonalRecord if book == "personal" else Outcome).objects.get()
    page = clerk.client.get(reverse(f"{book}_edit", args=[entry.pk]))
    changed = typed(county, book, title="学党章", seal=page.context["seal"])
    clerk.client.post(reverse(f"{book}_edit", args=[entry.pk]), changed)
    clerk.client.post(reverse(f"{book}_delete", args=[entry.pk]))
    assert len(by_api) == 3
    assert lines(book) == by_api * 2


@pytest.mark.parametrize("book", BOOKS)
def test_the_same_twice_is_kept_once(scene, book):
    county, clerk = scene
    first = made(clerk, county, book)
    again = clerk.post(BOOKS[book], written(county, book))
    assert (again.status_code, again.headers["Location"]) == (200, f"/api/v1{first}")
    assert len(lines(book)) == 1
    other = made(clerk, county, book, title="学党章")
    refused = clerk.patch(other, {"title": "学宪法"})
    assert (refused.status_code, errors(refused)) == (
        400, {"": ["已经登记过相同的一条，请修改日期或题目，或删除这一条。"]},
    )  # fmt: skip


BAD = [
    ({"date": TOMORROW}, "date"),
    ({"date": "2026-02-30"}, "date"),
    ({"date": None}, "date"),
    ({"kind": "novel"}, "kind"),
    ({"kind": None}, "kind"),
    ({"title": ""}, "title"),
    ({"title": "长" * 201}, "title"),
    ({"title": "机密★10年"}, "title"),
    ({"title": "学\x00法"}, "title"),
]


@pytest.mark.parametrize("book", BOOKS)
@pytest.mark.parametrize(("changes", "field"), BAD)
def test_what_the_page_refuses_is_refused_in_its_words(scene, book, changes, field):
    county, clerk = scene
    page = clerk.client.post(reverse(f"{book}_new"), typed(county, book, **changes))
    wanted = {field: list(page.context["form"].errors[field])}
    assert errors(clerk.post(BOOKS[book], written(county, book, **changes))) == wanted
    address = made(clerk, county, book)
    answer = clerk.patch(address, changes)
    assert (answer.status_code, errors(answer)) == (400, wanted)


def test_the_member_must_be_in_office_on_the_day_and_owe_attendance(scene):
    county, clerk = scene
    secretary = make_member(county.own, "李四", "secretary")
    early = clerk.post("/personal-records", written(county, "personal", date="2019-03-04"))
    assert errors(early) == {"date": ["赵一在这一天不在任，请核对日期，或先更新名册。"]}
    answer = clerk.post("/personal-records", written(county, "personal", member=secretary.pk))
    assert (answer.status_code, list(errors(answer))) == (400, ["member"])


def test_a_member_is_named_by_the_term_that_holds_on_the_day(scene):
    county, clerk = scene
    first = RosterEntry.objects.get(person__name="赵一")
    later = RosterEntry.objects.create(
        person=first.person, role="deputy", start_date=YESTERDAY, post="副局长"
    )
    RosterEntry.objects.filter(pk=first.pk).update(end_date=YESTERDAY)
    address = made(clerk, county, "personal", member=first.pk)
    assert clerk.get(address).json()["member"] == later.pk
    before = clerk.patch(address, {"date": "2026-03-04"}).json()
    assert (before["member"], before["name"]) == (first.pk, "赵一")
    assert clerk.get("/personal-records", member=later.pk).json()["count"] == 1


@pytest.mark.parametrize("book", BOOKS)
def test_only_sessions_the_page_offers_are_linked(scene, book):
    county, clerk = scene
    own = make_session(county.own, status=Status.SUBMITTED, date=YESTERDAY, end_date=YESTERDAY)
    old = make_session(county.own, status=Status.SUBMITTED, date=date(2020, 3, 4))
    foreign = make_session(county.sister, status=Status.SUBMITTED)
    address = made(clerk, county, book, session=own.pk)
    assert clerk.get(address).json()["session"] == own.pk
    assert clerk.patch(address, {"session": old.pk}).status_code == 400
    assert clerk.patch(address, {"session": foreign.pk}).status_code == 404
    assert clerk.patch(address, {"session": None}).json()["session"] is None


@pytest.mark.parametrize("book", BOOKS)
def test_units_of_one_county_do_not_see_each_others(scene, book):
    county, clerk = scene
    foreign = make_member(county.sister, "周五")
    values = {"kind": "reflection" if book == "personal" else "article", "date": DAY}
    if book == "personal":
        row: Any = PersonalRecord.objects.create(person=foreign.person, title="甲", **values)
    else:
        row = Outcome.objects.create(unit=county.sister, title="甲", **values)
    address = f"{BOOKS[book]}/{row.pk}"
    headers = {"If-Match": caller_of(county["auditor"]).get(address).headers["ETag"]}
    whose = {"member": foreign.pk} if book == "personal" else {"unit": "QS002"}
    answers = [
        clerk.get(address),
        clerk.get(BOOKS[book], unit="QS002"),
        clerk.post(BOOKS[book], written(county, book, **whose)),
        clerk.client.delete(f"/api/v1{address}", headers=headers),
    ]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert clerk.get(BOOKS[book]).json()["count"] == 0
    assert AuditEvent.objects.filter(action="access.foreign").count() == 4


def test_a_foreign_member_is_no_filter_and_no_new_author(scene):
    county, clerk = scene
    foreign = make_member(county.sister, "周五")
    assert clerk.get("/personal-records", member=foreign.pk).status_code == 404
    address = made(clerk, county, "personal")
    assert list(errors(clerk.patch(address, {"member": foreign.pk}))) == ["member"]


@pytest.mark.parametrize("book", BOOKS)
def test_a_version_is_asked_for_and_must_stand(scene, book):
    county, clerk = scene
    address = made(clerk, county, book)
    old = clerk.etag(address)
    clerk.patch(address, {"title": "学党章"})
    for headers, status in (({}, 428), (old, 412)):
        answer = clerk.client.delete(f"/api/v1{address}", headers=headers)
        assert answer.status_code == status


@pytest.mark.parametrize("book", BOOKS)
def test_a_list_is_narrowed_and_takes_as_many_queries_for_many(scene, book):
    county, clerk = scene
    made(clerk, county, book)
    few = queries_of(clerk.client, BOOKS[book][1:])
    for number in range(20):
        made(clerk, county, book, title=f"第{number}篇", date="2026-03-04")
    assert few == queries_of(clerk.client, BOOKS[book][1:]) <= 12
    other = "research" if book == "personal" else "award"
    for query, count in (
        ({"unit": "QS001"}, 21), ({"year": 2025}, 0), ({"kind": other}, 0), ({"year": 2026}, 21),
    ):  # fmt: skip
        assert clerk.get(BOOKS[book], **query).json()["count"] == count
    first = clerk.get(BOOKS[book], ordering="-title").json()["results"][0]
    assert first["title"] == "第9篇"
    assert clerk.get(BOOKS[book], year="二〇二六").status_code == 400
    assert clerk.get(BOOKS[book], title="学").status_code == 400
