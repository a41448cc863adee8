"""Circulars for the policy test."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.models import User
from reports.models import Circular
from reports.periods import Month
from tests.portal.access.sample import Make, Sample
from tests.reports.circulars.make import make_circular, make_closing, make_passage
from units.models import Unit

NONE = {"pk": 10**9}
LATER = timezone.localdate() + dt.timedelta(days=5)
TODAY = timezone.localdate().isoformat()


def make(unit: Unit, status: str = "draft", **changes: Any) -> Circular:
    """About the unit alone, so that it is the unit's own and nobody else's."""
    Unit.objects.filter(pk=unit.pk).update(has_group=True)  # the foreign one has none
    values = {"year": 2024, "recipients": [unit], **changes}
    return make_circular(unit, status, **values)


def circular(status: str, **changes: Any) -> Make:
    def address(user: User, unit: Unit) -> dict[str, object]:
        return {"pk": make(unit, status, **changes).pk}

    return address


def unit_address(user: User, unit: Unit) -> dict[str, object]:
    return {"pk": make(unit, "issued").pk, "code": unit.code}


def figure_address(user: User, unit: Unit) -> dict[str, object]:
    return {"pk": make(unit, "issued").pk, "key": "sessions"}


def section_address(user: User, unit: Unit) -> dict[str, object]:
    return {"pk": make(unit).pk, "section": "practice"}


def passage_address(user: User, unit: Unit) -> dict[str, object]:
    passage = make_passage(make(unit))
    return {"pk": passage.circular_id, "passage_pk": passage.pk}


def closing_address(user: User, unit: Unit) -> dict[str, object]:
    return {"pk": make_closing(unit, Month(2024, 6)).pk}


def title_in_list(user: User, unit: Unit) -> str:
    return make(unit, "issued", title=f"通报{unit.code}").title


def one(address: Make, **body: object) -> Sample:
    return Sample(make=address, missing=NONE, body={**body, "version": 1})


def two(address: Make, missing: dict[str, object], **body: object) -> Sample:
    return Sample(make=address, missing={**NONE, **missing}, body={**body, "version": 1})


OPENED = {"opened": True, "explain_by": LATER}
HEAD = {"title": "关于学习情况的通报", "addressee": "各单位", "sender": "县委宣传部", "remarks": ""}
PRACTICE = {"title": "领导带头学", "text": "书记带头领学。", "position": 1}
ISSUE = {"number": "青宣通〔2024〕9号", "on": TODAY, "whom": "all", "also_sent": ""}
NEW: dict[str, object] = {"section": "practice"}
PASSAGE: dict[str, object] = {"passage_pk": 10**9}

CIRCULAR_SAMPLES: dict[tuple[str, str], Sample] = {
    ("circular_list", "GET"): Sample(canary=title_in_list),
    ("circular_begin", "POST"): one(closing_address),
    ("circular_detail", "GET"): one(circular("issued")),
    ("circular_table", "GET"): one(circular("issued")),
    ("circular_figure", "GET"): two(figure_address, {"key": "sessions"}),
    ("circular_unit", "GET"): two(unit_address, {"code": "QS999"}),
    ("circular_paper", "GET"): one(circular("issued")),
    ("circular_edit", "GET"): one(circular("draft")),
    ("circular_edit", "POST"): one(circular("draft"), **HEAD),
    ("circular_passage_new", "GET"): two(section_address, NEW),
    ("circular_passage_new", "POST"): two(section_address, NEW, **PRACTICE),
    ("circular_passage", "GET"): two(passage_address, PASSAGE),
    ("circular_passage", "POST"): two(passage_address, PASSAGE, **PRACTICE),
    ("circular_passage_remove", "POST"): two(passage_address, PASSAGE),
    ("circular_take_over", "GET"): one(circular("draft")),
    ("circular_take_over", "POST"): one(circular("draft")),
    ("circular_discard", "GET"): one(circular("draft")),
    ("circular_discard", "POST"): one(circular("draft"), reason="重新起草"),
    ("circular_open", "GET"): one(circular("draft")),
    ("circular_open", "POST"): one(circular("draft"), until=LATER.isoformat()),
    ("circular_explain", "GET"): one(circular("draft", **OPENED)),
    ("circular_explain", "POST"): Sample(
        make=circular("draft", **OPENED), missing=NONE, body={"text": "当月防汛", "version": 0}
    ),
    ("circular_submit", "GET"): one(circular("draft")),
    ("circular_submit", "POST"): one(circular("draft")),
    ("circular_send_back", "GET"): one(circular("submitted")),
    ("circular_send_back", "POST"): one(circular("submitted"), reason="数字请再核对"),
    ("circular_approve", "GET"): one(circular("submitted")),
    ("circular_approve", "POST"): one(circular("submitted")),
    ("circular_record", "GET"): one(circular("submitted")),
    ("circular_record", "POST"): one(circular("submitted"), name="测部长", on=TODAY),
    ("circular_issue", "GET"): one(circular("approved")),
    ("circular_issue", "POST"): one(circular("approved"), **ISSUE),
}
