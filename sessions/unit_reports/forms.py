"""The report's page: one field a section."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from sessions.models import UnitReport
from sessions.screening import marked_fields
from sessions.unit_reports.duties import COLUMNS, DUTIES, stated
from sessions.unit_reports.sections import SECTIONS, Section

MAX_LENGTH = 20_000
ANSWERS = [("", _("还没有填")), ("True", _("已纳入")), ("False", _("未纳入"))]


class NewReportForm(forms.Form):
    year = forms.IntegerField(
        label=_("年度"), widget=forms.NumberInput(attrs={"class": "form-control year"})
    )
    kind = forms.ChoiceField(label=_("类别"), choices=UnitReport.Kind)

    def __init__(self, data: Any = None, *, today: date) -> None:
        kind = UnitReport.Kind.HALF_YEAR if today.month < 9 else UnitReport.Kind.ANNUAL
        super().__init__(data, initial={"year": today.year, "kind": kind})
        self.today = today

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if year not in (self.today.year, self.today.year - 1):
            raise forms.ValidationError(_("只能写本年度或上年度的报告。"))
        return year


@dataclass(frozen=True)
class SectionField:
    """A section with the field that holds it and whether the report needs it."""

    section: Section
    bound: forms.BoundField
    is_required: bool
    is_returned: bool


class ReportForm(forms.Form):
    """A draft may lack any section; what is missing is asked for at submission."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, report: UnitReport, category: str) -> None:
        texts: Mapping[str, str] = report.sections
        super().__init__(data, initial={**texts, **stated(report), "version": report.version})
        self.kind = report.kind
        self.category = category
        for duty in DUTIES:
            self.fields[duty.is_in] = forms.TypedChoiceField(
                label=format_lazy(_("是否纳入{duty}"), duty=duty.name),
                choices=ANSWERS,
                required=False,
                coerce=_coerced,
                empty_value=None,
                help_text=_("如实选择，只作登记，不计分。"),
            )
            self.fields[duty.paper] = forms.CharField(
                label=_("依据的文件"),
                required=False,
                max_length=200,
                help_text=_("公开文件的名称，如“2026年党建工作责任清单”。涉密和未公开的不填。"),
            )
        for section in SECTIONS:
            self.fields[section.key] = forms.CharField(
                label=section.heading,
                required=False,
                max_length=MAX_LENGTH,
                widget=forms.Textarea(attrs={"rows": section.rows}),
                help_text=section.hint(category),
            )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        papers = {duty.paper: values.get(duty.paper) or "" for duty in DUTIES}
        for key, sentence in marked_fields(self.texts() | papers).items():
            self.add_error(key, sentence)
        for duty in DUTIES:
            if papers[duty.paper] and not values.get(duty.is_in):
                self.add_error(duty.is_in, _("填了依据的文件，请选择“已纳入”；没有纳入的不填。"))
        return values

    def stated(self) -> dict[str, Any]:
        """The statements as columns; only of a valid form."""
        return {column: self.cleaned_data[column] for column in COLUMNS}

    def duty_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """For each system of responsibility the answer and the paper."""
        return [(self[duty.is_in], self[duty.paper]) for duty in DUTIES]

    def texts(self) -> dict[str, str]:
        """Section key → text, of the sections that were accepted."""
        return {
            section.key: self.cleaned_data[section.key]
            for section in SECTIONS
            if section.key in self.cleaned_data
        }

    def section_fields(self, returned_fields: list[str]) -> Iterator[SectionField]:
        for section in SECTIONS:
            yield SectionField(
                section,
                self[section.key],
                is_required=section.is_required(self.kind, self.category),
                is_returned=section.key in returned_fields,
            )


def _coerced(word: Any) -> bool:
    return str(word) == "True"
