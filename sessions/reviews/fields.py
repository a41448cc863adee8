"""The parts of a session, plan or report that a return may name, as the unit's pages know them."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from sessions.models import AnnualPlan, StudySession
from sessions.plans.periods import period_label
from sessions.recording.fields import FIELDS
from sessions.services import Reviewed
from sessions.unit_reports.sections import SECTIONS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PLAN_FIELDS = {
    "title": _("标题"),
    "basis": _("制定依据"),
    "approved_by": _("审定人"),
    "approved_on": _("审定日期"),
    "items": _("计划项目（总体）"),
}


def returnable(about: Reviewed) -> "list[tuple[str, StrOrPromise]]":
    """Name and label of each part."""
    if isinstance(about, StudySession):
        return list(FIELDS.items())
    if isinstance(about, AnnualPlan):
        items = about.items.all()
        named = [
            (f"items.{item.pk}", f"{period_label(item.period)} {item.topic}") for item in items
        ]
        return [*PLAN_FIELDS.items(), *named]
    return [(section.key, section.heading) for section in SECTIONS]


def labels_of(about: Reviewed, names: list[str]) -> "list[StrOrPromise]":
    """What a return named, in words; what is gone since is left out."""
    labels = dict(returnable(about))
    return [labels[name] for name in names if name in labels]
