"""Which part of an archive is looked at or taken away: one filter for the screen and the ZIP."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reports.archives.contents import SessionContents, YearContents
from sessions.models import Evidence, Form, Status
from units.day_input import DayInput

YEARS_BACK = 10
FILTERS = ("first", "last", "form", "kind", "status")
STATUSES = [
    (status.value, status.label) for status in (Status.SUBMITTED, Status.ACCEPTED, Status.RETURNED)
]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice of sessions, and of one kind of paper; `words` says it to a reader.

    With any choice only what belongs to sessions is meant: plan, reports and roster are the whole
    year's. `session` is one session's file.
    """

    first: dt.date | None = None
    last: dt.date | None = None
    form: str = ""
    kind: str = ""
    status: str = ""
    session: int | None = None
    words: str = ""

    @property
    def is_all(self) -> bool:
        named = (self.first, self.last, self.form, self.kind, self.status, self.session)
        return not any(named)

    def has(self, session: SessionContents) -> bool:
        row = session.row
        return (
            (self.first is None or row.date >= self.first)
            and (self.last is None or row.date <= self.last)
            and self.form in ("", row.form)
            and self.status in ("", row.status)
            and self.session in (None, row.pk)
        )

    def of(self, contents: YearContents) -> YearContents:
        """The part of a year's archive that was chosen."""
        if self.is_all:
            return contents
        sessions = (session for session in contents.sessions if self.has(session))
        return replace(
            contents,
            sessions=tuple(self._of_kind(session) for session in sessions),
            plan=None,
            reports=(),
            sources=(),
            whole=False,
        )

    def _of_kind(self, session: SessionContents) -> SessionContents:
        if not self.kind:
            return session
        return replace(
            session, slots=tuple(slot for slot in session.slots if slot.kind == self.kind)
        )


class YearForm(forms.Form):
    """The year whose archive is looked at; this year's unless another is chosen."""

    year = forms.TypedChoiceField(label=_("年度"), coerce=int, required=False)

    def __init__(self, data: Mapping[str, Any], *, today: dt.date) -> None:
        super().__init__({"year": today.year, **data})
        years = range(today.year + 1, today.year - YEARS_BACK, -1)
        self.fields["year"].choices = [(year, f"{year}") for year in years]  # type: ignore[attr-defined]  # a choice field
        self.today = today

    @property
    def chosen_year(self) -> int:
        year: int = self.cleaned_data.get("year") or self.today.year
        return year


class ChoiceForm(YearForm):
    """The year and, within it, what narrows the view."""

    first = forms.DateField(
        label=_("学习日期从"),
        required=False,
        widget=DayInput(),
    )
    last = forms.DateField(
        label=_("到"),
        required=False,
        widget=DayInput(),
    )
    form = forms.ChoiceField(
        label=_("形式"), choices=[("", _("全部")), *Form.choices], required=False
    )
    kind = forms.ChoiceField(
        label=_("材料类别"), choices=[("", _("全部")), *Evidence.Kind.choices], required=False
    )
    status = forms.ChoiceField(
        label=_("状态"), choices=[("", _("全部")), *STATUSES], required=False
    )

    def __init__(self, data: Mapping[str, Any], *, today: dt.date) -> None:
        super().__init__(data, today=today)
        self.full_clean()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            raise ValidationError(_("结束日期早于开始日期，请重新选择。"))
        return cleaned

    def chosen(self) -> Chosen:
        """What was asked for; nothing narrows the view while the form has errors."""
        if self.errors:
            return Chosen()
        asked = {name: self.cleaned_data.get(name) or None for name in FILTERS}
        return Chosen(
            first=asked["first"],
            last=asked["last"],
            form=asked["form"] or "",
            kind=asked["kind"] or "",
            status=asked["status"] or "",
            words=self._words(),
        )

    def _words(self) -> str:
        said = []
        for name in FILTERS:
            if value := self.cleaned_data.get(name):
                labels = dict(getattr(self.fields[name], "choices", ()))
                said.append(f"{self.fields[name].label}：{labels.get(value, value)}")
        return "，".join(said) or gettext("全年")
