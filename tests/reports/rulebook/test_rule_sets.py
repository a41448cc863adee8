"""Pages of rule sets: what is read, what is refused, two editors, publishing freezes."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent
from reports.models import RuleSet, UnitMonth
from reports.rule_book import rule_set_facts
from reports.rules.registry import LOCKED_ITEMS, RULES
from tests.portal.county import make_county, make_unit
from tests.reports.records import make_rules, make_session
from tests.reports.rulebook.make import browser_of, make_draft, posted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-06-30 10:00+08:00", tick=False):
        yield


@pytest.fixture
def county():
    return make_county()


@pytest.fixture
def admin(county):
    return browser_of(county)


def address(name: str, rule_set: RuleSet) -> str:
    return reverse(f"rule_set_{name}", args=[rule_set.pk])


def actions() -> list[str]:
    lines = AuditEvent.objects.exclude(action__startswith="account.").order_by("id")
    return [line.action for line in lines]


def test_every_rule_and_parameter_of_the_registry_is_explained(admin):
    page = admin.get(address("detail", make_rules())).content.decode()
    for spec in RULES.values():
        assert spec.title in page
        for param in spec.params:
            assert param.title in page
            assert param.text in page
    assert "90%" in page
    assert "2026年1月31日" in page


def test_the_form_asks_for_every_parameter_of_the_registry(admin):
    form = admin.get(address("edit", make_draft())).context["editor"]
    asked = {
        name for key, rule in form.rules.items() for name in (f"{key}-{f}" for f in rule.fields)
    }
    assert asked >= {f"{spec.key}-{p.name}" for spec in RULES.values() for p in spec.params}


def test_an_untouched_form_changes_nothing(admin):
    draft = make_draft()
    before = rule_set_facts(draft)
    assert admin.post(address("edit", draft), posted()).status_code == 302
    after = rule_set_facts(draft)
    assert [r.enabled for r in after.rules] == [r.enabled for r in before.rules]
    assert after.leave_counts_as == before.leave_counts_as
    assert AuditEvent.objects.get(action="rule_set.edit").after == {}


def test_what_is_changed_is_kept_and_told_to_the_trail(admin):
    draft = make_draft()
    changed = {
        "monthly_sessions-required": 2, "attendance_rate-required": "89.5", "leave_sick": "present",
        "counted_statuses": "accepted", "annual_days-enabled": "on", "plan_filed-points": "5",
        "plan_filed-deduction": "1",
        "session_file-required_kinds": ["minutes"], "settle_workdays": 3, "warn_month": 10,
    }  # fmt: skip
    assert admin.post(address("edit", draft), posted(**changed)).status_code == 302
    facts = rule_set_facts(RuleSet.objects.get(pk=draft.pk))
    rules = {rule.key: rule for rule in facts.rules}
    assert rules["monthly_sessions"].params["required"] == 2
    assert rules["attendance_rate"].params["required"] == "0.895"
    assert rules["annual_days"].enabled
    assert rules["session_file"].params["required_kinds"] == ["minutes"]
    assert (facts.leave_counts_as["sick"], facts.settle_workdays) == ("present", 3)
    assert facts.counted_statuses == {"accepted"}
    line = AuditEvent.objects.get(action="rule_set.edit")
    assert line.before["每月集中学习：每月次数"] == "1 次"
    assert line.after["每月集中学习：每月次数"] == "2 次"


@pytest.mark.parametrize(
    ("changes", "where", "said"),
    [
        ({"monthly_sessions-required": 0}, ("monthly_sessions", "required"), "1"),
        ({"plan_filed-due": "2028-01-31"}, ("plan_filed", "due"), "应在 2026 年内"),
        ({"attendance_rate-required": "101"}, ("attendance_rate", "required"), "100"),
        ({"session_file-required_kinds": []}, ("session_file", "required_kinds"), "必填"),
        (
            {
                "session_file-required_kinds": ["photo"],
                "session_file-points": "3",
                "session_file-deduction": "1",
            },
            ("session_file", "points"),
            "照片不得计分",
        ),
        ({"plan_filed-points": "5"}, ("plan_filed", "deduction"), "每项扣多少分"),
        ({"plan_filed-points": "-1"}, ("plan_filed", "points"), "0"),
        ({"min_speakers": 0}, ("", "min_speakers"), "1"),
        ({"leave_sick": "paid"}, ("", "leave_sick"), "paid"),
        ({"effective_from": "2027-01-01"}, ("", "effective_from"), "2026 年内"),
        ({"whom": "categories"}, ("", "categories"), "至少勾选一个类别"),
        ({"whom": "units"}, ("", "units"), "请选择单位"),
        ({"title": ""}, ("", "title"), "必填"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_not_kept(admin, changes, where, said):
    draft = make_draft()
    answer = admin.post(address("edit", draft), posted(**changes))
    assert answer.status_code == 400
    editor = answer.context["editor"]
    form = editor.rules[where[0]] if where[0] else editor.head
    assert said in " ".join(form.errors[where[1]])
    assert RuleSet.objects.get(pk=draft.pk).revision == 1


@pytest.mark.parametrize("item", LOCKED_ITEMS)
def test_no_posted_weight_unlocks_what_national_rule_locks(admin, item):
    draft = make_draft()
    answer = admin.post(address("edit", draft), posted(**{f"{item}-points": "5"}))
    assert answer.status_code == 400
    assert "按国家规定不得作为考核计分内容" in answer.content.decode()
    assert RuleSet.objects.get(pk=draft.pk).revision == 1
    assert f"{item}-points" not in admin.get(address("edit", draft)).content.decode()


def test_two_editors_see_both_versions(admin, county):
    draft = make_draft()
    admin.post(address("edit", draft), posted(**{"monthly_sessions-required": 2}))
    late = posted(**{"monthly_sessions-required": 3})
    answer = admin.post(address("edit", draft), late)
    assert answer.status_code == 409
    assert [tuple(line) for line in answer.context["differing"]] == [
        ("每月集中学习：每月次数", "2 次", "3 次")
    ]
    assert rule_set_facts(draft).rules[1].params["required"] == 2
    again = admin.post(address("edit", draft), late | {"revision": answer.context["opened"]})
    assert again.status_code == 302
    assert rule_set_facts(draft).rules[1].params["required"] == 3


def test_a_draft_begins_from_last_years_set_with_its_dates_moved(admin):
    source = make_rules(min_speakers=3)
    admin.post(
        reverse("rule_set_new"),
        {"source": source.pk, "title": "新年规则", "effective_from": "2027-01-01", "whom": "all"},
    )
    made = RuleSet.objects.get(title="新年规则")
    facts = rule_set_facts(made)
    assert (made.year, made.published_at, facts.min_speakers) == (2027, None, 3)
    assert facts.rules[0].params["due"] == "2027-01-31"
    assert actions() == ["rule_set.publish", "rule_set.create"]


def test_a_year_that_makes_no_sense_is_refused(admin):
    body = {"source": "default", "title": "规则", "effective_from": "0026-01-01", "whom": "all"}
    answer = admin.post(reverse("rule_set_new"), body)
    assert "年份不正确" in str(answer.context["form"].errors["effective_from"])
    assert not RuleSet.objects.exists()


def test_exceptions_are_drafts_of_their_own_for_each_unit(admin, county):
    body = {
        "source": "default", "title": "例外", "effective_from": "2026-01-01", "whom": "units",
        "units": [county.own.pk, county.sister.pk],
    }  # fmt: skip
    for _ in range(2):
        admin.post(reverse("rule_set_new"), body)
    units = set(RuleSet.objects.values_list("unit", flat=True))
    assert units == {county.own.pk, county.sister.pk}
    assert RuleSet.objects.count() == 2


def test_publishing_says_what_follows_freezes_and_reworks_todays_figures(admin, county):
    make_rules()
    make_session(county.own, "2026-03-10", steps=["submit"])
    draft = make_draft(effective_from=dt.date(2026, 6, 1))
    admin.post(
        address("edit", draft),
        posted(counted_statuses="accepted", effective_from="2026-06-01"),
    )
    page = admin.get(address("publish", draft))
    follows = page.context["follows"]
    assert (follows.bound, follows.replaces) == (2, [("考核规则 第1版", 2)])
    assert follows.is_past
    assert "计入的学习" in page.content.decode()
    assert UnitMonth.objects.count() == 1
    admin.post(address("publish", draft), {"revision": 2})
    draft.refresh_from_db()
    assert draft.published_by == county["department_admin"]
    assert not UnitMonth.objects.exists()
    line = AuditEvent.objects.get(action="rule_set.publish", actor=county["department_admin"])
    assert (line.role, line.after["title"]) == ("department_admin", "考核规则")
    refused = admin.post(address("edit", draft), posted(min_speakers=5), follow=True)
    assert "已经发布，不能修改" in refused.content.decode()
    admin.post(address("discard", draft))
    assert RuleSet.objects.get(pk=draft.pk).min_speakers == 2


def test_what_somebody_changed_meanwhile_is_not_published_unread(admin):
    draft = make_draft()
    admin.post(address("edit", draft), posted(min_speakers=3))
    page = admin.post(address("publish", draft), {"revision": 1}, follow=True)
    assert "刚刚被他人修改" in page.content.decode()
    draft.refresh_from_db()
    assert draft.published_at is None


def test_two_names_for_the_same_units_and_day_are_refused(admin):
    make_rules(title="甲规则")
    draft = make_draft(title="乙规则")
    assert "也从 2026-01-01 起生效" in admin.get(address("publish", draft)).content.decode()
    admin.post(address("publish", draft), {"revision": 1})
    draft.refresh_from_db()
    assert draft.published_at is None


def test_a_later_set_ends_an_earlier_one_published_after_it(admin):
    make_rules(title="下半年", effective="2026-07-01")
    follows = admin.get(address("publish", make_draft())).context["follows"]
    assert follows.ended_by == [("下半年 第1版", dt.date(2026, 7, 1), 2)]


def test_a_draft_is_discarded_with_a_trace(admin):
    draft = make_draft()
    admin.post(address("discard", draft))
    assert not RuleSet.objects.exists()
    assert AuditEvent.objects.get(action="rule_set.discard").before["名称"] == "考核规则"


@pytest.mark.parametrize("who", ["clerk", "approver", "auditor", "county_leader"])
def test_others_read_what_is_published_and_no_draft(county, who):
    browser = browser_of(county, who)
    assert browser.get(address("detail", make_rules())).status_code == 200
    assert browser.get(address("detail", make_draft(title="草案"))).status_code == 404
    page = browser.get(reverse("rule_set_list")).content.decode()
    assert "草案" not in page
    assert reverse("rule_set_new") not in page


def test_a_unit_reads_neither_anothers_exception_nor_another_categorys_rules(county):
    strange = make_unit("X", "外类", county.root)
    strange.category = type(strange.category).objects.create(code="t", name="乡镇")
    strange.save()
    clerk = browser_of(county, "clerk")
    for title, values in (
        ("例外", {"unit": county.sister}),
        ("类", {"categories": [strange.category]}),
    ):
        assert clerk.get(address("detail", make_rules(title=title, **values))).status_code == 404
    own = make_rules(title="本类", categories=[county.own.category])
    assert clerk.get(address("detail", own)).status_code == 200


def test_pages_cost_the_same_queries_for_many_sets_and_units(admin, county):
    def cost() -> list[int]:
        counts = []
        for where in (reverse("rule_set_list"), address("edit", draft), address("publish", draft)):
            with CaptureQueriesContext(connection) as queries:
                assert admin.get(where).status_code == 200
            counts.append(len(queries))
        return counts

    draft = make_draft(title="草案", effective_from=dt.date(2026, 2, 1))
    make_rules()
    few = cost()
    for number in range(20):
        make_unit(f"M{number}", f"单位{number}", county.root)
        make_rules(title=f"规则{number}", unit=county.own, effective=f"2026-03-{number + 1:02}")
    assert cost() == few
    assert max(few) <= 12


def test_last_years_sets_are_offered_and_the_year_is_chosen(admin):
    make_rules()
    rows = admin.get(reverse("rule_set_list"), {"year": "2025"}).context["rows"]
    assert rows == []
    listed = admin.get(reverse("rule_set_list"), {"year": "2026"}).context["rows"]
    assert [(row.state, row.bound) for row in listed] == [("已发布，现行", 2)]
