"""What can be reviewed: sessions, plans and reports, under one roof."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sessions.models import AnnualPlan, ReviewEvent, Status, StudySession, UnitReport
from sessions.services import Reviewed
from units.access.requests import Access
from units.access.roles import Role
from units.models import Assignment

SESSION, PLAN, REPORT = "session", "plan", "report"
# In the order in which what was submitted at the same moment is reviewed.
MODELS: Mapping[str, type[Reviewed]] = {
    SESSION: StudySession,
    PLAN: AnnualPlan,
    REPORT: UnitReport,
}
# Kinds as the queue tells them apart: reports by theirs.
LABELS = {
    SESSION: _("集中学习"),
    PLAN: _("年度计划"),
    UnitReport.Kind.HALF_YEAR.value: UnitReport.Kind.HALF_YEAR.label,
    UnitReport.Kind.ANNUAL.value: UnitReport.Kind.ANNUAL.label,
}


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """A thing's place among those that wait: the longest waiting first."""

    at: datetime
    rank: int
    pk: int

    @property
    def paper(self) -> str:
        """``session``, ``plan`` or ``report``, as addresses name it."""
        return tuple(MODELS)[self.rank]


def rank_of(about: Reviewed) -> int:
    return next(rank for rank, model in enumerate(MODELS.values()) if isinstance(about, model))


def paper_of(about: Reviewed) -> str:
    return tuple(MODELS)[rank_of(about)]


def model_of(paper: str) -> type[Reviewed]:
    """The model an address names; 404 for a word that names none."""
    if paper not in MODELS:
        raise Http404
    return MODELS[paper]


def kind_label(about: Reviewed) -> str:
    return str(LABELS[about.kind if isinstance(about, UnitReport) else paper_of(about)])


def year_of(about: Reviewed) -> int:
    return about.date.year if isinstance(about, StudySession) else about.year


def review_address(about: Reviewed, access: Access) -> str:
    """Where whoever looks at it may decide on it now; empty for everybody else."""
    decides = Role.APPROVER if about.awaits_approval else Role.AUDITOR
    if about.status != Status.SUBMITTED or access.acting.role != decides:
        return ""
    return reverse("review_item", args=[paper_of(about), about.pk])


def title_of(about: Reviewed) -> str:
    """What to call it; a session that may not say its theme says so."""
    if not isinstance(about, StudySession):
        return about.title
    if about.is_offline_only:
        return str(_("（含不宜上网内容）"))
    return about.theme or str(_("（未填主题）"))


def with_submission(rows: "QuerySet[Any]", paper: str) -> "QuerySet[Any]":
    """Annotates ``submitted_at``, the moment of the last submission."""
    submitted = ReviewEvent.objects.filter(
        **{paper: OuterRef("pk")}, kind=ReviewEvent.Kind.SUBMIT
    ).order_by("-id")
    dated: QuerySet[Any] = rows.annotate(
        submitted_at=Coalesce(Subquery(submitted.values("at")[:1]), F("updated_at"))
    )
    return dated


def waiting(rows: "QuerySet[Any]", *, in_unit: bool) -> "QuerySet[Any]":
    """Those that wait for the unit's approver, or for the department."""
    found: QuerySet[Any] = rows.filter(status=Status.SUBMITTED, awaits_approval=in_unit)
    return found


def waiting_in_units(assignment: Assignment) -> int:
    """How many things in the role's scope wait for an approver of their unit; one query."""
    branches = []
    for model in MODELS.values():
        rows: Any = model._default_manager
        found = waiting(rows.visible_to(assignment), in_unit=True)
        branches.append(found.order_by().values_list("pk"))
    first, *others = branches
    return int(first.union(*others, all=True).count())
