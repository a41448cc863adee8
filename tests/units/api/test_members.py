"""Rosters read and kept by other programs."""

import pytest

from accounts.models import AuditEvent
from tests.sessions.api.calling import entries, errors
from tests.sessions.recording.make import make_member
from tests.sessions.reviews.make import make_session, submit
from units.models import Person

OFFICE = {"role": "member", "rank_order": 9, "start_date": "2026-03-01"}
NEW = {"unit": "QS001", "name": "周 己", **OFFICE}


def told(shown, *names):
    return tuple(shown[name] for name in names)


def entry_of(county, name):
    return f"/members/{entries(county.own)[name]}"


def trail():
    return list(
        AuditEvent.objects.filter(action__startswith="roster").values_list("action", flat=True)
    )


def test_a_member_is_added(clerk):
    answer = clerk.post("/members", {**NEW, "post": "副局长", "appointment_no": "青委〔2026〕1号"})
    shown = answer.json()
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/api/v1/members/{shown['id']}"
    assert told(shown, "unit", "name", "post", "end_date") == ("QS001", "周己", "副局长", None)
    assert AuditEvent.objects.get(action="roster.add").after["name"] == "周己"


def test_the_list_is_that_of_the_day_asked_for(clerk, county):
    make_member(county.own, "李四", start_date="2020-01-01", end_date="2021-01-01")
    for day, number in {"2020-12-31": 4, "2021-01-01": 3, "1990-01-01": 0}.items():
        assert clerk.get("/members", on=day, unit="QS001").json()["count"] == number
    assert clerk.get("/members", role="secretary").json()["count"] == 0
    assert [each["name"] for each in clerk.get("/members", name="李").json()["results"]] == ["李四"]
    assert clerk.get("/members", unit="QS002").status_code == 404
    assert clerk.get("/members", post="局长").status_code == 400


def test_a_list_costs_as_much_with_many_rows(clerk, county, queries):
    few = queries(clerk, "/members")
    for number in range(40):
        make_member(county.own, f"成员{number}")
    assert queries(clerk, "/members") == few


def test_a_name_that_is_known_is_asked_about(clerk, county):
    sent = {**NEW, "name": "赵一", "start_date": "2030-01-01"}
    answer = clerk.post("/members", sent)
    sentence = "名册中已有这个名字，请选择是同一个人还是同名的另一个人。"
    assert (answer.status_code, errors(answer)) == (400, {"person": [sentence]})
    assert clerk.post("/members", {**sent, "distinction": ""}).status_code == 400
    shown = clerk.post("/members", {**sent, "distinction": "1985年生"}).json()
    assert told(shown, "name", "distinction") == ("赵一", "1985年生")
    assert Person.objects.filter(unit=county.own, name="赵一").count() == 2


def test_somebody_who_comes_back_is_the_same_person(clerk, county):
    clerk.step(f"{entry_of(county, '赵一')}/end", {"on": "2026-03-01"})
    person = Person.objects.get(unit=county.own, name="赵一")
    sent = {**NEW, "name": "赵一", "person": person.pk, "start_date": "2026-06-01"}
    assert clerk.post("/members", sent).json()["person"] == person.pk
    assert person.entries.count() == 2
    stranger = Person.objects.get(unit=county.own, name="钱二").pk
    assert list(errors(clerk.post("/members", {**sent, "person": stranger}))) == ["person"]


def test_people_of_other_units_are_absent(clerk, county):
    foreign = make_member(county.sister, "邻某")
    for pk in (foreign.person_id, 10**9):
        assert clerk.post("/members", {**NEW, "name": "邻某", "person": pk}).status_code == 404
    assert clerk.post("/members", {**NEW, "unit": "QS002"}).status_code == 404
    assert clerk.get(f"/members/{foreign.pk}").status_code == 404


def test_the_same_entry_sent_twice_is_there_once(clerk):
    first, second = (clerk.post("/members", NEW) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert trail() == ["roster.add"]


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"name": "周己、吴庚"}, "name", "一格里有几个名字，请每人单独填写。"),
        ({"name": "a\0b"}, "name", ""),
        ({"role": "chief"}, "role", ""),
        ({"rank_order": 10**40}, "rank_order", ""),
        ({"rank_order": 1.5}, "rank_order", "这里应填整数。"),
        ({"rank_order": None}, "rank_order", ""),
        ({"start_date": "2026-02-30"}, "start_date", ""),
        ({"start_date": None}, "start_date", ""),
        ({"end_date": "2026-03-01"}, "end_date", "任职止须晚于任职起（2026-03-01）。"),
        ({"post": "长" * 101}, "post", ""),
        ({"salary": 1}, "salary", ""),
    ],
)
def test_what_the_page_refuses_is_refused_in_its_words(clerk, changes, field, sentence):
    answer = clerk.post("/members", NEW | changes)
    assert (answer.status_code, list(errors(answer))) == (400, [field])
    assert sentence in errors(answer)[field][0]
    assert not trail()


def test_a_term_ends(clerk, county):
    address = entry_of(county, "赵一")
    shown = clerk.step(f"{address}/end", {"on": "2026-03-01", "document_no": "青任3号"}).json()
    assert told(shown, "end_date", "note") == ("2026-03-01", "免职文号：青任3号")
    line = AuditEvent.objects.get(action="roster.end")
    assert (line.before["end_date"], line.after["end_date"]) == (None, "2026-03-01")
    early = clerk.step(f"{address}/end", {"on": "1900-01-01"})
    assert (early.status_code, list(errors(early))) == (400, ["on"])
    assert list(errors(clerk.step(f"{address}/end"))) == ["on"]


def test_another_office_begins_where_the_old_one_ends(clerk, county):
    address = entry_of(county, "钱二")
    old = clerk.get(address).json()
    answer = clerk.step(f"{address}/change-office", {"start_date": "2026-03-01", "role": "deputy"})
    shown = answer.json()
    assert (answer.status_code, shown["id"] != old["id"]) == (201, True)
    assert told(shown, "person", "role", "post") == (old["person"], "deputy", old["post"])
    assert clerk.get(address).json()["end_date"] == "2026-03-01"
    assert trail() == ["roster.change"]


def test_an_entry_and_its_person_are_put_right_together(clerk, county):
    sent = {"post": "副局长", "name": "钱贰", "portfolio": "分管财务"}
    shown = clerk.patch(entry_of(county, "钱二"), sent).json()
    assert told(shown, "name", "post", "portfolio") == ("钱贰", "副局长", "分管财务")
    assert trail() == ["roster.person", "roster.correct"]


def test_a_name_that_another_bears_needs_a_distinction(clerk, county):
    answer = clerk.patch(entry_of(county, "钱二"), {"name": "赵一"})
    assert errors(answer) == {"distinction": ["本单位已有“赵一”，请填写不同的同名区分。"]}


def test_an_entry_that_never_was_is_removed(clerk, county):
    address = entry_of(county, "钱二")
    assert clerk.delete(address).status_code == 204
    assert not Person.objects.filter(unit=county.own, name="钱二").exists()
    assert AuditEvent.objects.get(action="roster.remove").before["name"] == "钱二"
    assert clerk.get(address).status_code == 404


def test_who_read_another_version_changes_nothing(clerk, county):
    address = entry_of(county, "钱二")
    read = clerk.etag(address)
    clerk.patch(address, {"post": "副局长"})
    assert clerk.post(f"{address}/end", {"on": "2026-03-01"}, **read).status_code == 412
    assert clerk.post(f"{address}/end", {"on": "2026-03-01"}).status_code == 428


def test_a_change_asks_what_it_touches_and_is_made_once_agreed(clerk, county):
    submit(make_session(county.own))
    address, sent = entry_of(county, "钱二"), {"on": "2021-01-01"}
    asked = clerk.step(f"{address}/end", sent)
    body = asked.json()
    assert (asked.status_code, body["type"]) == (422, "urn:problem:not-ready")
    assert body["detail"].startswith("这一变动早于已登记的学习，以下 1 次学习的应到成员会不同。")
    assert [each["code"] for each in body["errors"]] == ["touched"]
    assert body["errors"][0]["message"].endswith("不再应到 钱二")
    assert clerk.step(f"{address}/end", sent | {"confirmed": "else"}).status_code == 422
    agreed = clerk.step(f"{address}/end", sent | {"confirmed": body["confirm"]})
    assert (agreed.status_code, agreed.json()["end_date"]) == (200, "2021-01-01")
    assert trail() == ["roster.end"]


def test_what_attended_is_not_removed(clerk, county):
    submit(make_session(county.own))
    answer = clerk.delete(entry_of(county, "钱二"))
    sentence = "这段任期已有出勤或发言记录，不能删除；请更正起止日期。"
    assert (answer.status_code, answer.json()["detail"]) == (409, sentence)


def test_a_removal_is_agreed_to_in_the_address(clerk, county):
    submit(make_session(county.own))
    added = clerk.post("/members", {**NEW, "start_date": "2020-01-01"})
    assert added.status_code == 422
    agreed = {**NEW, "start_date": "2020-01-01", "confirmed": added.json()["confirm"]}
    address = f"/members/{clerk.post('/members', agreed).json()['id']}"
    asked = clerk.delete(address)
    assert asked.status_code == 422
    gone = clerk.client.delete(
        f"/api/v1{address}?confirmed={asked.json()['confirm']}", headers=clerk.etag(address)
    )
    assert gone.status_code == 204
