"""The two systems of responsibility that study is to be part of (2017 rule, article 2).

A report states whether it is, and by which paper. The statement is shown and never scored.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions.models import UnitReport
from sessions.report_notices.reading import quoted

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Duty:
    """A system of responsibility and the report's columns that tell of it."""

    name: "StrOrPromise"
    is_in: str
    paper: str


DUTIES = (
    Duty(gettext_lazy("党建工作责任制"), "in_party_building", "party_building_paper"),
    Duty(gettext_lazy("意识形态工作责任制"), "in_ideology", "ideology_paper"),
)
COLUMNS = tuple(column for duty in DUTIES for column in (duty.is_in, duty.paper))


def stated(report: UnitReport) -> dict[str, Any]:
    """The columns and what they say; True, False or None (not said), and the paper's name."""
    return {column: getattr(report, column) for column in COLUMNS}


def unstated(values: Mapping[str, Any]) -> list[str]:
    """What the report does not say yet, in words. None of it stops a submission."""
    return [
        _("是否纳入%(duty)s") % {"duty": duty.name}
        for duty in DUTIES
        if values.get(duty.is_in) is None
    ]


def statements(values: Mapping[str, Any]) -> Iterator[str]:
    """A sentence for each of them that the report speaks of."""
    for duty in DUTIES:
        is_in, paper = values.get(duty.is_in), str(values.get(duty.paper) or "").strip()
        if is_in is None:
            continue
        if not is_in:
            yield _("中心组学习尚未纳入%(duty)s。") % {"duty": duty.name}
        elif paper:
            yield _("中心组学习已纳入%(duty)s（%(paper)s）。") % {
                "duty": duty.name,
                "paper": quoted(paper),
            }
        else:
            yield _("中心组学习已纳入%(duty)s。") % {"duty": duty.name}
