"""The forms of the roster's pages."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from units.day_input import DayInput
from units.models import Person, RosterEntry, Unit
from units.roster.services import Office, added

LIST_SIGNS = frozenset("、,;，；/")
BLANK_ROWS = 5
MOST_ROWS = 120


def _day(label: Any, help_text: Any = "", *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=DayInput(),
    )


class NameField(forms.CharField):
    """One person's name, without the blanks that pad Chinese names to equal width."""

    def __init__(self, **options: Any) -> None:
        super().__init__(label=_("姓名"), max_length=60, **options)

    def clean(self, value: Any) -> str:
        bare = bare_name(super().clean(value))
        if LIST_SIGNS & set(bare):
            raise forms.ValidationError(_("一格里有几个名字，请每人单独填写。"))
        return bare


class OfficeForm(forms.Form):
    """What an entry says."""

    role = forms.ChoiceField(
        label=_("中心组职务"),
        choices=RosterEntry.Role.choices,
        initial=RosterEntry.Role.MEMBER,
        help_text=_("学习秘书不计入应到；学习秘书同时是成员的，选成员。"),
    )
    post = forms.CharField(label=_("职务"), max_length=100, required=False)
    portfolio = forms.CharField(
        label=_("分管工作"),
        max_length=200,
        required=False,
        help_text=_("印在成员名册上。"),
    )
    rank_order = forms.IntegerField(
        label=_("排序"),
        min_value=0,
        max_value=9999,
        help_text=_("领导排序，数字小的在前；各种名单都按此先后。"),
    )
    start_date = _day(_("任职起"), _("从这一天起应到。"))
    end_date = _day(_("任职止"), _("从这一天起不再应到；在任的不填。"), required=False)
    appointment_no = forms.CharField(label=_("任免文号"), max_length=60, required=False)
    note = forms.CharField(label=_("备注"), max_length=200, required=False)

    def office(self) -> Office:
        """What was filled in, once the form is valid."""
        names = Office.__dataclass_fields__
        return Office(**{name: self.cleaned_data[name] for name in names})


class AddForm(OfficeForm):
    """Somebody new, or somebody known who is back."""

    field_order = ("name", "person", "distinction")
    name = NameField()
    person = forms.ChoiceField(label=_("是不是同一个人"), required=False)
    distinction = forms.CharField(
        label=_("同名区分"),
        max_length=60,
        required=False,
        help_text=_("本单位有两人同名时才填，例如职务或出生年份。"),
    )

    def __init__(self, *args: Any, namesakes: list[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.namesakes = {str(person.pk): person for person in namesakes}
        if namesakes:
            known = [(key, _("是名册中的%s") % _called(p)) for key, p in self.namesakes.items()]
            field = self.fields["person"]
            if isinstance(field, forms.ChoiceField):
                field.required = True
                field.error_messages["required"] = _(
                    "名册中已有这个名字，请选择是同一个人还是同名的另一个人。"
                )
                field.choices = [("", _("请选择")), *known, ("new", _("是同名的另一个人"))]
        else:
            del self.fields["person"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.namesakes or "name" not in cleaned:
            return cleaned
        chosen = cleaned.get("person")
        if not chosen:
            return cleaned
        if chosen != "new":
            cleaned["distinction"] = self.namesakes[chosen].distinction
        elif cleaned.get("distinction", "") in {p.distinction for p in self.namesakes.values()}:
            self.add_error("distinction", _("请填写与名册中同名的人不同的区分。"))
        return cleaned

    def repeated(self, unit: Unit) -> RosterEntry | None:
        """The entry that is asked for, where nothing is wrong but that the name is known: the
        form was sent twice.
        """
        if set(self.errors) != {"person"}:
            return None
        name, distinction = self.cleaned_data["name"], self.cleaned_data["distinction"]
        return added(unit=unit, name=name, distinction=distinction, office=self.office())


class EndForm(forms.Form):
    """The day a term ends."""

    end_date = _day(_("离任日期"), _("从这一天起不再应到。"))
    document_no = forms.CharField(label=_("免职文号"), max_length=60, required=False)


class ChangeForm(OfficeForm):
    """Another office from a day on."""

    start_date = _day(_("变动日期"), _("原任期到这一天为止，从这一天起按新的职务。"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["end_date"]

    def clean(self) -> dict[str, Any]:
        return {"end_date": None, **(super().clean() or self.cleaned_data)}


class PersonForm(forms.Form):
    """A name put right, or told apart."""

    name = NameField()
    distinction = AddForm.base_fields["distinction"]


class ReelectionForm(forms.Form):
    on = _day(_("换届日期"), _("现任全部到这一天为止，新名单从这一天起。"))
    appointment_no = forms.CharField(label=_("任免文号"), max_length=60, required=False)


class PlaceForm(forms.Form):
    """One line of the new list: somebody in office who stays, if chosen, or somebody added."""

    chosen = forms.BooleanField(label=_("列入"), required=False)
    order = forms.IntegerField(label=_("排序"), min_value=1, max_value=999, required=False)
    name = NameField(required=False)
    distinction = forms.CharField(label=_("同名区分"), max_length=60, required=False)
    post = forms.CharField(label=_("职务"), max_length=100, required=False)
    role = forms.ChoiceField(
        label=_("中心组职务"),
        choices=RosterEntry.Role.choices,
        initial=RosterEntry.Role.MEMBER,
    )

    @property
    def shown(self) -> list[forms.BoundField]:
        """The cells beside the tick, in the order of the table."""
        return [self[name] for name in ("order", "name", "distinction", "post", "role")]

    @property
    def is_listed(self) -> bool:
        """Whether a valid line is part of the new list; blank ones are not."""
        stays = self.cleaned_data.get("chosen") or not self.initial.get("name")
        return bool(self.cleaned_data.get("name") and stays)


if TYPE_CHECKING:
    PlaceForms = BaseFormSet[PlaceForm]
else:  # the class takes no parameter when it runs
    PlaceForms = BaseFormSet


def place_forms(data: Any, holding: list[RosterEntry], blank: int) -> PlaceForms:
    """The lines of the new list: everybody in office, chosen, and blank ones behind them."""
    initial = [
        {
            "chosen": True,
            "order": number,
            "name": entry.person.name,
            "distinction": entry.person.distinction,
            "post": entry.post,
            "role": entry.role,
        }
        for number, entry in enumerate(holding, start=1)
    ]
    factory = formset_factory(PlaceForm, extra=blank, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
    return factory(data, initial=initial, prefix="places")


def bare_name(name: str) -> str:
    return name.strip() if name.isascii() else "".join(name.split())


def _called(person: Person) -> str:
    return f"{person.name}（{person.distinction}）" if person.distinction else person.name


def today_or(text: str | None, today: date) -> date:
    """The day an address asks for; today where it names none."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return today
