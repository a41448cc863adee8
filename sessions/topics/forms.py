"""What is filled in of a topic."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions.models import Topic
from sessions.screened_form import Screened, ScreenedForm
from units.day_input import DayInput
from units.models import Category

if TYPE_CHECKING:
    FormOfTopic = forms.ModelForm[Topic]
else:  # Django's own class takes no parameters when run
    FormOfTopic = forms.ModelForm


class TopicForm(Screened, FormOfTopic):
    """A topic. `linked` is how many sessions name it: then new dates must be confirmed."""

    class Meta:
        model = Topic
        fields = (
            "name", "level", "content_group", "from_date", "due", "required", "categories",
        )  # fmt: skip
        widgets: ClassVar = {
            "from_date": DayInput(),
            "due": DayInput(),
            "categories": forms.CheckboxSelectMultiple,
        }
        help_texts: ClassVar = {
            "name": gettext_lazy(
                "会议、文件或著作的公开名称。未公开或涉密的文件，标题和文号都不要填写。"
            ),
            "level": gettext_lazy("由哪一级提出学习要求。"),
            "content_group": gettext_lazy("按中心组学习规则规定的九类学习内容。"),
            "from_date": gettext_lazy("这一天以后的学习才计入。"),
            "due": gettext_lazy("与开始日期在同一年；当日仍算按时，之后学习的算逾期完成。"),
            "required": gettext_lazy("不勾选的只作推荐，供登记学习时选用，不考核。"),
            "categories": gettext_lazy("只要求某些类别的单位时勾选；都不勾选，要求全部单位。"),
        }

    def __init__(self, *args: Any, linked: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.linked = linked
        field: Any = self.fields["categories"]
        field.queryset = Category.objects.filter(units__has_group=True).distinct()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, due = cleaned.get("from_date"), cleaned.get("due")
        if first and due and not (first <= due and first.year == due.year):
            self.add_error("due", _("截止日期应不早于开始日期，并在同一年内。"))
        return cleaned

    @property
    def asks_again(self) -> bool:
        """Whether sessions hang on what is about to change."""
        return self.linked > 0 and bool({"from_date", "due"} & set(self.changed_data))


class FilterForm(forms.Form):
    year = forms.TypedChoiceField(label=gettext_lazy("年度"), coerce=int, required=False)
    level = forms.ChoiceField(
        label=gettext_lazy("层级"),
        choices=[("", gettext_lazy("全部")), *Topic.Level.choices],
        required=False,
    )

    def __init__(self, *args: Any, today: date) -> None:
        super().__init__(*args)
        years = [(str(year), str(year)) for year in range(today.year + 1, today.year - 5, -1)]
        field: Any = self.fields["year"]
        field.choices = years


class RetireForm(ScreenedForm):
    """Why a topic is retired, for the trail."""

    reason = forms.CharField(
        label=gettext_lazy("停用原因"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("选填，记入操作日志。"),
    )
