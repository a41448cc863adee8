"""Changes of a plan. Each is one transaction and tells reports of it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils.translation import gettext as _

from accounts.models import User
from sessions.history import (
    EDITABLE_PLAN,
    IncompleteError,
    StaleVersionError,
    history_of,
    was_filed,
)
from sessions.models import AnnualPlan, PlanItem, ReviewEvent, Status
from sessions.plans.checks import faults
from sessions.plans.contents import ItemContent, PlanContent, content_of
from sessions.plans.periods import moved_to_year
from sessions.services import ReviewError, announce, record_event
from units.models import Unit

State = PlanItem.State
ITEM_FIELDS = (
    "period",
    "topic",
    "content",
    "form",
    "is_discussion",
    "speakers",
    "owner",
    "state",
    "note",
)


def usual_title(unit: Unit, name: str, year: int) -> str:
    """What a plan is called until the unit says otherwise; ``name`` is the unit's short one."""
    return _("%(unit)s%(body)s理论学习中心组%(year)d年学习计划") % {
        "unit": name,
        "body": unit.get_party_body_display(),
        "year": year,
    }


def create_plan(
    *, unit: Unit, year: int, title: str, by: User, copy: AnnualPlan | None = None
) -> tuple[AnnualPlan, bool]:
    """The unit's plan of the year and whether it is new: a second click finds the first's.

    ``copy`` is an earlier plan whose basis and items the draft takes over, cancelled ones not.
    """
    with transaction.atomic():
        plan, is_new = AnnualPlan.objects.get_or_create(
            unit=unit,
            year=year,
            defaults={"title": title, "basis": copy.basis if copy else "", "created_by": by},
        )
        if is_new and copy is not None:
            PlanItem.objects.bulk_create(
                PlanItem(
                    plan=plan,
                    rank_order=number,
                    period=moved_to_year(item.period, year),
                    topic=item.topic,
                    content=item.content,
                    form=item.form,
                    is_discussion=item.is_discussion,
                    speakers=item.speakers,
                    owner=item.owner,
                )
                for number, item in enumerate(copy.items.exclude(state=State.CANCELLED), start=1)
            )
        if is_new:
            announce(unit_ids={unit.pk}, years={year})
    return plan, is_new


def save_plan(*, plan: AnnualPlan, version: int, content: PlanContent, at: datetime) -> None:
    """Stores what the unit wrote over the version it was written on.

    Raises StaleVersionError, and writes nothing, if the plan has moved on since.
    """
    with transaction.atomic():
        written = AnnualPlan.objects.filter(
            pk=plan.pk, version=version, status__in=EDITABLE_PLAN
        ).update(
            title=content.title,
            basis=content.basis,
            approved_by=content.approved_by,
            approved_on=content.approved_on,
            version=F("version") + 1,
            updated_at=at,
            adjusted_at=Case(When(status=Status.FILED, then=Value(at)), default=F("adjusted_at")),
        )
        if written != 1:
            raise StaleVersionError
        _write_items(plan, content.items)
        plan.refresh_from_db()
        announce(unit_ids={plan.unit_id}, years={plan.year})


def _write_items(plan: AnnualPlan, rows: tuple[ItemContent, ...]) -> None:
    """A row whose item somebody removed meanwhile becomes an item again."""
    stored = {item.pk: item for item in plan.items.all()}
    fresh = []
    for number, row in enumerate(rows, start=1):
        known = stored.pop(row.pk, None) if row.pk is not None else None
        item = known or PlanItem(plan=plan)
        item.rank_order = number
        for name in ITEM_FIELDS:
            setattr(item, name, getattr(row, name))
        if known is None:
            fresh.append(item)
        else:
            item.save(update_fields=["rank_order", *ITEM_FIELDS])
    PlanItem.objects.bulk_create(fresh)
    plan.items.filter(pk__in=stored).delete()


def is_adjusted(plan: AnnualPlan, history: list[ReviewEvent]) -> bool:
    """Whether a filed plan was changed since and waits to be filed again."""
    if plan.status != Status.FILED or plan.adjusted_at is None:
        return False
    return not history or plan.adjusted_at > history[0].at


def submit_plan(*, plan: AnnualPlan, at: datetime, by: User) -> None:
    """Hands the plan in, for the first time, after a return, or adjusted after filing: a filed
    plan keeps the date of its first submission.

    Raises IncompleteError or ReviewError with what to do.
    """
    with transaction.atomic():
        AnnualPlan.objects.select_for_update().get(pk=plan.pk)
        plan.refresh_from_db()
        if lacking := faults(content_of(plan)):
            raise IncompleteError(lacking)
        if plan.status == Status.FILED and not is_adjusted(plan, history_of(plan)):
            raise ReviewError(_("计划备案后没有改动，不需要重新报送。"))
        record_event(about=plan, kind=ReviewEvent.Kind.SUBMIT, at=at, by=by)


def withdraw_plan(*, plan: AnnualPlan, at: datetime, by: User) -> None:
    """Takes the plan back to draft; it loses its date. One that was filed before may not."""
    with transaction.atomic():
        if was_filed(history_of(plan)):
            raise ReviewError(
                _("计划已经备案过，撤回会失去原报送日期。如需再改，请联系宣传部退回。")
            )
        record_event(about=plan, kind=ReviewEvent.Kind.WITHDRAW, at=at, by=by)


def mark_item(*, item: PlanItem, done: bool) -> None:
    """Notes by hand that an item was carried out (say, without a session of its own), or not."""
    if item.plan.status == Status.DRAFT:
        raise ReviewError(_("计划还是草稿，报送后才能标记完成情况。"))
    unmarked = State.ADJUSTED if item.note else State.PLANNED
    with transaction.atomic():
        # The text stays as filed, but a form opened before must not undo the mark. The plan before
        # its item, as whoever saves a plan locks them.
        AnnualPlan.objects.filter(pk=item.plan_id).update(version=F("version") + 1)
        item.state = State.DONE if done else unmarked
        item.save(update_fields=["state"])
        announce(unit_ids={item.plan.unit_id}, years={item.plan.year})
