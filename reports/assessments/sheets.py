"""Every step of a unit's sheet: one transaction that moves its state and adds to its history."""

import datetime as dt
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from reports.assessments import scoring
from reports.assessments.measuring import measure, read
from reports.assessments.reading import scored_item
from reports.models import (
    AssessmentEvent,
    AssessmentItem,
    AssessmentPublication,
    AssessmentScore,
    AssessmentSheet,
)
from reports.sitins.services import Act
from reports.sitins.stale import StaleError

Status, Kind = AssessmentSheet.Status, AssessmentEvent.Kind


class SheetError(ValueError):
    """The step is not possible; the sentence says why and what to do."""


class SelfScore(NamedTuple):
    """What a unit says of one item; `score` is None while it is not sure yet."""

    score: Decimal | None
    reason: str
    evidence: str
    link: str


class CheckScore(NamedTuple):
    """What the department says of one item that people judge."""

    score: Decimal | None
    reason: str
    is_excused: bool


def self_due(sheet: AssessmentSheet) -> dt.date:
    """The last day for the unit's own scores."""
    return sheet.own_due or sheet.scheme.self_due


@transaction.atomic
def save_self(
    *, sheet: AssessmentSheet, entered: Mapping[int, SelfScore], today: dt.date, act: Act
) -> None:
    """Keeps the unit's own scores by item id. Raises SheetError after the last day."""
    _in_time(sheet, today)
    _move(sheet, act, {Status.DRAFT})
    _write_self(sheet, entered)


@transaction.atomic
def hand_in(
    *, sheet: AssessmentSheet, entered: Mapping[int, SelfScore], today: dt.date, act: Act
) -> None:
    """Keeps the unit's own scores and hands them in, with the data as they stand today."""
    _in_time(sheet, today)
    _move(sheet, act, {Status.DRAFT}, status=Status.HANDED_IN)
    _write_self(sheet, entered)
    scheme = sheet.scheme
    measure(sheets=[sheet], root=scheme.root, year=sheet.year, today=today, at=act.at)
    _write_measured(sheet)
    _note(sheet, Kind.HAND_IN, act)


@transaction.atomic
def send_back(*, sheet: AssessmentSheet, reason: str, due: dt.date, act: Act) -> None:
    """Opens the unit's own scores again until another day."""
    _unpublished(sheet)
    _move(sheet, act, set(Status), status=Status.DRAFT, own_due=due, awaits_reply=False)
    _note(sheet, Kind.RETURN, act, reason)


@transaction.atomic
def save_check(
    *, sheet: AssessmentSheet, entered: Mapping[int, CheckScore], today: dt.date, act: Act
) -> None:
    """Keeps the department's scores by item id while the check is under way."""
    _checkable(sheet, today)
    _move(sheet, act, {Status.DRAFT, Status.HANDED_IN})
    _write_check(sheet, entered)


@transaction.atomic
def finish_check(
    *, sheet: AssessmentSheet, entered: Mapping[int, CheckScore], today: dt.date, act: Act
) -> None:
    """Keeps the department's scores and shows them to the unit; a second time, amends them."""
    _checkable(sheet, today)
    is_first = sheet.status != Status.CHECKED
    _move(sheet, act, set(Status), status=Status.CHECKED)
    _write_check(sheet, entered)
    _note(sheet, Kind.CHECK if is_first else Kind.AMEND, act)


@transaction.atomic
def adjust(
    *,
    sheet: AssessmentSheet,
    item: AssessmentItem,
    score: Decimal | None,
    reason: str,
    act: Act,
) -> None:
    """Puts a decided score in place of what the data came to; None takes the exception back.

    Raises SheetError for an item of judgement or one that does not apply to the unit.
    """
    _unpublished(sheet)
    found = scoring.measured(scored_item(item), read(sheet.obligations, item.rule))
    if item.kind != AssessmentItem.Kind.DATA or not found.applies:
        raise SheetError(_("这一项不是系统核算的，或者对该单位不适用，不能作例外评分。"))
    _move(sheet, act, set(Status))
    values: dict[str, Any] = {"adjusted": None, "adjust_reason": "", "adjusted_by": None}
    said = _("%s：取消例外评分。") % item.content
    if score is not None:
        score = scoring.exact(score)
        values = {"adjusted": score, "adjust_reason": reason, "adjusted_by": act.by}
        said = _("%(item)s：系统核算 %(found)s，改为 %(score)s。理由：%(reason)s") % {
            "item": item.content,
            "found": scoring.plain(found.score or scoring.NOTHING),
            "score": scoring.plain(score),
            "reason": reason,
        }
    values["adjusted_at"] = act.at if score is not None else None
    AssessmentScore.objects.update_or_create(sheet=sheet, item=item, defaults=values)
    _note(sheet, Kind.ADJUST, act, said)


@transaction.atomic
def explain(*, sheet: AssessmentSheet, text: str, act: Act) -> None:
    """The unit explains or objects, once the check is finished and before results are published."""
    _unpublished(sheet)
    if sheet.awaits_reply:
        raise SheetError(_("上一次的说明还没有答复，请等答复后再提。"))
    _move(sheet, act, {Status.CHECKED}, awaits_reply=True)
    _note(sheet, Kind.OBJECT, act, text)


@transaction.atomic
def reply(*, sheet: AssessmentSheet, text: str, act: Act) -> None:
    """The department answers an explanation."""
    _unpublished(sheet)
    if not sheet.awaits_reply:
        raise SheetError(_("没有待答复的说明，可能他人已经答复。"))
    _move(sheet, act, set(Status), awaits_reply=False)
    _note(sheet, Kind.REPLY, act, text)


def _in_time(sheet: AssessmentSheet, today: dt.date) -> None:
    if today > self_due(sheet):
        raise SheetError(_("自查已于 %s 截止；确需修改的，请联系宣传部退回。") % self_due(sheet))


def _checkable(sheet: AssessmentSheet, today: dt.date) -> None:
    _unpublished(sheet)
    if sheet.status == Status.DRAFT and today <= self_due(sheet):
        raise SheetError(_("单位还在自查（%s 截止），报送或截止后再检查。") % self_due(sheet))


def _unpublished(sheet: AssessmentSheet) -> None:
    """What was published stays as it is."""
    if AssessmentPublication.objects.filter(scheme=sheet.scheme_id, withdrawn_at=None).exists():
        raise SheetError(_("考评结果已经公布，不能再修改；确需更正的，请先撤回结果。"))


def _move(sheet: AssessmentSheet, act: Act, states: Collection[str], **values: Any) -> None:
    """Moves the sheet along if it is as it was when its page was opened; else StaleError."""
    rows = AssessmentSheet.objects.filter(
        pk=sheet.pk, version=act.version, status__in=states, scheme__published_at__isnull=False
    )
    if rows.update(version=F("version") + 1, **values) != 1:
        raise StaleError(
            AssessmentSheet.objects.select_related("unit", "scheme__root").get(pk=sheet.pk)
        )


def _write_self(sheet: AssessmentSheet, entered: Mapping[int, SelfScore]) -> None:
    for item, one in entered.items():
        values = {
            "self_score": None if one.score is None else scoring.exact(one.score),
            "self_reason": one.reason,
            "self_evidence": one.evidence,
            "self_link": one.link,
        }
        AssessmentScore.objects.update_or_create(sheet=sheet, item_id=item, defaults=values)


def _write_measured(sheet: AssessmentSheet) -> None:
    """Keeps what the data came to as the unit's own score of the items that nobody enters."""
    for item in sheet.scheme.items.filter(kind=AssessmentItem.Kind.DATA):
        found = scoring.measured(scored_item(item), read(sheet.obligations, item.rule))
        AssessmentScore.objects.update_or_create(
            sheet=sheet, item=item, defaults={"self_score": found.score}
        )


def _write_check(sheet: AssessmentSheet, entered: Mapping[int, CheckScore]) -> None:
    for item, one in entered.items():
        score = None if one.score is None or one.is_excused else scoring.exact(one.score)
        values = {"score": score, "reason": one.reason, "is_excused": one.is_excused}
        AssessmentScore.objects.update_or_create(sheet=sheet, item_id=item, defaults=values)


def _note(sheet: AssessmentSheet, kind: AssessmentEvent.Kind, act: Act, note: str = "") -> None:
    AssessmentEvent.objects.create(sheet=sheet, kind=kind, at=act.at, by=act.by, note=note)
