"""Absences and what became of them, as the page shows them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions.makeups.terms import MakeupTerms, owing
from sessions.models import Attendance, Form, Status

Rows = QuerySet[Attendance]


class Step(TextChoices):
    """How far an absence has been made up for."""

    OPEN = "open", gettext_lazy("待补学")
    RECORDED = "recorded", gettext_lazy("待确认")
    DONE = "done", gettext_lazy("已补学")


STEPS = {
    Step.OPEN: Q(makeup_date__isnull=True),
    Step.RECORDED: Q(makeup_date__isnull=False, makeup_confirmed_on__isnull=True),
    Step.DONE: Q(makeup_confirmed_on__isnull=False),
}


@dataclass(frozen=True, slots=True)
class MakeupRow:
    """One absence. ``deadline`` is None where no rule sets one; ``left``: days until it."""

    pk: int
    day: date
    theme: str
    name: str
    post: str
    why: str
    deadline: date | None
    left: int
    made_on: date | None
    method: str
    confirmed_on: date | None
    confirmer: str
    is_chosen: bool

    @property
    def is_late(self) -> bool:
        """Past the deadline and still open, or made up after it."""
        if self.deadline is None:
            return False
        return self.made_on > self.deadline if self.made_on else self.left < 0


def owed_rows(rows: Rows, terms: Mapping[int, MakeupTerms]) -> Rows:
    """Of the rows those that owe, or owed, a make-up: absences of submitted sessions."""
    counted = rows.exclude(session__status=Status.DRAFT).exclude(session__form=Form.ADJACENT)
    return counted.filter(owing(dict(terms)))


def counts_by_step(owed: Rows) -> dict[Step, int]:
    """One query."""
    counts = owed.aggregate(**{step.value: Count("pk", filter=q) for step, q in STEPS.items()})
    return {step: counts[step.value] for step in STEPS}


def in_step(owed: Rows, step: Step) -> Rows:
    """The most urgent first; what is done, the latest first."""
    order = "-session__date" if step is Step.DONE else "session__date"
    found = owed.filter(STEPS[step]).select_related("session", "member__person")
    return found.order_by(order, "session_id", "member__rank_order", "pk")


def shown(
    row: Attendance, terms: Mapping[int, MakeupTerms], today: date, chosen: Collection[int] = ()
) -> MakeupRow:
    """The row as the page shows it; makes no query if session and person were fetched with it."""
    session, member = row.session, row.member
    deadline = terms[session.date.year].deadline(session.date)
    return MakeupRow(
        pk=row.pk,
        day=session.date,
        theme=session.theme or _("（含不宜上网内容）"),
        name=member.person.name,
        post=member.post,
        why=row.get_leave_kind_display() or row.get_status_display(),
        deadline=deadline,
        left=(deadline - today).days if deadline else 0,
        made_on=row.makeup_date,
        method=row.get_makeup_method_display(),
        confirmed_on=row.makeup_confirmed_on,
        confirmer=row.makeup_confirmer,
        is_chosen=row.pk in chosen,
    )
