"""A unit's own scores, the department's check, exceptions, explanations."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from accounts.models import AuditEvent
from reports.models import AssessmentScore
from tests.portal.county import make_county
from tests.reports.assessments.make import browser_of, make_published, make_scheme, make_sheet

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-12-20 10:00+08:00", tick=False):
        yield


@pytest.fixture
def county():
    return make_county()


@pytest.fixture
def scheme(county):
    return make_scheme(county.root)


@pytest.fixture
def clerk(county):
    return browser_of(county, "clerk")


@pytest.fixture
def auditor(county):
    return browser_of(county, "auditor")


def at(name, sheet, *more) -> str:
    return reverse(f"assessment_{name}", args=[sheet.pk, *more])


def said(answer) -> str:
    return str(answer.content.decode())


def judged(sheet):
    """The item that people judge, for the names of its fields."""
    return sheet.scheme.items.get(kind="judgement").pk


def own(sheet, **changes):
    item = judged(sheet)
    body = {f"score_{item}": "3.5", f"reason_{item}": "缺一次研讨", "version": 1, "do": "hand_in"}
    return body | {name.replace("ITEM", str(item)): value for name, value in changes.items()}


def kinds(sheet) -> list[str]:
    return list(sheet.events.values_list("kind", flat=True))


def test_the_clerk_saves_and_hands_in_and_the_data_are_kept_too(clerk, county, scheme):
    sheet = make_sheet(county.own, scheme=scheme)
    page = f"http://testserver{reverse('session_list')}?year=2026"
    body = own(sheet, link_ITEM=page, evidence_ITEM="研讨记录，存办公室")
    clerk.post(at("self", sheet), body | {"do": "save"})
    sheet.refresh_from_db()
    assert (sheet.status, sheet.version, kinds(sheet)) == ("draft", 2, [])
    clerk.post(at("self", sheet), body | {"version": 2})
    sheet.refresh_from_db()
    assert (sheet.status, kinds(sheet)) == ("handed_in", ["hand_in"])
    score = AssessmentScore.objects.get(item=judged(sheet))
    assert (str(score.self_score), score.self_link) == (
        "3.50",
        f"{reverse('session_list')}?year=2026",
    )
    trail = AuditEvent.objects.filter(action="assessment.self")
    assert trail.count() == 2
    assert clerk.get(at("self", sheet)).status_code == 403  # in this state nobody opens it


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"score_ITEM": ""}, "score"),
        ({"score_ITEM": "4.01"}, "score"),
        ({"score_ITEM": "-1"}, "score"),
        ({"score_ITEM": "3.333"}, "score"),
        ({"score_ITEM": "1e99"}, "score"),
        ({"reason_ITEM": ""}, "reason"),
        ({"reason_ITEM": "获县领导批示"}, "reason"),
        ({"evidence_ITEM": "现场照片"}, "evidence"),
        ({"link_ITEM": "https://elsewhere.example/sessions/"}, "link"),
        ({"link_ITEM": "//elsewhere.example/sessions/"}, "link"),
        ({"link_ITEM": "javascript:alert(1)"}, "link"),
        ({"link_ITEM": "/no/such/page/"}, "link"),
    ],
)
def test_a_fault_of_the_clerk_is_told_at_the_field(clerk, county, scheme, changes, field):
    sheet = make_sheet(county.own, scheme=scheme)
    answer = clerk.post(at("self", sheet), own(sheet, **changes))
    assert (answer.status_code, list(answer.context["form"].errors)) == (
        400, [f"{field}_{judged(sheet)}"],
    )  # fmt: skip
    sheet.refresh_from_db()
    assert sheet.status == "draft"


def test_after_the_last_day_nothing_is_taken_until_it_is_given_back(clerk, auditor, county):
    scheme = make_scheme(county.root, self_due="2026-12-19")
    sheet = make_sheet(county.own, scheme=scheme)
    assert "截止" in said(clerk.post(at("self", sheet), own(sheet)))
    auditor.post(at("return", sheet), {"reason": "补报", "due": "2026-12-22", "version": 1})
    clerk.post(at("self", sheet), own(sheet, version=2))
    sheet.refresh_from_db()
    assert (sheet.status, kinds(sheet)) == ("handed_in", ["return", "hand_in"])


def test_of_two_who_write_the_second_sees_both(clerk, county, scheme):
    sheet = make_sheet(county.own, scheme=scheme)
    clerk.post(at("self", sheet), own(sheet, do="save"))
    answer = clerk.post(at("self", sheet), own(sheet, score_ITEM="2", do="save"))
    assert answer.status_code == 409
    assert [(one.mine, one.theirs) for one in answer.context["differing"]] == [("2", "3.50")]


def test_the_unit_sees_the_check_only_once_it_is_finished(clerk, auditor, county, scheme):
    sheet = make_sheet(county.own, "handed_in", scheme)
    item = judged(sheet)
    body = {f"score_{item}": "3", f"reason_{item}": "研讨不深", "version": 1}
    auditor.post(at("check", sheet), body | {"do": "save"})
    assert "研讨不深" not in said(clerk.get(at("sheet", sheet)))
    auditor.post(at("check", sheet), body | {"do": "finish", "version": 2})
    page = clerk.get(at("sheet", sheet))
    assert "研讨不深" in said(page)
    printed = page.context["printed"]
    assert (printed.score, printed.possible, printed.rate) == ("7", "10", "70.00%")
    assert printed.grade == "一般"


def test_the_check_waits_for_the_unit_and_wants_every_score(auditor, county, scheme):
    sheet = make_sheet(county.own, scheme=scheme)
    item = judged(sheet)
    answer = auditor.post(at("check", sheet), {f"score_{item}": "4", "version": 1, "do": "finish"})
    assert "单位还在自查" in said(answer)
    late = make_sheet(county.sister, "handed_in", scheme)
    for score, field in (("", "score"), ("3", "reason")):
        body = {f"score_{item}": score, "version": 1, "do": "finish"}
        answer = auditor.post(at("check", late), body)
        assert list(answer.context["form"].errors) == [f"{field}_{item}"]


def test_an_item_that_does_not_apply_leaves_the_total(auditor, county, scheme):
    sheet = make_sheet(county.own, "handed_in", scheme)
    item = judged(sheet)
    body = {f"is_excused_{item}": "on", "version": 1, "do": "finish"}
    assert auditor.post(at("check", sheet), body).status_code == 400  # why not?
    auditor.post(at("check", sheet), body | {f"reason_{item}": "本年新组建"})
    printed = auditor.get(at("sheet", sheet)).context["printed"]
    assert (printed.score, printed.possible, printed.points) == ("4", "6", "10")
    assert [line.content for line in printed.left_out] == ["研讨联系实际"]


def test_data_are_changed_by_exception_alone_with_a_reason(auditor, clerk, county, scheme):
    sheet = make_sheet(county.own, "checked", scheme)
    data = scheme.items.get(kind="data")
    address = at("adjust", sheet, data.pk)
    assert auditor.post(address, {"score": "6", "version": 1}).status_code == 400
    assert (
        auditor.post(address, {"score": "6.5", "reason": "防汛", "version": 1}).status_code == 400
    )
    auditor.post(address, {"score": "6", "reason": "防汛", "version": 1})
    page = said(clerk.get(at("sheet", sheet)))
    assert "系统核算 4，改为 6。理由：防汛" in page
    assert AuditEvent.objects.filter(action="assessment.adjust").count() == 1
    auditor.post(address, {"score": "", "reason": "", "version": 2})
    assert auditor.get(at("sheet", sheet)).context["printed"].score == "7.5"
    assert kinds(sheet) == ["adjust", "adjust"]
    judgement = at("adjust", sheet, judged(sheet))
    assert auditor.get(judgement).status_code == 404


def test_what_is_posted_for_data_beside_the_form_is_not_heard(auditor, clerk, county, scheme):
    sheet = make_sheet(county.own, scheme=scheme)
    data = scheme.items.get(kind="data").pk
    clerk.post(at("self", sheet), own(sheet) | {f"score_{data}": "6", f"adjusted_{data}": "6"})
    body = {f"score_{data}": "6", f"score_{judged(sheet)}": "4", "version": 2, "do": "finish"}
    auditor.post(at("check", sheet), body)
    score = AssessmentScore.objects.get(sheet=sheet, item=data)
    assert (score.score, score.adjusted) == (None, None)


def test_an_explanation_is_answered(clerk, auditor, county, scheme):
    sheet = make_sheet(county.own, "checked", scheme)
    clerk.post(at("explain", sheet), {"text": "二月防汛", "version": 1})
    again = clerk.post(at("explain", sheet), {"text": "再说一次", "version": 2})
    assert "还没有答复" in said(again)
    assert "二月防汛" in said(auditor.get(at("reply", sheet)))
    auditor.post(at("reply", sheet), {"text": "已核对，维持", "version": 2})
    assert "已核对，维持" in said(clerk.get(at("sheet", sheet)))
    assert kinds(sheet) == ["object", "reply"]


def test_the_reasons_lead_to_the_obligations(clerk, county, scheme):
    sheet = make_sheet(county.own, scheme=scheme)
    reasons = clerk.get(at("sheet", sheet)).context["printed"].lines[0].reasons
    link = reverse("unit_compliance", args=["QS001"])
    assert [(one.text, one.amount) for one in reasons] == [("2月未达标", "−2")]
    assert reasons[0].address == f"{link}?as_of=2026-12-20#duty-monthly_sessions-2026-02"


@pytest.mark.parametrize(
    ("day", "asked"),
    [("2026-12-31", "as_of=2026-12-31"), ("2027-01-31", "as_of=2027-01-31&last_year=on")],
)
def test_what_was_settled_in_january_is_shown_as_of_then(clerk, county, scheme, day, asked):
    settled = dt.date.fromisoformat(day)
    sheet = make_sheet(county.own, scheme=scheme, as_of=dt.date(2026, 12, 31), open_as_of=settled)
    reasons = clerk.get(at("sheet", sheet)).context["printed"].lines[0].reasons
    assert f"?{asked}#duty-monthly_sessions-2026-02" in reasons[0].address


def test_of_another_unit_there_is_nothing(clerk, county, scheme):
    sheet = make_sheet(county.sister, "checked", scheme)
    for name in ("sheet", "sheet_file", "self", "explain"):
        assert clerk.get(at(name, sheet)).status_code == 404
    assert clerk.post(at("self", sheet), own(sheet)).status_code == 404
    assert clerk.get(reverse("assessment_list")).context["sheets"] == []


def test_published_nothing_is_changed(auditor, clerk, county, scheme):
    sheet = make_sheet(county.own, "checked", scheme)
    make_published(sheet, county["auditor"])
    data = scheme.items.get(kind="data").pk
    bodies = {
        at("check", sheet): {f"score_{judged(sheet)}": "4", "version": 1, "do": "finish"},
        at("adjust", sheet, data): {"score": "6", "reason": "防汛", "version": 1},
        at("return", sheet): {"reason": "补报", "due": "2026-12-22", "version": 1},
    }
    for address, body in bodies.items():
        assert "已经公布" in said(auditor.post(address, body))
    assert "已经公布" in said(clerk.post(at("explain", sheet), {"text": "不服", "version": 1}))
    assert sheet.scores.get().score == 3.5


def test_a_sheet_takes_few_queries(clerk, auditor, county, scheme, django_assert_max_num_queries):
    sheet = make_sheet(county.own, "checked", scheme)
    for browser in (clerk, auditor):
        with django_assert_max_num_queries(MOST_QUERIES):
            browser.get(at("sheet", sheet))


def test_an_exception_is_the_departments_own_affair_until_the_check_is_finished(
    auditor, clerk, county, scheme
):
    sheet = make_sheet(county.own, "handed_in", scheme)
    exception = at("adjust", sheet, scheme.items.get(kind="data").pk)
    auditor.post(exception, {"score": "5", "reason": "防汛期间", "version": 1})
    assert "防汛期间" in said(auditor.get(at("sheet", sheet)))
    page = clerk.get(at("sheet", sheet))
    assert "防汛期间" not in said(page)
    assert [line.score for line in page.context["printed"].lines if line.is_data] == ["4"]
