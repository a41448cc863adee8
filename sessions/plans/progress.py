"""Planned and done, item by item."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from sessions.models import HANDED_IN, AnnualPlan, Form, PlanItem, StudySession
from sessions.plans.periods import last_month_of, period_label
from units.models import Assignment

State = PlanItem.State
TONES = {
    State.PLANNED: "secondary",
    State.DONE: "success",
    State.ADJUSTED: "info",
    State.POSTPONED: "warning",
    State.CANCELLED: "secondary",
}


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item with the sessions that carried it out.

    ``is_done`` follows from a session that was handed in and is no adjacent activity, or from
    the unit's own mark; it is never stored, so that a withdrawn session takes it back.
    """

    item: PlanItem
    number: int
    sessions: list[StudySession] = field(default_factory=list)
    is_overdue: bool = False

    @property
    def is_done(self) -> bool:
        return self.item.state == State.DONE or any(carries_out(each) for each in self.sessions)

    @property
    def is_marked(self) -> bool:
        """Done by hand alone."""
        return self.item.state == State.DONE and not any(map(carries_out, self.sessions))

    @property
    def period(self) -> str:
        return period_label(self.item.period)

    @property
    def state(self) -> str:
        """The word of the item's state."""
        if self.is_done:
            return str(State.DONE.label)
        if self.is_overdue:
            return _("尚未开展")
        return str(State(self.item.state).label)

    @property
    def tone(self) -> str:
        if self.is_done:
            return TONES[State.DONE]
        return "warning" if self.is_overdue else TONES[State(self.item.state)]


def carries_out(session: StudySession) -> bool:
    return session.status in HANDED_IN and session.form != Form.ADJACENT


def lines_of(plan: AnnualPlan, assignment: Assignment, today: date) -> list[ItemLine]:
    """The plan's items in order, with the sessions the role may see. Two queries."""
    items = list(plan.items.all())
    sessions: dict[int | None, list[StudySession]] = {}
    linked = StudySession.objects.visible_to(assignment).filter(
        plan_item__plan=plan, unit=plan.unit_id
    )
    for session in linked.order_by("date", "pk"):
        sessions.setdefault(session.plan_item_id, []).append(session)
    return [
        ItemLine(
            item,
            number,
            sessions.get(item.pk, []),
            is_overdue=item.state == State.PLANNED
            and last_month_of(item.period) < (today.year, today.month),
        )
        for number, item in enumerate(items, start=1)
    ]


def summary(lines: Iterable[ItemLine]) -> str:
    """`共 12 项：完成 8，延期 1，尚未开展 3`."""
    counts = Counter(line.state for line in lines)
    parts = "，".join(f"{word} {count}" for word, count in counts.items())
    return _("共 %(total)d 项：%(parts)s") % {"total": counts.total(), "parts": parts}
