"""What the department has to see to: overdue feedback, replies that wait, units in delay."""

import datetime as dt
from typing import NamedTuple

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from reports.gather.unions import Words, branch, by_owner
from reports.models import Finding, SitIn
from units.access.roles import DEPARTMENT_ROLES
from units.models import Assignment

SIT_IN, FINDING = "SF"


class Waiting(NamedTuple):
    """One kind of thing, in words, and where it is seen to."""

    words: str
    address: str


def waiting(acting: Assignment, today: dt.date) -> list[Waiting]:
    """The kinds of which there are any; one query for the department, none for others."""
    if acting.role not in DEPARTMENT_ROLES:
        return []
    late = SitIn.objects.visible_to(acting).feedback_overdue(today)
    rows = Finding.objects.visible_to(acting).exclude(status=Finding.Status.CLOSED)
    found = by_owner(
        (
            branch(late, SIT_IN, F("id"), F("year"), Words("status", "feedback_due")),
            branch(rows, FINDING, F("id"), F("id"), Words("status", "due")),
        )
    )
    years, stand = [], []
    for source, _owner, number, text in (row for several in found.values() for row in several):
        if source == SIT_IN:
            years.append(number)
        else:
            stand.append(text.split(" "))
    replied = sum(status == Finding.Status.REPLIED for status, _due in stand)
    overdue = sum(
        status != Finding.Status.REPLIED and due < today.isoformat() for status, due in stand
    )
    plan, ledger = reverse("sit_in_plan"), reverse("finding_list")
    kinds = (
        (len(years), _("%d 次旁听逾期未反馈"), f"{plan}?show=overdue&year={min(years, default=0)}"),
        (replied, _("%d 个问题已回复，待核查销号"), f"{ledger}?status=replied"),
        (overdue, _("%d 个问题逾期未整改"), f"{ledger}?status=overdue"),
    )
    return [Waiting(words % number, address) for number, words, address in kinds if number]
