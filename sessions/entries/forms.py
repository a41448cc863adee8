"""What is filled in of a personal record and of an outcome."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions.entries.services import TWICE
from sessions.models import Outcome, PersonalRecord, Status, StudySession
from sessions.screened_form import Screened
from units.day_input import DayInput
from units.models import Person, RosterEntry, Unit

# How far back sessions are offered to be linked with.
SESSIONS_WITHIN = timedelta(days=400)


if TYPE_CHECKING:
    ChoiceOfSession = forms.ModelChoiceField[StudySession]
    FormOfModel = forms.ModelForm[Any]
else:  # Django's own classes take no parameters when run
    ChoiceOfSession, FormOfModel = forms.ModelChoiceField, forms.ModelForm


class SessionChoice(ChoiceOfSession):
    def label_from_instance(self, obj: StudySession) -> str:
        return f"{obj.date} {obj.theme or _('（含不宜上网内容）')}"


class EntryForm(Screened, FormOfModel):
    """``today`` bounds the date; no text may bear the mark of a classified paper."""

    session = SessionChoice(
        label=gettext_lazy("关联学习"),
        queryset=StudySession.objects.none(),
        required=False,
        empty_label=gettext_lazy("不关联"),
    )

    def __init__(self, *args: Any, unit: Unit, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit, self.today = unit, today
        sessions = StudySession.objects.filter(unit=unit).exclude(status=Status.DRAFT)
        recent = sessions.filter(date__gte=today - SESSIONS_WITHIN)
        if self.instance.session_id:
            recent |= sessions.filter(pk=self.instance.session_id)
        field: Any = self.fields["session"]
        field.queryset = recent.order_by("-date")
        for chosen in self.fields.values():
            if isinstance(chosen, forms.TypedChoiceField):
                nothing = _("请选择") if chosen.required else _("不填")
                listed: Any = chosen.choices
                chosen.choices = [(value, label if value else nothing) for value, label in listed]

    def clean_date(self) -> date:
        day: date = self.cleaned_data["date"]
        if day > self.today:
            raise forms.ValidationError(_("日期还没有到，请填写实际完成的日期。"))
        return day

    @property
    def repeats(self) -> bool:
        """Whether nothing is wrong but that the same has been entered before."""
        return set(self.errors) == {NON_FIELD_ERRORS} and self.has_error(
            NON_FIELD_ERRORS, "unique_together"
        )


class PersonalRecordForm(EntryForm):
    class Meta:
        model = PersonalRecord
        fields = ("person", "kind", "date", "title", "session")
        widgets: ClassVar = {"date": DayInput()}
        error_messages: ClassVar = {NON_FIELD_ERRORS: {"unique_together": TWICE}}
        labels: ClassVar = {"person": gettext_lazy("成员")}
        help_texts: ClassVar = {
            "person": gettext_lazy("从名册中选择；日期须在其任职期内。"),
            "title": gettext_lazy("文章题目或自学的书目、文件。不要填写未公开的文件标题和文号。"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(unit=self.unit)
        due = RosterEntry.objects.due().of_unit(self.unit).order_by("rank_order", "pk")
        ranks = list(dict.fromkeys(due.values_list("person_id", flat=True)))
        rows = {person.pk: person for person in people.filter(pk__in=ranks)}
        field: Any = self.fields["person"]
        field.queryset = people.filter(pk__in=ranks)
        field.choices = [("", _("请选择")), *((pk, _called(rows[pk])) for pk in ranks)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        person, day = cleaned.get("person"), cleaned.get("date")
        if person and day and not RosterEntry.objects.due().in_office(day).filter(person=person):
            said = _("%(name)s在这一天不在任，请核对日期，或先更新名册。") % {"name": person.name}
            self.add_error("date", said)
        return cleaned


class OutcomeForm(EntryForm):
    class Meta:
        model = Outcome
        fields = (
            "kind", "title", "date", "authors", "level", "by_principal", "outlet", "conversion",
            "session",
        )  # fmt: skip
        widgets: ClassVar = {"date": DayInput()}
        help_texts: ClassVar = {
            "authors": gettext_lazy("多人用顿号分开。"),
            "by_principal": gettext_lazy("领导批示由党政主要领导作出的勾选；其他成果不勾。"),
            "outlet": gettext_lazy("刊物、会议或公开的文号。未公开的文号和批示内容不要填写。"),
            "conversion": gettext_lazy("转化成了什么制度、方案或做法，在哪里推行。"),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if cleaned.get("by_principal") and kind and kind != Outcome.Kind.LEADERS_REMARK:
            self.add_error("by_principal", _("只有“领导批示”才分是否由主要领导作出，请去掉勾选。"))
        return cleaned


def _called(person: Person) -> str:
    return f"{person.name}（{person.distinction}）" if person.distinction else person.name
