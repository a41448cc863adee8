"""What a plan says, as plain values: read from rows, written by a form, compared and checked."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from sessions.models import AnnualPlan, Form, PlanItem

State = PlanItem.State


@dataclass(frozen=True, slots=True)
class ItemContent:
    """One row of the plan; ``pk`` is None for a row not yet stored. An item whose form is the
    discussion is one, whether or not that was said a second time.
    """

    period: str
    topic: str
    content: str
    form: str
    is_discussion: bool
    speakers: str
    owner: str
    state: str = State.PLANNED
    note: str = ""
    pk: int | None = None

    def __post_init__(self) -> None:
        if self.form == Form.DISCUSSION:
            object.__setattr__(self, "is_discussion", True)

    @property
    def substance(self) -> tuple[object, ...]:
        """What was approved and filed; whoever changes it afterwards adjusts the plan."""
        return (self.period, self.topic, self.content, self.form, self.is_discussion)


@dataclass(frozen=True, slots=True)
class PlanContent:
    title: str
    basis: str
    approved_by: str
    approved_on: date | None
    items: tuple[ItemContent, ...] = ()

    def says_the_same_as(self, other: "PlanContent") -> bool:
        """Whether both are the same text, whichever rows hold it."""
        return self._without_rows() == other._without_rows()

    def _without_rows(self) -> "PlanContent":
        return replace(self, items=tuple(replace(item, pk=None) for item in self.items))


def item_content(item: PlanItem) -> ItemContent:
    return ItemContent(
        period=item.period,
        topic=item.topic,
        content=item.content,
        form=item.form,
        is_discussion=item.is_discussion,
        speakers=item.speakers,
        owner=item.owner,
        state=item.state,
        note=item.note,
        pk=item.pk,
    )


def content_of(plan: AnnualPlan) -> PlanContent:
    return PlanContent(
        title=plan.title,
        basis=plan.basis,
        approved_by=plan.approved_by,
        approved_on=plan.approved_on,
        items=tuple(item_content(item) for item in plan.items.all()),
    )


def differences(old: PlanContent, new: PlanContent) -> tuple[dict[str, Any], dict[str, Any]]:
    """What an audit line says: the values that differ, before and after; items by topic."""
    before, after = asdict(old), asdict(new)
    rows_before, rows_after = before.pop("items"), after.pop("items")
    differing = [name for name in before if before[name] != after[name]]
    was = {name: before[name] for name in differing}
    now = {name: after[name] for name in differing}
    for row in rows_after:
        row["pk"] = None
    for row in rows_before:
        row["pk"] = None
    if rows_before != rows_after:
        was["items"] = [row for row in rows_before if row not in rows_after]
        now["items"] = [row for row in rows_after if row not in rows_before]
    return was, now
