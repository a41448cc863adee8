"""Writing schemes: drafts, publishing, taking back. A published scheme never changes."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from reports.assessments.audience import audience, touched
from reports.assessments.defaults import DEFAULT_GRADES, default_items
from reports.assessments.faults import scheme_faults
from reports.assessments.measuring import measure
from reports.models import (
    AssessmentEvent,
    AssessmentItem,
    AssessmentPublication,
    AssessmentScheme,
    AssessmentScore,
    AssessmentSheet,
)
from units.models import Category, Unit

EDITABLE = frozenset({"title", "self_due", "grades"})


class SchemeError(ValueError):
    """The scheme cannot be changed or published; `faults` are sentences for the user."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class StaleSchemeError(Exception):
    """Somebody else changed the draft since it was opened."""


def usual_due(year: int) -> dt.date:
    """The self-check is due before the annual report is."""
    return dt.date(year, 12, 15)


@transaction.atomic
def create_default(*, root: Unit, year: int, title: str) -> AssessmentScheme:
    """A draft with the default items."""
    return _create(root, year, title, list(DEFAULT_GRADES), default_items())


@transaction.atomic
def copy_scheme(*, source: AssessmentScheme, root: Unit, year: int, title: str) -> AssessmentScheme:
    """A draft with another scheme's items, grades and categories, for any year."""
    copy = _create(root, year, title, source.grades, list(source.items.all()))
    copy.categories.set(source.categories.all())
    return copy


def _create(
    root: Unit, year: int, title: str, grades: Sequence[object], items: Iterable[AssessmentItem]
) -> AssessmentScheme:
    scheme = AssessmentScheme.objects.create(
        root=root, year=year, title=title, self_due=usual_due(year), grades=list(grades)
    )
    rows = list(items)
    for row in rows:
        row.pk, row.scheme = None, scheme
        row._state.adding = True
    AssessmentItem.objects.bulk_create(rows)
    return scheme


@transaction.atomic
def change_draft(
    *,
    scheme: AssessmentScheme,
    changes: Mapping[str, object],
    categories: Iterable[Category],
    items: Sequence[AssessmentItem],
    opened: int,
) -> None:
    """Changes a draft and its items: those with an id stay the same items, others are new, what
    is not named goes, with all that was entered for it. So does what was entered for an item that
    is worked out in another way now.

    `opened` is the revision the draft had when it was opened. Raises SchemeError for a published
    scheme, StaleSchemeError for another revision, KeyError for a column not to be edited.
    """
    if unknown := changes.keys() - EDITABLE:
        raise KeyError(f"not to be edited: {sorted(unknown)}")
    draft = _locked_draft(scheme, opened)
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.revision += 1
    draft.save()
    draft.categories.set(categories)
    kept = {item.pk for item in items if item.pk}
    draft.items.exclude(pk__in=kept).delete()
    before = {pk: way for pk, *way in draft.items.values_list("pk", "kind", "rule")}
    other = [item.pk for item in items if item.pk and before[item.pk] != [item.kind, item.rule]]
    AssessmentScore.objects.filter(item__in=other).delete()
    for position, item in enumerate(items, start=1):
        item.scheme, item.position = draft, position
        item.save()


@transaction.atomic
def publish(
    *, scheme: AssessmentScheme, at: dt.datetime, today: dt.date, by: User | None, opened: int
) -> int:
    """Freezes a draft and opens a sheet for every unit it is for; returns how many units.

    Published again after having been taken back, the units' sheets stay and begin anew: what no
    longer fits the items is cleared. Raises SchemeError with every fault, StaleSchemeError.
    """
    draft = _locked_draft(scheme, opened)
    faults = scheme_faults(draft, list(draft.items.all()))
    meant = audience(draft)
    if not meant.own and not faults:
        faults.append(_("没有适用的单位，请检查适用类别。"))
    if faults:
        raise SchemeError(*faults)
    draft.published_at, draft.published_by, draft.withdraw_reason = at, by, ""
    draft.save(update_fields=["published_at", "published_by", "withdraw_reason"])
    AssessmentSheet.objects.filter(unit__in=meant.taken, year=draft.year).delete()
    _leave(draft, meant.own)
    _restart(draft, at, by)
    add_sheets(scheme=draft, units=meant.own)
    sheets = AssessmentSheet.objects.filter(scheme=draft)
    measure(sheets=sheets, root=draft.root, year=draft.year, today=today, at=at)
    return len(meant.own)


@transaction.atomic
def withdraw(*, scheme: AssessmentScheme, reason: str) -> None:
    """Takes a published scheme back to a draft; what was entered is kept until it is published
    again. Raises SchemeError while results stand.
    """
    locked = AssessmentScheme.objects.select_for_update().get(pk=scheme.pk)
    if AssessmentPublication.objects.filter(scheme=locked, withdrawn_at=None).exists():
        raise SchemeError(_("考评结果已经公布，请先撤回结果，再撤回方案。"))
    if locked.published_at is None:
        raise SchemeError(_("方案已经是草稿。"))
    AssessmentScheme.objects.filter(pk=locked.pk).update(
        published_at=None, published_by=None, withdraw_reason=reason, revision=F("revision") + 1
    )


@transaction.atomic
def discard(*, scheme: AssessmentScheme) -> None:
    """Removes a draft that was never published. Raises SchemeError for any other."""
    draft = _locked_draft(scheme)
    if draft.sheets.exists():
        raise SchemeError(_("方案发布过，已有单位的考评表，不能删除；请修改后重新发布。"))
    draft.delete()


def add_sheets(*, scheme: AssessmentScheme, units: Iterable[int]) -> None:
    """Opens a sheet for each unit that has none in the scheme."""
    AssessmentSheet.objects.bulk_create(
        [AssessmentSheet(scheme=scheme, unit_id=unit, year=scheme.year) for unit in sorted(units)],
        ignore_conflicts=True,
    )


def _leave(scheme: AssessmentScheme, units: frozenset[int]) -> None:
    """Sheets of units that the scheme is no longer for go, if nothing was entered on them."""
    gone = AssessmentSheet.objects.filter(scheme=scheme).exclude(unit__in=units)
    if entered := touched(gone):
        raise SchemeError(
            _("有 %d 个单位已在本方案里自查，不能改为不适用；请恢复原来的适用类别。") % len(entered)
        )
    gone.delete()


def _restart(scheme: AssessmentScheme, at: dt.datetime, by: User | None) -> None:
    """Sheets that were handed in or checked begin anew; scores an item cannot bear are cleared."""
    begun = AssessmentSheet.objects.filter(scheme=scheme).exclude(status="draft")
    AssessmentEvent.objects.bulk_create(
        AssessmentEvent(sheet=sheet, kind=AssessmentEvent.Kind.RESTART, at=at, by=by)
        for sheet in begun
    )
    begun.update(status="draft", awaits_reply=False, own_due=None, version=F("version") + 1)
    scores = AssessmentScore.objects.filter(sheet__scheme=scheme)
    scores.filter(item__kind="data").update(self_score=None, score=None, is_excused=False)
    scores.filter(item__kind="judgement").update(adjusted=None)
    for name in ("self_score", "score", "adjusted"):
        above = scores.filter(**{f"{name}__gt": F("item__points")}).values_list("pk", flat=True)
        AssessmentScore.objects.filter(pk__in=list(above)).update(**{name: None})


def _locked_draft(scheme: AssessmentScheme, opened: int | None = None) -> AssessmentScheme:
    draft = AssessmentScheme.objects.select_for_update().get(pk=scheme.pk)
    if draft.published_at is not None:
        raise SchemeError(_("“%s”已经发布，不能修改；请先撤回。") % draft)
    if opened is not None and draft.revision != opened:
        raise StaleSchemeError
    return draft
