"""The department's pages and the unit's: who sees what, and what they do about it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent
from reports.models import Hint, HintSearch, HintSide
from tests.portal.county import make_county
from tests.reports.compliance.make import browser_of
from tests.reports.hints.make import TEXT, find, make_file
from tests.reports.records import make_entry, make_session

pytestmark = pytest.mark.django_db
DAY = "2026-03-04"
CANARY = "乙局金丝雀"
OF_OTHERS = (CANARY, "QS002", "乙局", "请假")


@pytest.fixture
def county():
    """甲局 and 乙局 share a file, a text and a name; each has a secret of its own."""
    county = make_county()
    for unit, mark, status in ((county.own, "甲", "present"), (county.sister, CANARY, "leave")):
        make_entry(unit, "测甲〇〇七", role="leader")
        session = make_session(unit, DAY, theme=mark, content=TEXT + mark, statuses=[status])
        make_file(session, name=f"{mark}.docx")
    make_session(county.own, "2026-03-07")  # a Saturday
    assert len(find()) == 4
    return county


def page(county, who, name, *args, **query) -> str:
    answer = browser_of(county, who).get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def side_of(unit, kind) -> HintSide:
    return HintSide.objects.get(unit=unit, hint__kind=kind)


def test_the_department_sees_both_records_and_texts_side_by_side(county):
    hint = Hint.objects.get(kind="similar_text")
    shown = page(county, "auditor", "hint", hint.pk)
    assert shown.count("<mark>") == 2
    assert "青石县甲局" in shown
    assert CANARY in shown
    assert "供核对，不作结论" in shown
    for session in hint.sides.values_list("facts__sessions", flat=True):
        assert reverse("session_detail", args=session) in shown


def test_who_was_on_leave_and_which_file_it_is(county):
    of_people = Hint.objects.get(kind="leave_and_present")
    shown = page(county, "auditor", "hint", of_people.pk)
    assert "测甲〇〇七 出席" in shown
    assert "测甲〇〇七 请假" in shown
    of_files = Hint.objects.get(kind="same_file")
    assert f"会议记录：{CANARY}.docx" in page(county, "auditor", "hint", of_files.pk)


@pytest.mark.parametrize("kind", ["same_file", "similar_text", "leave_and_present"])
@pytest.mark.parametrize("who", ["clerk", "approver"])
def test_a_unit_sees_nothing_of_the_other(county, kind, who):
    shown = page(county, who, "own_hint_list")
    shown += page(county, who, "own_hint", side_of(county.own, kind).pk)
    assert "另一单位" in shown
    assert not [word for word in OF_OTHERS if word in shown]
    foreign = side_of(county.sister, kind).pk
    assert browser_of(county, who).get(reverse("own_hint", args=[foreign])).status_code == 404
    assert browser_of(county, who).get(reverse("hint_list")).status_code == 403


def test_leaders_and_administrators_see_no_hint(county):
    pk = Hint.objects.all()[0].pk
    for who in ("county_leader", "system_admin", "security_admin", "security_auditor"):
        browser = browser_of(county, who)
        for address in (reverse("hint_list"), reverse("hint", args=[pk]), reverse("own_hint_list")):
            assert browser.get(address).status_code == 403


def test_the_unit_explains_and_the_department_reads_it(county):
    side = side_of(county.own, "rest_day")
    address = reverse("own_hint", args=[side.pk])
    clerk = browser_of(county, "clerk")
    clerk.post(address, {"version": 1, "explanation": "周六安排，周一补休"})
    assert "周六安排，周一补休" in page(county, "approver", "own_hint", side.pk)
    assert "周六安排，周一补休" in page(county, "auditor", "hint", side.hint_id)
    assert Hint.objects.get(pk=side.hint_id).state == "explained"
    (line,) = AuditEvent.objects.filter(action="hint.explain")
    assert line.after == {"explanation": "周六安排，周一补休"}
    assert clerk.post(address, {"version": 2, "explanation": "见机密★10年"}).status_code == 400
    assert clerk.post(address, {"version": 2, "explanation": ""}).status_code == 400


def test_of_two_explanations_none_is_lost(county):
    side = side_of(county.own, "rest_day")
    address = reverse("own_hint", args=[side.pk])
    clerk = browser_of(county, "clerk")
    clerk.post(address, {"version": 1, "explanation": "先写的"})
    answer = clerk.post(address, {"version": 1, "explanation": "后写的"})
    assert answer.status_code == 409
    assert all(text in answer.content.decode() for text in ("先写的", "后写的"))
    side.refresh_from_db()
    assert side.explanation == "先写的"
    version = answer.context["form"]["version"].value()
    clerk.post(address, {"version": version, "explanation": "后写的"})
    side.refresh_from_db()
    assert side.explanation == "后写的"


def test_a_dismissed_one_keeps_its_note_from_the_unit_and_is_closed(county):
    side = side_of(county.own, "same_file")
    address = reverse("hint_dismiss", args=[side.hint_id])
    auditor = browser_of(county, "auditor")
    assert auditor.post(address, {"version": 1, "note": ""}).status_code == 400
    for _ in range(2):
        auditor.post(address, {"version": 1, "note": "与乙局核实"})
    assert AuditEvent.objects.filter(action="hint.dismiss").count() == 1
    assert "与乙局核实" in page(county, "auditor", "hint", side.hint_id)
    assert "与乙局核实" not in page(county, "clerk", "own_hint", side.pk)
    body = {"version": 1, "explanation": "晚了"}
    answer = browser_of(county, "clerk").post(reverse("own_hint", args=[side.pk]), body)
    assert answer.status_code == 302
    assert HintSide.objects.filter(explanation="晚了").count() == 0


def test_what_changed_since_is_looked_at_again(county):
    side = side_of(county.own, "same_file")
    body = {"version": 1, "explanation": "刚写的说明"}
    browser_of(county, "clerk").post(reverse("own_hint", args=[side.pk]), body)
    address = reverse("hint_dismiss", args=[side.hint_id])
    answer = browser_of(county, "auditor").post(address, {"version": 1, "note": "核实"})
    assert answer.status_code == 409
    assert all(text in answer.content.decode() for text in ("刚写的说明", "核实</textarea>"))


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ({}, 4),
        ({"state": "", "kind": "rest_day"}, 1),
        ({"state": "", "q": "甲局"}, 4),
        ({"state": "", "q": "QS002"}, 3),
        ({"state": "", "q": "丙局"}, 0),
        ({"state": "dismissed"}, 0),
        ({"state": "x"}, 4),
    ],
)
def test_the_list_is_filtered(county, query, number):
    answer = browser_of(county, "department_admin").get(reverse("hint_list"), query)
    assert len(answer.context["lines"]) == number


def test_pressed_twice_one_search_waits(county):
    auditor = browser_of(county, "auditor")
    for _ in range(2):
        auditor.post(reverse("hint_search"))
    assert HintSearch.objects.filter(is_done=False).count() == 1
    assert "正在查找…" in page(county, "auditor", "hint_list")


def test_the_home_of_the_unit_names_what_may_be_explained(county):
    home = browser_of(county, "clerk").get("/").content.decode()
    assert "提示线索，可作说明（4）" in home
    assert not [word for word in OF_OTHERS if word in home]
    HintSide.objects.update(explanation="说明", explained_at="2026-06-30T10:00:00+08:00")
    assert "可作说明（" not in browser_of(county, "clerk").get("/").content.decode()


def test_pages_cost_the_same_for_many(county):
    def costs() -> list[int]:
        found = []
        addresses = [
            ("auditor", reverse("hint_list")),
            ("auditor", reverse("hint", args=[Hint.objects.get(kind="similar_text").pk])),
            ("auditor", reverse("hint", args=[Hint.objects.get(kind="same_file").pk])),
            ("clerk", reverse("own_hint_list")),
            ("clerk", reverse("own_hint", args=[side_of(county.own, "same_file").pk])),
            ("clerk", "/"),
        ]
        for who, address in addresses:
            browser = browser_of(county, who)
            with CaptureQueriesContext(connection) as queries:
                browser.get(address)
            found.append(len(queries))
        return found

    few = costs()
    for day in range(9, 14):
        for unit in (county.own, county.sister):
            make_file(make_session(unit, f"2026-03-{day:02}", content=TEXT))
    find()
    assert costs() == few
    assert max(few[:-1]) <= 12  # the home has a count of its own
