"""What a person may settle about mails."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from reports.emails.addresses import usable
from reports.models import Delivery, MailSchedule
from reports.periods import Month

LAST_WORKDAY = 20


class ScheduleForm(forms.Form):
    """When one kind of mail is due. ``version`` is what the person saw; 0 where there was none."""

    enabled = forms.BooleanField(
        label=_("启用"), required=False, help_text=_("停用后不再自动排队；已排队的照常发送。")
    )
    workday = forms.IntegerField(
        label=_("第几个工作日"),
        min_value=1,
        max_value=LAST_WORKDAY,
        help_text=_("按工作日历，含调休；当月没有这么多工作日的，在最后一天。"),
    )
    hour = forms.IntegerField(label=_("几点"), min_value=0, max_value=23)
    first_period = forms.CharField(
        label=_("起始月份"),
        max_length=7,
        widget=forms.TextInput(attrs={"type": "month", "placeholder": "2026-01"}),
        help_text=_("早于该月的不发送。"),
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        run: MailSchedule.Run,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, prefix=run.value, initial=initial)
        self.run = run

    def clean_first_period(self) -> str:
        try:
            return Month.parse(str(self.cleaned_data["first_period"]).strip()).key
        except ValueError as error:
            raise ValidationError(_("请写成 2026-01 这样的形式。")) from error


class AddressForm(forms.Form):
    """Where a unit's mails go."""

    email = forms.EmailField(
        label=_("接收邮箱"),
        required=False,
        max_length=254,
        help_text=_("一个单位一个邮箱；留空则不发送。请用单位邮箱，不用个人邮箱。"),
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).strip()
        if email and not usable(email):
            raise ValidationError(_("邮箱地址“%(email)s”不能用来发信。"), params={"email": email})
        return email


class FilterForm(forms.Form):
    """Reads the address of a run's ledger."""

    words = forms.CharField(label=_("单位或邮箱"), max_length=60, required=False)
    state = forms.ChoiceField(label=_("状态"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state = self.fields["state"]
        if isinstance(state, forms.ChoiceField):
            state.choices = [("", _("全部")), *Delivery.State.choices]


class ResendForm(forms.Form):
    """That the recipient may get the mail twice is accepted by a person, never by default."""

    accepted = forms.BooleanField(
        label=_("我知道对方可能收到两封同样的邮件，仍要重发"),
        error_messages={"required": _("请先确认对方可能收到两封。")},
    )
