"""The plan's form as one thing: head and rows, unbound, rearranged or sent."""

from dataclasses import asdict
from datetime import date
from typing import Any

from sessions.history import history_of, return_to_mend, was_filed
from sessions.models import AnnualPlan, StudySession
from sessions.plans.contents import ItemContent, PlanContent, item_content
from sessions.plans.forms import PlanForm, PlanRows
from sessions.plans.periods import period_choices
from sessions.plans.rows import ADDED_AT_ONCE, PREFIX, rearranged, rows_in
from units.access.numbers import sent_number

Data = dict[str, Any]


class PlanEditor:
    """Head and rows of one plan's page. Reads the plan's items and history once; a plan that is
    not stored yet has neither.
    """

    def __init__(self, plan: AnnualPlan, today: date) -> None:
        self.plan = plan
        self.today = today
        is_stored = plan.pk is not None
        history = history_of(plan) if is_stored else []
        self.returned = return_to_mend(plan, history)
        self.was_filed = was_filed(history)
        items = list(plan.items.all()) if is_stored else []
        linked = StudySession.objects.filter(plan_item__in=items)
        studied = set(linked.values_list("plan_item", flat=True))
        self.stored = {item.pk: item_content(item) for item in items}
        self.kept = {item.pk: item.topic for item in items if self.was_filed or item.pk in studied}
        self.focus: int | None = None

    def open(self) -> "PlanEditor":
        """The stored plan, with a few empty rows below; a new one has a row for each month."""
        head = {name: getattr(self.plan, name) for name in PlanForm.base_fields}
        rows = [asdict(item) for item in self.stored.values()]
        if not rows:
            months = period_choices(self.plan.year)[:12]
            return self._show(head, [{"period": month} for month, _label in months], blank=0)
        return self._show(head, rows, blank=ADDED_AT_ONCE)

    def rearrange(self, data: Data, command: str) -> "PlanEditor":
        """What was sent, with rows added, removed or moved; nothing is checked or stored."""
        head = {name: data.get(name, "") for name in PlanForm.base_fields}
        rows, self.focus = rearranged(rows_in(data), command, self.kept)
        return self._show(head, rows, blank=0)

    def take(self, data: Data) -> "PlanEditor":
        self.head = PlanForm(data, today=self.today)
        self.rows = PlanRows(data, prefix=PREFIX, kept=self.kept, form_kwargs=self._row_arguments())
        return self

    def is_valid(self) -> bool:
        """Both are asked, so that every fault shows at once."""
        return False not in [self.head.is_valid(), self.rows.is_valid()]

    def content(self) -> PlanContent:
        values = self.head.cleaned_data
        items: tuple[ItemContent, ...] = self.rows.rows()
        return PlanContent(
            values["title"], values["basis"], values["approved_by"], values["approved_on"], items
        )

    def shown_rows(self, returned_fields: list[str]) -> list[Data]:
        """The rows as the page shows them. A return names a row as `items.` and its id."""
        shown = []
        for form in self.rows.forms:
            pk = str(form["pk"].value() or "")
            shown.append(
                {
                    "form": form,
                    "is_kept": sent_number(pk) in self.kept,
                    "is_returned": bool(pk) and f"items.{pk}" in returned_fields,
                }
            )
        return shown

    def _show(self, head: Data, rows: list[Data], blank: int) -> "PlanEditor":
        self.head = PlanForm(initial=head, today=self.today)
        self.rows = PlanRows(
            initial=rows,
            blank=blank,
            prefix=PREFIX,
            kept=self.kept,
            form_kwargs=self._row_arguments(),
        )
        if self.focus is not None and self.focus < len(self.rows.forms):
            self.rows.forms[self.focus].fields["topic"].widget.attrs["autofocus"] = True
        return self

    def _row_arguments(self) -> Data:
        return {"year": self.plan.year, "stored": self.stored, "was_filed": self.was_filed}
