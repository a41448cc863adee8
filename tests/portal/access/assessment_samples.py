"""Year-end assessments for the policy test."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.models import User
from reports.assessments.results import mark_of
from reports.models import AssessmentScheme, AssessmentSheet
from tests.portal.access.sample import Make, Sample
from tests.reports.assessments.make import AT, make_published, make_scheme, make_sheet
from units.models import Unit

NONE = {"pk": 10**9}
SHEET = 10**6
REASON = {"reason": "分值有误"}


def this_year() -> dict[str, Any]:
    """Dates that fit whenever the test is run."""
    today = timezone.localdate()
    return {"year": today.year, "self_due": today}


def measured(**more: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {"as_of": today, "open_as_of": today, **more}


def scheme_of(unit: Unit, **changes: Any) -> AssessmentScheme:
    return make_scheme(unit, **{**this_year(), "title": f"方案{unit.code}", **changes})


def sheet_of(unit: Unit, status: str, **more: Any) -> AssessmentSheet:
    return make_sheet(unit, status, scheme_of(unit), **measured(**more))


def draft(user: User, unit: Unit) -> dict[str, object]:
    return {"pk": scheme_of(unit, is_published=False).pk}


def scheme(user: User, unit: Unit) -> dict[str, object]:
    return {"pk": sheet_of(unit, "draft").scheme_id}


def checked(user: User, unit: Unit) -> dict[str, object]:
    """Last year's, all checked and measured, as one sheet that is known by its number."""
    today = timezone.localdate()
    day = min(today, dt.date(today.year, 1, 31))
    scheme = scheme_of(unit, year=today.year - 1)
    make_sheet(unit, "checked", scheme, pk=SHEET, as_of=day, open_as_of=day)
    return {"pk": scheme.pk}


def published(user: User, unit: Unit) -> dict[str, object]:
    sheet = sheet_of(unit, "checked")
    make_published(sheet, user)
    return {"pk": sheet.scheme_id}


def title_in_list(user: User, unit: Unit) -> str:
    published(user, unit)
    return f"方案{unit.code}"


def sheet(status: str, **more: Any) -> Make:
    def make(user: User, unit: Unit) -> dict[str, object]:
        return {"pk": sheet_of(unit, status, **more).pk}

    return make


def data_item(user: User, unit: Unit) -> dict[str, object]:
    one = sheet_of(unit, "checked")
    return {"pk": one.pk, "item": one.scheme.items.get(kind="data").pk}


def one(make: Make, **body: object) -> Sample:
    return Sample(make=make, missing=NONE, body=body)


ITEM = {"pk": 10**9, "item": 1}
OPENED = mark_of([(SHEET, 1, AT)])
HEAD: dict[str, object] = {"title": "另一方案", "items": 0, "revision": 1}
ASSESSMENT_SAMPLES: dict[tuple[str, str], Sample] = {
    ("assessment_list", "GET"): Sample(canary=title_in_list),
    ("assessment_settings", "GET"): Sample(),
    ("assessment_settings", "POST"): Sample(body={"is_ranked": "on", "version": 0}),
    ("assessment_new", "GET"): Sample(),
    ("assessment_new", "POST"): Sample(body={"source": "default", "title": "考评方案"}),
    ("assessment_scheme", "GET"): one(scheme),
    ("assessment_edit", "GET"): one(draft),
    ("assessment_edit", "POST"): one(draft, **HEAD, self_due=timezone.localdate().isoformat()),
    ("assessment_publish", "GET"): one(draft),
    ("assessment_publish", "POST"): one(draft, revision=1),
    ("assessment_withdraw", "GET"): one(scheme),
    ("assessment_withdraw", "POST"): one(scheme, **REASON),
    ("assessment_discard", "POST"): one(draft),
    ("assessment_sheets", "GET"): one(scheme),
    ("assessment_measure", "POST"): one(scheme),
    ("assessment_results", "GET"): one(published),
    ("assessment_announce", "GET"): one(checked),
    ("assessment_announce", "POST"): one(checked, opened=OPENED),
    ("assessment_take_back", "GET"): one(published),
    ("assessment_take_back", "POST"): one(published, **REASON),
    ("assessment_workbook", "GET"): one(published),
    ("assessment_sheet", "GET"): one(sheet("handed_in")),
    ("assessment_sheet_file", "GET"): one(sheet("handed_in")),
    ("assessment_self", "GET"): one(sheet("draft")),
    ("assessment_self", "POST"): one(sheet("draft"), do="save", version=1),
    ("assessment_explain", "GET"): one(sheet("checked")),
    ("assessment_explain", "POST"): one(sheet("checked"), text="材料已补交", version=1),
    ("assessment_check", "GET"): one(sheet("handed_in")),
    ("assessment_check", "POST"): one(sheet("handed_in"), do="save", version=1),
    ("assessment_adjust", "GET"): Sample(make=data_item, missing=ITEM),
    ("assessment_adjust", "POST"): Sample(
        make=data_item, missing=ITEM, body={"score": "6", "reason": "防汛", "version": 1}
    ),
    ("assessment_return", "GET"): one(sheet("handed_in")),
    ("assessment_return", "POST"): one(
        sheet("handed_in"),
        reason="缺材料",
        due=(timezone.localdate() + dt.timedelta(days=3)).isoformat(),
        version=1,
    ),
    ("assessment_reply", "GET"): one(sheet("checked", awaits_reply=True)),
    ("assessment_reply", "POST"): one(
        sheet("checked", awaits_reply=True), text="已核对", version=1
    ),
}
