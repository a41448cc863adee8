"""Publishing the results of a scheme: what was published stays what it was."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from reports.assessments import scoring
from reports.assessments.measuring import basis_of
from reports.assessments.reading import ItemLine, SheetView, grades_of, sheet_view
from reports.assessments.schemes import StaleSchemeError
from reports.models import (
    AssessmentItem,
    AssessmentPublication,
    AssessmentResult,
    AssessmentScheme,
    AssessmentScore,
    AssessmentSheet,
)
from units.models import Unit

Status = AssessmentSheet.Status
BATCH = 500
FIRST_MONTH = 12


class ResultError(ValueError):
    """Results cannot be published or withdrawn; `faults` are sentences for the user."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class Ready(NamedTuple):
    """What publishing would bring, and what stands against it.

    `basis` says from what the data are, `warning` what may still change, '' if nothing.
    """

    sheets: int
    faults: list[str]
    basis: str
    warning: str
    must_measure: bool


def standing(scheme: AssessmentScheme) -> AssessmentPublication | None:
    """The publication that holds; None while there is none."""
    return scheme.publications.filter(withdrawn_at=None).first()


def views(scheme: AssessmentScheme, sheets: Sequence[AssessmentSheet]) -> Iterator[SheetView]:
    """The sheets worked out; two queries."""
    items = list(scheme.items.all())
    grades = grades_of(scheme)
    scores: dict[int, list[AssessmentScore]] = {}
    for score in AssessmentScore.objects.filter(sheet__in=sheets):
        scores.setdefault(score.sheet_id, []).append(score)
    for sheet in sheets:
        yield sheet_view(sheet, items, scores.get(sheet.pk, ()), grades=grades)


def ready(scheme: AssessmentScheme, today: dt.date) -> Ready:
    """Whether the results can be published today; six queries."""
    sheets = list(scheme.sheets.select_related("unit"))
    basis = basis_of(scheme.root, scheme.year, today)
    key = basis.closing.pk if basis.closing else None
    wanted = (key, basis.as_of, basis.open_as_of)
    old = sum((row.closing_id, row.as_of, row.open_as_of) != wanted for row in sheets)
    found = list(views(scheme, sheets))
    counts = (
        (
            sum(row.status != Status.CHECKED for row in sheets),
            _("有 %d 个单位还没有完成检查评分。"),
        ),
        (sum(bool(one.total.missing) for one in found), _("有 %d 个单位还有未评分的项目。")),
        (sum(row.awaits_reply for row in sheets), _("有 %d 个单位的说明还没有答复。")),
        (old, _("有 %d 个单位的数据不是按当前口径核算的，请先重新核算。")),
    )
    faults = [words % number for number, words in counts if number]
    if not sheets:
        faults.append(_("方案里没有单位。"))
    if today < dt.date(scheme.year, FIRST_MONTH, 1):
        # Results of part of a year would be what may not be ranked by month or quarter.
        faults.append(_("考评以全年为准，结果最早在当年12月公布。"))
    return Ready(len(sheets), faults, basis.words, _warning(found, basis.closing is None), old > 0)


def _warning(found: Sequence[SheetView], is_open: bool) -> str:
    """What may still change once the results are out."""
    waiting = sum(bool(one.open) for one in found)
    said = [_("12月还没有封账，结果按在线记录核算，公布时会写明。")] if is_open else []
    if waiting:
        said.append(_("有 %d 个单位还有未办结的事项，暂不扣分，公布后不再补扣。") % waiting)
    return "".join(said)


@transaction.atomic
def publish(
    *,
    scheme: AssessmentScheme,
    at: dt.datetime,
    today: dt.date,
    by: User | None,
    opened: str,
) -> AssessmentPublication:
    """Stores the result of every unit, with a checksum over the scheme and all of them.

    `opened` is what was seen when the page was opened (see `seen`). Raises
    ResultError with every fault, StaleSchemeError if a sheet was changed since.
    """
    locked = AssessmentScheme.objects.select_for_update().get(pk=scheme.pk)
    if locked.published_at is None:
        raise ResultError(_("方案还没有发布。"))
    if standing(locked) is not None:
        raise ResultError(_("考评结果已经公布。"))
    list(AssessmentSheet.objects.select_for_update().filter(scheme=locked).values_list("pk"))
    if seen(locked) != opened:
        raise StaleSchemeError
    state = ready(locked, today)
    if state.faults:
        raise ResultError(*state.faults)
    publication = AssessmentPublication(
        scheme=locked,
        said=said(locked),
        basis=state.basis,
        closing=basis_of(locked.root, locked.year, today).closing,
        published_at=at,
        published_by=by,
    )
    results = worked_out(publication, today)
    publication.checksum = checksum(publication, results)
    publication.save()
    AssessmentResult.objects.bulk_create(results, batch_size=BATCH)
    # A step that was about to be taken meanwhile finds another version, and is refused.
    AssessmentSheet.objects.filter(scheme=locked).update(version=F("version") + 1)
    return publication


@transaction.atomic
def withdraw(*, publication: AssessmentPublication, reason: str, at: dt.datetime, by: User) -> None:
    """Takes published results back; they stay on record with the reason. Raises ResultError."""
    rows = AssessmentPublication.objects.filter(pk=publication.pk, withdrawn_at=None)
    if rows.update(withdrawn_at=at, withdrawn_by=by, withdraw_reason=reason) != 1:
        raise ResultError(_("结果此前已经撤回。"))


def seen(scheme: AssessmentScheme) -> str:
    """A mark that differs with every change and measurement of a sheet of the scheme; one query."""
    rows = scheme.sheets.order_by("pk").values_list("pk", "version", "measured_at")
    return mark_of(rows)


def mark_of(rows: Iterable[tuple[int, int, dt.datetime | None]]) -> str:
    """The mark of sheets by their id, version and time of measurement."""
    return _digest([[key, version, at and at.timestamp()] for key, version, at in rows])


def intact(publication: AssessmentPublication) -> bool:
    """Whether what was published is what is stored: no result changed, added or gone."""
    results = list(publication.results.order_by("position"))
    return all(row.checksum == _result_checksum(row) for row in results) and (
        publication.checksum == checksum(publication, results)
    )


def said(scheme: AssessmentScheme) -> dict[str, Any]:
    """The scheme in plain values."""
    return {
        "title": scheme.title,
        "year": scheme.year,
        "grades": scheme.grades,
        "items": [_item(item) for item in scheme.items.all()],
    }


def checksum(publication: AssessmentPublication, results: Sequence[AssessmentResult]) -> str:
    """SHA-256 over the scheme, the basis and the checksums of the results, in their order."""
    parts = [publication.said, publication.basis, publication.closing_id]
    return _digest([*parts, [row.checksum for row in results]])


def _item(item: AssessmentItem) -> dict[str, Any]:
    values = {
        name: getattr(item, name)
        for name in ("project", "content", "standard", "kind", "rule", "evidence")
    }
    cap = "" if item.cap is None else scoring.plain(item.cap)
    points, deduction = scoring.plain(item.points), scoring.plain(item.deduction)
    return values | {"points": points, "deduction": deduction, "cap": cap}


def worked_out(publication: AssessmentPublication, today: dt.date) -> list[AssessmentResult]:
    """The unsaved results of all sheets of its scheme, in official order; four queries."""
    scheme = publication.scheme
    rows = scheme.sheets.with_unit_name(today).select_related("unit__category")
    sheets = list(rows.in_official_order())
    return [
        _result(publication, position, view)
        for position, view in enumerate(views(scheme, sheets), start=1)
    ]


def _result(publication: AssessmentPublication, position: int, view: SheetView) -> AssessmentResult:
    unit: Unit = view.sheet.unit
    row = AssessmentResult(
        publication=publication,
        sheet=view.sheet,
        position=position,
        unit_name=getattr(view.sheet, "unit_name", None) or unit.code,
        category=unit.category.name,
        possible=scoring.exact(view.total.possible),
        score=scoring.exact(view.total.score),
        self_score=None if view.self_total.missing else scoring.exact(view.self_total.score),
        grade=view.grade,
        lines=[_line(line) for line in view.lines],
    )
    row.checksum = _result_checksum(row)
    return row


def _line(line: ItemLine) -> dict[str, Any]:
    return {
        **_item(line.item),
        "item": line.item.pk,
        "is_adjusted": line.is_adjusted,
        "method": line.method,
        "self_score": line.self_score,
        "score": line.score,
        "applies": line.found.applies,
        "reasons": [[one.text, one.amount, line.found.lines[place].rule,
                     line.found.lines[place].period]
                    for place, one in enumerate(line.reasons)],
    }  # fmt: skip


def _result_checksum(row: AssessmentResult) -> str:
    """SHA-256 over all that a result says, in canonical JSON."""
    amounts: list[Decimal | None] = [row.possible, row.score, row.self_score]
    told = [None if one is None else scoring.plain(one) for one in amounts]
    return _digest(
        [row.sheet_id, row.position, row.unit_name, row.category, told, row.grade, row.lines]
    )


def _digest(parts: Any) -> str:
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
