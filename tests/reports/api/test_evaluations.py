"""Evaluations as programs read them: the figures of the pages and the workbook, and no others."""

from typing import Any

import openpyxl
import pytest
from django.core.management import call_command
from rest_framework import serializers

from reports.api.evaluation_serializers import EvaluationSerializer
from reports.api.evaluations import EvaluationResource
from reports.closing import close_month
from reports.periods import Month
from reports.rules.words import OUTCOME_LABELS
from tests.portal.county import make_unit
from tests.reports.api.make import queries_of, read, refused
from tests.reports.compliance.make import browser_of, make_studying_county, on_the_day
from tests.reports.records import at, make_entry, make_record, make_session

pytestmark = pytest.mark.django_db
JUNE = "2026-06-30"
BESIDES = {"提醒性要求", "余下月份仍可达标", "按余下月份推算已无法达标"}
"""What the workbook says besides the summary; the API has it in fields of their own."""


@pytest.fixture
def county():
    return make_studying_county()


def printed_by(path, county, sheet: str) -> list[dict[Any, Any]]:
    if not path.exists():
        call_command("rollup", as_of=JUNE, out=str(path), unit_root=county.root.code)
    rows = openpyxl.load_workbook(path)[sheet].iter_rows(3, values_only=True)
    head = next(rows)
    return [row for row in (dict(zip(head, one, strict=True)) for one in rows) if row["单位"]]


def test_figures_are_those_of_the_workbook(county, tmp_path):
    columns = ("单位", "累计集中学习(次)", "累计集体研讨(次)", "应到人次", "实到人次")
    printed = printed_by(tmp_path / "汇总.xlsx", county, "汇总表")
    keys = ("sessions", "discussions", "due", "present")
    told = read(browser_of(county, "auditor"), "evaluations", as_of=JUNE)["results"]
    assert [(one["name"], *(one["figures"][key] for key in keys)) for one in told] == [
        tuple(row[name] for name in columns) for row in printed
    ]


def test_what_is_missed_is_what_the_workbook_lists(county, tmp_path):
    printed = printed_by(tmp_path / "汇总.xlsx", county, "未达标与预警")
    told = read(browser_of(county, "auditor"), "evaluations", as_of=JUNE)["results"]
    open_ones = [
        (one["name"], OUTCOME_LABELS[each["outcome"]], each["explanation"]["summary"])
        for one in told
        for outcome in ("missed", "at_risk")
        for each in one["results"]
        if each["outcome"] == outcome
    ]
    assert [row[:2] for row in open_ones] == [(row["单位"], row["状态"]) for row in printed]
    for row, (*_rest, summary) in zip(printed, open_ones, strict=True):
        said = [part for part in row["说明"].split("；") if part not in BESIDES]
        assert said
        assert all(part in summary for part in said)


def test_what_is_said_is_what_the_unit_page_says(county, monkeypatch):
    on_the_day(monkeypatch)
    browser = browser_of(county, "clerk")
    year = browser.get("/units/QS001/compliance/", {"as_of": JUNE}).context["year"]
    [told] = read(browser, "evaluations", as_of=JUNE)["results"]
    said = {each["explanation"]["title"]: each for each in told["results"]}
    for duty in (duty for section in year.sections for duty in section.duties):
        mine = said[duty.title]["explanation"]
        assert duty.actual in mine["sentences"]
        counted = [(row["label"], row["note"]) for row in mine["counted"]]
        assert counted == [(line.reason, line.note) for line in duty.counted.lines]
    assert told["standing"] == year.standing.key


def test_a_result_has_all_its_parts_whatever_the_rule(county):
    [told] = read(browser_of(county, "clerk"), "evaluations", as_of=JUNE)["results"]
    parts = {"rule", "period", "outcome", "severity", "actual", "required", "reachable", "counts"}
    assert all(set(each) == parts | {"explanation"} for each in told["results"])
    by_rule = {each["rule"]: each for each in told["results"]}
    assert by_rule["attendance_rate"]["actual"] == [7, 8]
    assert by_rule["annual_sessions"]["required"] == 12
    assert by_rule["session_file"]["counts"] == {"missed": 2}
    assert told["rule_set"] == {"name": "考核规则", "version": 1}


def test_only_the_units_of_the_page_are_evaluated(county, monkeypatch):
    judged = []
    count = EvaluationResource._live

    def counted(resource, units, as_of):
        judged.append([unit.code for unit in units])
        return count(resource, units, as_of)

    monkeypatch.setattr(EvaluationResource, "_live", counted)
    page = read(browser_of(county, "auditor"), "evaluations", as_of=JUNE, page_size=1, page=2)
    assert (judged, page["count"]) == ([["QS002"]], 2)


def test_queries_do_not_grow_with_units(county):
    browser, numbers = browser_of(county, "auditor"), []
    for number in range(2):
        numbers.append(queries_of(browser, "evaluations", as_of=JUNE))
        for more in range(8):
            unit = make_unit(f"QS1{number}{more}", "青石县丁局", county.root)
            make_entry(unit, "丁员")
            make_session(unit)
    assert numbers[0] == numbers[1] <= 15


def test_a_leader_reads_no_name_of_a_person(county):
    make_record(county.own, "2025-03-10")
    for who, names in (("auditor", True), ("county_leader", False)):
        answer = browser_of(county, who).get("/api/v1/evaluations", {"as_of": JUNE})
        assert ("甲员0" in answer.content.decode()) is names
        rows = [
            row
            for unit in answer.json()["results"]
            for result in unit["results"]
            for row in result["explanation"]["left_out"]
        ]
        people = [row for row in rows if row["kind"] == "person"]
        assert people
        assert all((row["id"] is not None) is names for row in people)


def test_a_draft_has_no_name_outside_its_unit(county):
    make_session(county.own, "2026-05-06", steps=(), theme="草稿里的主题")
    for who, seen in (("clerk", True), ("auditor", False)):
        answer = browser_of(county, who).get("/api/v1/evaluations/QS001", {"as_of": JUNE})
        assert ("草稿里的主题" in answer.content.decode()) is seen


def test_a_past_day_is_judged_as_it_was(county):
    browser = browser_of(county, "auditor")
    told = read(browser, "evaluations/QS001", as_of="2026-03-31")
    assert (told["as_of"], told["figures"]["sessions"]) == ("2026-03-31", 1)


def test_filters_narrow_the_units(county):
    browser = browser_of(county, "auditor")
    codes = [one["unit"] for one in read(browser, "evaluations", unit="QS002")["results"]]
    assert codes == ["QS002"]
    assert read(browser, "evaluations", category="town")["count"] == 0
    assert browser.get("/api/v1/evaluations", {"unit": "BS"}).status_code == 404


@pytest.mark.parametrize(
    ("asked", "field", "said"),
    [
        ({"as_of": "9999-12-31"}, "as_of", "只能查看今天和以前的日期"),
        ({"as_of": "0001-01-01"}, "as_of", "只能查看今天和以前的日期"),
        ({"as_of": "昨天"}, "as_of", "日期无法识别"),
        ({"basis": "later"}, "basis", "请填 live 或 closed"),
        ({"basis": "closed", "as_of": JUNE}, "basis", "不是已封账月份的最后一天"),
        ({"standing": "behind"}, "standing", "不支持这个参数"),
    ],
)
@pytest.mark.parametrize("address", ["evaluations", "evaluations/QS001"])
def test_what_cannot_be_meant_is_refused_in_words(county, address, asked, field, said):
    status, errors = refused(browser_of(county, "auditor"), address, **asked)
    assert status == 400
    assert said in errors[field]


def test_a_unit_that_owed_nothing_yet_is_not_listed_and_empty_alone(county):
    type(county.own).objects.filter(pk=county.own.pk).update(established_on="2026-02-01")
    browser = browser_of(county, "auditor")
    listed = read(browser, "evaluations", as_of="2025-12-31")["results"]
    assert [one["unit"] for one in listed] == ["QS002"]
    told = read(browser, "evaluations/QS001", as_of="2025-12-31")
    assert (told["standing"], told["results"], told["rule_set"]) == ("not_applicable", [], None)


def test_a_closed_month_is_told_as_it_was_closed(county):
    close_month(root=county.root, month=Month(2026, 6), at=at("2026-07-03"), by=None)
    make_session(county.own, "2026-06-09")
    browser = browser_of(county, "auditor")
    for basis, sessions in (("closed", 2), ("live", 3)):
        [own, _sister] = read(browser, "evaluations", as_of=JUNE, basis=basis)["results"]
        alone = read(browser, "evaluations/QS001", as_of=JUNE, basis=basis)
        assert own == alone
        assert (own["basis"], own["figures"]["sessions"]) == (basis, sessions)


def test_closed_months_are_shown_to_those_who_see_their_pages(county):
    close_month(root=county.root, month=Month(2026, 6), at=at("2026-07-03"), by=None)
    asked = {"as_of": JUNE, "basis": "closed"}
    for who, status in (("clerk", 403), ("county_leader", 200)):
        answer = browser_of(county, who).get("/api/v1/evaluations", asked)
        assert answer.status_code == status


def test_what_is_held_already_is_not_sent_again(county):
    browser = browser_of(county, "clerk")
    first = browser.get("/api/v1/evaluations/QS001", {"as_of": JUNE})
    again = browser.get(
        "/api/v1/evaluations/QS001",
        {"as_of": JUNE},
        headers={"If-None-Match": first.headers["ETag"]},
    )
    assert (again.status_code, again.content) == (304, b"")


def declared(shape: Any, told: Any) -> None:
    """Every finished value has the fields its serializer declares, in their order."""
    if isinstance(shape, serializers.ListSerializer):
        for each in told or ():
            declared(shape.child, each)
    elif isinstance(shape, serializers.Serializer) and told is not None:
        assert list(told) == list(shape.fields)
        for name, field in shape.fields.items():
            declared(field, told[name])


def test_the_schema_describes_what_is_sent(county):
    close_month(root=county.root, month=Month(2026, 6), at=at("2026-07-03"), by=None)
    for basis in ("live", "closed"):
        told = read(browser_of(county, "auditor"), "evaluations", as_of=JUNE, basis=basis)
        for one in told["results"]:
            assert one["results"]
            declared(EvaluationSerializer(), one)
