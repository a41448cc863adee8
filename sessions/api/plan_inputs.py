"""What may be sent about a plan."""

from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from sessions.api.session_inputs import ReturnInput, reference
from sessions.models import Form, PlanItem
from sessions.plans.forms import MAX_ROWS, TOO_MANY
from units.rest.inputs import Input
from units.rest.judged import Choice, Day, Flag, Text, Whole, named

# More rows than the page takes are not even looked at, and refused in its words.
LIMIT: dict[str, Any] = {
    "max_length": MAX_ROWS,
    "error_messages": {"max_length": lazy(lambda: TOO_MANY % {"num": MAX_ROWS}, str)()},
}


class NewItemInput(Input):
    """A line of a new plan."""

    period = Text(max_length=7, help_text=_("本年度的月份（2026-03）或季度（2026-Q1）"))
    topic = Text(max_length=200, help_text=_("学习专题"))
    content = Text(required=False, allow_blank=True, max_length=2000, help_text=_("学习内容"))
    form = Choice(choices=Form.choices, help_text=named(Form.choices))
    is_discussion = Flag(required=False, help_text=_("是否研讨；不填为否。"))
    speakers = Text(required=False, allow_blank=True, max_length=200, help_text=_("重点发言人"))
    owner = Text(required=False, allow_blank=True, max_length=100, help_text=_("责任单位/责任人"))


class PlanItemInput(NewItemInput):
    """A line of a plan that is changed: one of those it has, or a new one."""

    id = reference(
        required=False,
        help_text=_("原有项目的编号：还是这一项，没有写明的栏目不变，对应的学习不变。新项目不填。"),
    )
    period = Text(
        required=False, max_length=7, help_text=_("月份（2026-03）或季度（2026-Q1）；新项目必填。")
    )
    topic = Text(required=False, max_length=200, help_text=_("学习专题；新项目必填。"))
    form = Choice(
        required=False, choices=Form.choices, help_text=named(Form.choices, _("新项目必填。"))
    )
    state = Choice(
        required=False,
        choices=PlanItem.State.choices,
        help_text=named(PlanItem.State.choices, _("计划备案后才能改：")),
    )
    note = Text(
        required=False,
        allow_blank=True,
        max_length=200,
        help_text=_("调整情况，如“因防汛延至6月”。已备案的项目有变动的必填。"),
    )


class PlanHeadInput(Input):
    """What stands above the lines of a plan."""

    basis = Text(required=False, allow_blank=True, max_length=2000, help_text=_("制定依据"))
    approved_by = Text(
        required=False, allow_blank=True, max_length=60, help_text=_("审定人，报送前须填写。")
    )
    approved_on = Day(
        required=False, allow_null=True, help_text=_("审定日期，不晚于今天；报送前须填写。")
    )


class PlanInput(PlanHeadInput):
    """A new plan, kept as a draft until it is submitted."""

    unit = serializers.CharField(max_length=20, help_text=_("本单位的编码"))
    year = Whole(help_text=_("年度：前三年至下一年。每年一份。"))
    title = Text(required=False, max_length=200, help_text=_("不填的，按单位名称和年度。"))
    items = NewItemInput(
        many=True, required=False, help_text=_("按先后排列，最多 80 项。"), **LIMIT
    )


class PlanChanges(PlanHeadInput):
    """What is to be different; everything that is not named stays as it is."""

    title = Text(required=False, max_length=200)
    items = PlanItemInput(
        many=True,
        required=False,
        help_text=_("整份替换，按先后排列，最多 80 项：没有列出的项目删除。"),
        **LIMIT,
    )


class PlanSubmitInput(Input):
    """What the clerk confirms."""

    declared = Flag(
        required=False, help_text=_("已确认：内容不涉及国家秘密和工作秘密，与实际相符。须为 true。")
    )


class PlanReturnInput(ReturnInput):
    """Why the plan goes back, and what of it is to be corrected."""

    fields_named = serializers.ListField(
        child=serializers.CharField(max_length=40),
        required=False,
        max_length=MAX_ROWS + 20,
        help_text=_(
            "涉及的栏目：title 标题；basis 制定依据；approved_by 审定人；approved_on 审定日期；"
            "items 计划项目（总体）；items.编号 某一项。"
        ),
    )


class MarkInput(Input):
    """Whether an item was carried out, by the unit's own mark."""

    done = serializers.BooleanField(help_text=_("true 标为完成；false 取消标记。"))
