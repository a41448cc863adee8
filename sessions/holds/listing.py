"""Held files as their pages show them: where each came from, and nothing of what was studied."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, CharField, QuerySet, Value, When
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from sessions.holds.services import owner_of
from sessions.models import Evidence, HoldRequest
from sessions.pages.names import short_names


@dataclass(frozen=True, slots=True)
class HeldRow:
    """``paper`` says what the file was put on, by its date or year; never by its theme."""

    pk: int
    unit: str
    paper: str
    kind: str
    size: str
    uploaded_at: datetime
    uploaded_by: str
    sha256: str
    state: str
    tone: str
    is_held: bool
    request: HoldRequest | None


def held_first(files: QuerySet[Evidence]) -> QuerySet[Evidence]:
    """With everything a row needs; what is still held comes first, the newest on top."""
    waiting = Case(
        When(checked=Evidence.Checked.HELD, then=Value("a")),
        default=Value("b"),
        output_field=CharField(),
    )
    return files.select_related("session", "plan", "report", "ledger", "uploaded_by").order_by(
        waiting, "-uploaded_at", "-pk"
    )


def held_rows(files: Iterable[Evidence], today: date) -> list[HeldRow]:
    """Two queries for any number of files."""
    files = list(files)
    names = short_names({owner_of(file)[0] for file in files}, today)
    requests = HoldRequest.objects.filter(evidence__in=files).select_related(
        "asked_by", "decided_by"
    )
    latest: dict[int, HoldRequest] = {}
    for request in requests:
        latest.setdefault(request.evidence_id, request)
    return [_row(file, names, latest.get(file.pk)) for file in files]


def _row(file: Evidence, names: dict[int, str], request: HoldRequest | None) -> HeldRow:
    is_held = file.checked == Evidence.Checked.HELD
    is_waiting = request is not None and request.decided_at is None
    state, tone = _("已销毁"), "secondary"
    if is_held:
        state, tone = (_("待复核"), "primary") if is_waiting else (_("待处理"), "warning")
    return HeldRow(
        pk=file.pk,
        unit=names.get(owner_of(file)[0], ""),
        paper=_paper(file),
        kind=file.get_kind_display(),
        size=filesizeformat(file.size),
        uploaded_at=file.uploaded_at,
        uploaded_by=file.uploaded_by.full_name if file.uploaded_by else "",
        sha256=file.sha256,
        state=state,
        tone=tone,
        is_held=is_held,
        request=request,
    )


def _paper(file: Evidence) -> str:
    if file.session is not None:
        return _("%s的学习") % f"{file.session.date:%Y-%m-%d}"
    if file.plan is not None:
        return _("%s年度学习计划") % file.plan.year
    if file.ledger is not None:
        return _("%s导入的学习台账") % f"{timezone.localdate(file.ledger.at):%Y-%m-%d}"
    return _("%s年学习报告") % (file.report.year if file.report else "")
