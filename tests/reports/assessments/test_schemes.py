"""Schemes: begun from the default or a copy, published, taken back."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from accounts.models import AuditEvent
from reports.assessments import schemes
from reports.assessments.defaults import DEFAULT_ITEMS
from reports.assessments.locked import refusal
from reports.models import (
    AssessmentEvent,
    AssessmentItem,
    AssessmentScheme,
    AssessmentScore,
    AssessmentSheet,
)
from reports.rules.registry import RULES
from tests.portal.county import make_county
from tests.reports.assessments.make import browser_of, judge, make_scheme, make_sheet
from units.models import Category

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 12, 1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-12-01 10:00+08:00", tick=False):
        yield


@pytest.fixture
def county():
    return make_county()


@pytest.fixture
def admin(county):
    return browser_of(county)


def publish(scheme: AssessmentScheme) -> int:
    scheme.refresh_from_db()
    at = dt.datetime(2026, 12, 1, 2, tzinfo=dt.UTC)
    return schemes.publish(scheme=scheme, at=at, today=TODAY, by=None, opened=scheme.revision)


def posted(scheme: AssessmentScheme, **changes: object) -> dict[str, object]:
    """The forms of a draft as a browser sends them."""
    body: dict[str, object] = {
        "title": scheme.title, "self_due": "2026-12-15", "revision": scheme.revision,
        "items": scheme.items.count() + 1,
    }  # fmt: skip
    names = ("pk", "position", "project", "content", "points", "standard", "kind", "rule",
             "deduction", "evidence")  # fmt: skip
    for number, item in enumerate(scheme.items.all(), start=1):
        body |= {f"item{number}-{name}": getattr(item, name) for name in names}
    return body | changes


def test_the_default_is_sound_and_makes_a_hundred_points(county):
    scheme = schemes.create_default(root=county.root, year=2026, title="方案")
    assert sum(item.points for item in scheme.items.all()) == 100
    texts = [text for item in DEFAULT_ITEMS for text in (item.project, item.content, item.standard)]
    assert [text for text in texts if refusal(text)] == []
    assert {item.rule for item in DEFAULT_ITEMS if item.rule} <= set(RULES)
    assert publish(scheme) == 2


def test_a_copy_of_last_year_is_a_draft_of_its_own(admin, county):
    last = make_scheme(county.root, year=2025)
    page = admin.get(reverse("assessment_new"))
    assert page.context["form"].initial["source"] == str(last.pk)
    for _ in range(2):  # the second click adds nothing
        admin.post(reverse("assessment_new"), {"source": last.pk, "title": "今年方案"})
    copy = AssessmentScheme.objects.get(year=2026)
    assert (copy.published_at, copy.items.count(), copy.grades) == (None, 2, last.grades)
    assert AuditEvent.objects.filter(action="assessment.create").count() == 1
    assert last.items.count() == 2


def test_items_are_changed_added_moved_and_deleted(admin, county):
    scheme = make_scheme(county.root, is_published=False)
    first, second = scheme.items.all()
    new = {"item3-project": "成果转化", "item3-content": "有举措", "item3-points": "2.5",
           "item3-standard": "酌情", "item3-kind": "judgement", "item3-evidence": "visit",
           "item3-position": 1}  # fmt: skip
    body = posted(scheme, **new, **{"item2-is_gone": "on", "item1-points": "7.25"})
    admin.post(reverse("assessment_edit", args=[scheme.pk]), body)
    kept = [(item.pk == first.pk, item.content, str(item.points)) for item in scheme.items.all()]
    assert kept == [(True, "每月集中学习", "7.25"), (False, "有举措", "2.50")]
    assert not AssessmentItem.objects.filter(pk=second.pk).exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"item1-content": "学习照 片"}, "content"),
        ({"item1-standard": "看筆記"}, "standard"),
        ({"item1-project": "領導批*示"}, "project"),
        ({"item1-rule": "photos"}, "rule"),
        ({"item1-rule": "published_articles"}, "rule"),
        ({"item1-evidence": "photo"}, "evidence"),
        ({"item1-kind": "study_notes"}, "kind"),
    ],
)
def test_what_is_locked_is_refused_by_kind_and_by_word(admin, county, changes, field):
    scheme = make_scheme(county.root, is_published=False)
    answer = admin.post(reverse("assessment_edit", args=[scheme.pk]), posted(scheme, **changes))
    form = answer.context["editor"].items[0]
    assert answer.status_code == 400
    assert "整治形式主义为基层减负若干规定" in str(form.errors[field])
    assert scheme.items.get(position=1).content == "每月集中学习"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"item1-points": "0"}, "points"),
        ({"item1-points": "6.005"}, "points"),
        ({"item1-points": "NaN"}, "points"),
        ({"item1-deduction": ""}, "deduction"),
        ({"item1-deduction": "6.01"}, "deduction"),
        ({"item1-rule": ""}, "rule"),
        ({"item1-cap": "7"}, "cap"),
        ({"item1-content": "机密★10年"}, "content"),
    ],
)
def test_a_fault_is_told_at_its_field(admin, county, changes, field):
    scheme = make_scheme(county.root, is_published=False)
    answer = admin.post(reverse("assessment_edit", args=[scheme.pk]), posted(scheme, **changes))
    assert (answer.status_code, list(answer.context["editor"].items[0].errors)) == (400, [field])


def test_grades_go_down(admin, county):
    scheme = make_scheme(county.root, is_published=False)
    grades = {"has_grades": "on", "least_best": 80, "least_good": 90, "least_fair": 60}
    answer = admin.post(reverse("assessment_edit", args=[scheme.pk]), posted(scheme, **grades))
    assert list(answer.context["editor"].head.errors) == ["least_good"]
    admin.post(reverse("assessment_edit", args=[scheme.pk]), posted(scheme))
    scheme.refresh_from_db()
    assert scheme.grades == []


def test_of_two_editors_the_second_sees_what_the_first_saved(admin, county):
    scheme = make_scheme(county.root, is_published=False)
    body = posted(scheme)
    address = reverse("assessment_edit", args=[scheme.pk])
    admin.post(address, body | {"item1-points": "5"})
    answer = admin.post(address, body | {"item1-points": "3"})
    assert answer.status_code == 409
    assert answer.context["theirs"]["items"][0]["points"] == "5"
    assert 'value="3"' in answer.content.decode()


def test_a_locked_item_is_not_published_whatever_way_it_came_in(county):
    scheme = make_scheme(county.root, is_published=False)
    scheme.items.filter(kind="judgement").update(content="学习图片")
    with pytest.raises(schemes.SchemeError, match=r"第 2 项：.*照片"):
        publish(scheme)
    assert not AssessmentSheet.objects.exists()


def test_a_category_has_one_scheme_and_takes_its_units_over(county):
    towns = Category.objects.create(code="town", name="乡镇")
    type(county.sister).objects.filter(pk=county.sister.pk).update(category=towns)
    common = make_scheme(county.root, is_published=False)
    assert publish(common) == 2
    own = make_scheme(county.root, is_published=False, title="乡镇方案")
    own.categories.add(towns)
    assert publish(own) == 1
    sheets = dict(AssessmentSheet.objects.values_list("unit__code", "scheme__title"))
    assert sheets == {"QS001": "考评方案", "QS002": "乡镇方案"}
    second = make_scheme(county.root, is_published=False, title="又一套")
    second.categories.add(towns)
    with pytest.raises(schemes.SchemeError, match="一类单位一年只有一套方案"):
        publish(second)


def test_taken_back_and_published_again_what_was_entered_stays(admin, county):
    scheme = make_scheme(county.root)
    sheet = make_sheet(county.own, "handed_in", scheme)
    judge(sheet, "3", "研讨不深")
    admin.post(reverse("assessment_withdraw", args=[scheme.pk]), {"reason": "分值有误"})
    clerk = browser_of(county, "clerk")
    assert clerk.get(reverse("assessment_sheet", args=[sheet.pk])).status_code == 404
    scheme.items.filter(kind="judgement").update(points=3)
    assert publish(scheme) == 2
    sheet.refresh_from_db()
    score = sheet.scores.get()
    assert (sheet.status, score.self_score, str(score.score)) == ("draft", None, "3.00")
    assert AssessmentEvent.objects.get(sheet=sheet).kind == "restart"


def test_an_exception_does_not_pass_to_another_rule(admin, county):
    scheme = make_scheme(county.root)
    sheet = make_sheet(county.own, "checked", scheme)
    item = scheme.items.get(kind="data")
    AssessmentScore.objects.create(sheet=sheet, item=item, adjusted=6, adjust_reason="防汛")
    schemes.withdraw(scheme=scheme, reason="改规则")
    scheme.refresh_from_db()
    admin.post(reverse("assessment_edit", args=[scheme.pk]), posted(scheme))
    assert AssessmentScore.objects.filter(item=item).exists()
    scheme.refresh_from_db()
    body = posted(scheme, **{"item1-rule": "plan_filed"})
    admin.post(reverse("assessment_edit", args=[scheme.pk]), body)
    assert scheme.items.get(pk=item.pk).rule == "plan_filed"
    assert list(sheet.scores.values_list("item__kind", flat=True)) == ["judgement"]


def test_what_is_published_is_what_was_read(admin, county):
    scheme = make_scheme(county.root, is_published=False, revision=2)
    address = reverse("assessment_publish", args=[scheme.pk])
    assert (
        "草稿刚刚被他人修改" in admin.post(address, {"revision": 1}, follow=True).content.decode()
    )
    admin.post(address, {"revision": 2})
    scheme.refresh_from_db()
    assert scheme.published_at is not None
    edit = admin.get(reverse("assessment_edit", args=[scheme.pk]), follow=True)
    assert "已经发布，不能修改" in edit.content.decode()


def test_a_scheme_of_elsewhere_is_not_there(admin, county):
    foreign = make_scheme(county.abroad)
    for name in ("assessment_scheme", "assessment_sheets", "assessment_withdraw"):
        assert admin.get(reverse(name, args=[foreign.pk])).status_code == 404
    own = make_scheme(county.root)
    make_sheet(county.sister, scheme=own)
    clerk = browser_of(county, "clerk")
    assert clerk.get(reverse("assessment_scheme", args=[own.pk])).status_code == 404
