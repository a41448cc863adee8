"""What is said once for all the rows that are ticked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sessions.models import Attendance
from units.day_input import DayInput


class RecordForm(forms.Form):
    made_on = forms.DateField(label=_("补学日期"), widget=DayInput())
    method = forms.ChoiceField(label=_("补学方式"), choices=Attendance.Method)
    confirmer = forms.CharField(
        label=_("确认人"),
        required=False,
        max_length=60,
        help_text=_("组长等已当面确认的，填上姓名，一并确认；没有的先不填，以后再确认。"),
    )


class ConfirmForm(forms.Form):
    on = forms.DateField(label=_("确认日期"), widget=DayInput())
    confirmer = forms.CharField(
        label=_("确认人"), max_length=60, help_text=_("一般是组长，或受组长委托的副组长。")
    )
