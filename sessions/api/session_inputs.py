"""What may be sent about a session."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from sessions.models import Attendance, Form, Speech, StudySession
from sessions.pages.answers import LENGTHS
from sessions.pages.forms import MOST_CHARACTERS
from sessions.recording.fields import FIELDS
from units.rest.inputs import LARGEST_ID, Input
from units.rest.judged import Choice, Day, Flag, Text, Whole, named

MOST_ROWS = 200
EVERYBODY = (("present", _("出席")),)


def reference(**more: Any) -> serializers.IntegerField:
    return serializers.IntegerField(min_value=1, max_value=LARGEST_ID, **more)


class GuestsInput(Input):
    expanded = Whole(required=False, min_value=0, help_text=_("扩大参加人数"))
    attending = Whole(required=False, min_value=0, help_text=_("列席人数"))
    observing = Whole(required=False, min_value=0, help_text=_("旁听人数"))
    teaching = Whole(required=False, min_value=0, help_text=_("授课人数"))


class AttendanceInput(Input):
    member = reference(help_text=_("名册条目的编号，见“成员”。"))
    status = serializers.ChoiceField(
        choices=Attendance.Status.choices, help_text=named(Attendance.Status.choices)
    )
    leave_kind = serializers.ChoiceField(
        choices=Attendance.LeaveKind.choices,
        required=False,
        allow_blank=True,
        help_text=named(Attendance.LeaveKind.choices, _("请假时必填，其他情况不填。")),
    )
    reason = serializers.CharField(
        required=False, allow_blank=True, max_length=LENGTHS["reason"], help_text=_("事由")
    )
    approver = serializers.CharField(
        required=False, allow_blank=True, max_length=LENGTHS["approver"], help_text=_("批准人")
    )


class SpeechInput(Input):
    member = reference(help_text=_("名册条目的编号，须在出勤名单中。"))
    kind = serializers.ChoiceField(
        choices=Speech.Kind.choices, help_text=named(Speech.Kind.choices)
    )
    title = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=LENGTHS["title"],
        help_text=_("题目。一位成员既重点发言又交流发言的，只写在重点发言上。"),
    )


class SessionChanges(Input):
    """What is to be different; everything that is not named stays as it is."""

    theme = Text(required=False, max_length=200, allow_blank=True)
    date = Day(required=False, help_text=_("学习时间（第一天）。应到成员按这一天的名册。"))
    end_date = Day(required=False, allow_null=True, help_text=_("最后一天；不填同第一天。"))
    half_days = Whole(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=400,
        help_text=_("共几个半天；不填的，一天按一个半天、几天按每天两个半天。"),
    )
    form = Choice(required=False, choices=Form.choices, help_text=named(Form.choices))
    place = Text(required=False, max_length=100, allow_blank=True)
    chair = Text(required=False, max_length=60, allow_blank=True, help_text=_("主持人"))
    lecturer = Text(required=False, max_length=100, allow_blank=True)
    scope = Choice(
        required=False,
        choices=StudySession.Scope.choices,
        help_text=named(StudySession.Scope.choices, _("不填按 group。")),
    )
    guests = GuestsInput(required=False)
    content = Text(required=False, allow_blank=True, max_length=MOST_CHARACTERS)
    problem_solved = Text(required=False, allow_blank=True, max_length=MOST_CHARACTERS)
    plan_item = reference(
        required=False, allow_null=True, help_text=_("当年计划项目的编号；为空：计划外学习。")
    )
    topics = serializers.ListField(
        child=reference(),
        required=False,
        max_length=MOST_ROWS,
        help_text=_("学习内容的编号，见“学习内容”。"),
    )
    joint_units = serializers.ListField(
        child=serializers.CharField(max_length=20),
        required=False,
        max_length=MOST_ROWS,
        help_text=_("联学单位的编码。报送后由各单位各自登记出勤。"),
    )
    is_offline_only = Flag(
        required=False, help_text=_("含不宜上网内容：只留时间、形式、出勤和纸质档案存放处。")
    )
    archive_place = Text(required=False, max_length=200, allow_blank=True)
    attendance = AttendanceInput(  # type: ignore[call-arg]  # of the list
        many=True,
        required=False,
        max_length=MOST_ROWS,
        help_text=_("应到成员每人恰好一行；或写明 others，未列出的按它登记。整份替换。"),
    )
    others = serializers.ChoiceField(
        choices=EVERYBODY,
        required=False,
        help_text=_("attendance 中未列出的应到成员一律出席。只有明确写了才这样登记。"),
    )
    speeches = SpeechInput(  # type: ignore[call-arg]  # of the list
        many=True, required=False, max_length=MOST_ROWS, help_text=_("整份替换。")
    )


class SessionInput(SessionChanges):
    """A new record. It is kept as a draft, however much is still missing, until it is submitted."""

    unit = serializers.CharField(max_length=20, help_text=_("本单位的编码"))
    date = Day(help_text=_("学习时间（第一天）。应到成员按这一天的名册。"))
    form = Choice(choices=Form.choices, help_text=named(Form.choices))


class CountsInput(Input):
    due = Whole(help_text=_("应到人数"))
    here = Whole(help_text=_("实到人数"))


class SubmitInput(Input):
    """What the clerk confirms."""

    declared = Flag(required=False, help_text=_("已核对：不含涉密内容。须为 true。"))
    counts = CountsInput(required=False, help_text=_("已核对的应到、实到人数，须与记录一致。"))
    warnings_accepted = Flag(
        required=False, help_text=_("知道有提醒（如发言人数不够、同日同主题）仍要报送。")
    )


class ReturnInput(Input):
    reason = Text(max_length=1000, help_text=_("哪里不对，怎样改；单位会看到。"))
    fields_named = serializers.ListField(
        child=serializers.CharField(max_length=40),
        required=False,
        max_length=40,
        help_text=named(FIELDS.items(), _("涉及的栏目：")),
    )
    due = Day(required=False, help_text=_("更正期限，今天至 90 天之内；不填按考核规则的期限。"))

    def get_fields(self) -> Any:
        found = super().get_fields()
        return {"fields" if name == "fields_named" else name: each for name, each in found.items()}
