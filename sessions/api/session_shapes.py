"""How a session looks from outside: as its page shows it to the same role."""

from typing import Any, ClassVar

from django.db.models import Manager
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from sessions.models import Attendance, Evidence, Form, ReviewEvent, Speech, Status, StudySession
from sessions.pages.desk import returned
from units.access.roles import Role
from units.rest.judged import named

STATUSES = [choice for choice in Status.choices if choice[0] != Status.FILED]


class GuestsSerializer(serializers.Serializer[StudySession]):
    """Who took part without being due; they touch no rate."""

    expanded = serializers.IntegerField(source="guests_expanded", help_text=_("扩大参加人数"))
    attending = serializers.IntegerField(source="guests_attending", help_text=_("列席人数"))
    observing = serializers.IntegerField(source="guests_observing", help_text=_("旁听人数"))
    teaching = serializers.IntegerField(source="guests_teaching", help_text=_("授课人数"))


class MakeupSerializer(serializers.Serializer[Attendance]):
    date = serializers.DateField(source="makeup_date")
    method = serializers.ChoiceField(
        source="makeup_method",
        choices=Attendance.Method.choices,
        help_text=named(Attendance.Method.choices),
    )
    confirmed_on = serializers.DateField(
        source="makeup_confirmed_on", allow_null=True, help_text=_("为空：已登记，待确认。")
    )
    confirmer = serializers.CharField(source="makeup_confirmer")


WHY = ("leave_kind", "reason", "approver")


def _shows_reasons(serializer: serializers.BaseSerializer[Any]) -> bool:
    return bool(serializer.context["view"].portal.access.acting.role != Role.COUNTY_LEADER)


class AttendanceSerializer(serializers.ModelSerializer[Attendance]):
    """One due member's row. County leaders are not shown why somebody was away."""

    member = serializers.IntegerField(source="member_id", help_text=_("名册条目的编号"))
    name = serializers.CharField(source="member.person.name")
    post = serializers.CharField(source="member.post")
    leave_kind = serializers.ChoiceField(
        Attendance.LeaveKind.choices,
        allow_blank=True,
        read_only=True,
        help_text=named(Attendance.LeaveKind.choices),
    )
    reason = serializers.CharField(read_only=True)
    approver = serializers.CharField(read_only=True)
    makeup = serializers.SerializerMethodField()

    class Meta:
        model = Attendance
        fields = (
            *("member", "name", "post", "status", "leave_kind", "reason", "approver", "makeup"),
        )
        read_only_fields = fields
        extra_kwargs: ClassVar = {
            "status": {"help_text": named(Attendance.Status.choices)},
        }

    def to_representation(self, instance: Attendance) -> dict[str, Any]:
        told = super().to_representation(instance)
        return told if _shows_reasons(self) else told | dict.fromkeys(WHY, "")

    @extend_schema_field(MakeupSerializer(allow_null=True))
    def get_makeup(self, row: Attendance) -> Any:
        is_shown = row.makeup_date is not None and row.status not in Attendance.HERE
        return MakeupSerializer(row).data if is_shown else None


class SpeechSerializer(serializers.ModelSerializer[Speech]):
    member = serializers.IntegerField(source="member_id", help_text=_("名册条目的编号"))

    class Meta:
        model = Speech
        fields = ("member", "kind", "title")
        read_only_fields = fields
        extra_kwargs: ClassVar = {"kind": {"help_text": named(Speech.Kind.choices)}}


class ToldEvidence(serializers.ListSerializer[Any]):
    """A record's evidence, without slips of leave where reasons are not shown."""

    def to_representation(self, data: Any) -> list[Any]:
        pieces = data.all() if isinstance(data, Manager) else data
        if _shows_reasons(self):
            return super().to_representation(pieces)
        slip = Evidence.Kind.LEAVE_SLIP
        return super().to_representation([each for each in pieces if each.kind != slip])


class EvidenceSerializer(serializers.ModelSerializer[Evidence]):
    """A file, or a piece kept on paper, which has no size and no address."""

    name = serializers.SerializerMethodField()
    file = serializers.SerializerMethodField(help_text=_("下载地址；纸质的、暂扣的为空。"))

    class Meta:
        model = Evidence
        list_serializer_class = ToldEvidence
        fields: ClassVar[tuple[str, ...]] = (
            *("id", "kind", "name", "on", "size", "sha256", "checked", "file"),
        )
        read_only_fields = fields
        extra_kwargs: ClassVar = {
            "kind": {"help_text": named(Evidence.Kind.choices)},
            "checked": {"help_text": named(Evidence.Checked.choices)},
        }

    def get_name(self, piece: Evidence) -> str:
        """The name of a held file could itself be secret."""
        is_clean = piece.checked == Evidence.Checked.CLEAN
        return piece.name if is_clean else _now("（暂扣的文件，名称不显示）")

    def get_file(self, piece: Evidence) -> str:
        if not piece.file or piece.checked != Evidence.Checked.CLEAN:
            return ""
        keys = {"pk": piece.session_id, "evidence": piece.pk}
        return reverse("api_session_evidence_file", kwargs=keys)


class EventSerializer(serializers.ModelSerializer[ReviewEvent]):
    by = serializers.CharField(source="by.full_name", default="", help_text=_("经办人姓名"))

    class Meta:
        model = ReviewEvent
        fields = ("kind", "on", "at", "by", "reason", "fields", "due", "in_unit")
        read_only_fields = fields
        extra_kwargs: ClassVar = {"kind": {"help_text": named(ReviewEvent.Kind.choices)}}


class ReturnedSerializer(serializers.Serializer[Any]):
    """What is to be corrected, while it waits for the unit."""

    reason = serializers.CharField()
    fields_named = serializers.ListField(child=serializers.CharField())
    on = serializers.DateField(allow_null=True)
    due = serializers.DateField(allow_null=True)
    in_unit = serializers.BooleanField(help_text=_("由本单位审核领导退回"))

    def get_fields(self) -> Any:
        found = super().get_fields()
        return {"fields" if name == "fields_named" else name: each for name, each in found.items()}


class SessionRowSerializer(serializers.ModelSerializer[StudySession]):
    """A session in a list: what is its own, and how many were there."""

    unit = serializers.CharField(source="unit.code", help_text=_("单位编码"))
    unit_name = serializers.CharField(help_text=_("学习当天的单位名称"))
    guests = GuestsSerializer(source="*")
    plan_item = serializers.IntegerField(source="plan_item_id", allow_null=True)
    joint_lead = serializers.CharField(
        source="joint_lead.unit.code",
        default=None,
        allow_null=True,
        help_text=_("联学牵头单位的编码；本单位牵头或不是联学的为空。"),
    )
    is_late = serializers.BooleanField(help_text=_("所在月份封账后补录"))
    due = serializers.IntegerField(help_text=_("应到人数"))
    here = serializers.IntegerField(help_text=_("实到人数"))

    class Meta:
        model = StudySession
        fields: ClassVar[tuple[str, ...]] = (
            *("id", "unit", "unit_name", "theme", "date", "end_date", "half_days", "form"),
            *("place", "chair", "lecturer", "scope", "guests", "content", "problem_solved"),
            *("plan_item", "joint_lead", "is_offline_only", "archive_place", "due", "here"),
            *("status", "awaits_approval", "is_late", "source", "version"),
            *("created_at", "updated_at"),
        )
        extra_kwargs: ClassVar = {
            "form": {"help_text": named(Form.choices)},
            "scope": {"help_text": named(StudySession.Scope.choices)},
            "status": {"choices": STATUSES, "help_text": named(STATUSES)},
            "source": {"help_text": named(StudySession.Source.choices)},
        }
        read_only_fields = fields


class SessionSerializer(SessionRowSerializer):
    """A session with everything that hangs on it."""

    due = None  # type: ignore[assignment]  # the framework's way to leave a field out
    here = None  # type: ignore[assignment]
    topics = serializers.SerializerMethodField()
    joint_units = serializers.SerializerMethodField(help_text=_("联学单位的编码"))
    attendance = AttendanceSerializer(many=True, help_text=_("按名册排序"))
    speeches = SpeechSerializer(many=True)
    evidence = EvidenceSerializer(many=True)
    returned = serializers.SerializerMethodField()
    events = EventSerializer(many=True, help_text=_("办理记录，先发生的在前"))

    class Meta(SessionRowSerializer.Meta):
        fields = (
            *(name for name in SessionRowSerializer.Meta.fields if name not in ("due", "here")),
            *("topics", "joint_units", "attendance", "speeches", "evidence", "returned", "events"),
        )
        read_only_fields = fields

    def get_topics(self, session: StudySession) -> list[int]:
        return sorted(topic.pk for topic in session.topics.all())

    def get_joint_units(self, session: StudySession) -> list[str]:
        return sorted(unit.code for unit in session.joint_units.all())

    @extend_schema_field(ReturnedSerializer(allow_null=True))
    def get_returned(self, session: StudySession) -> Any:
        sent_back = returned(session)
        return None if sent_back is None else ReturnedSerializer(sent_back).data


class NoticeSerializer(serializers.Serializer[Any]):
    field = serializers.CharField()
    message = serializers.CharField()


class SubmittedSerializer(SessionSerializer):
    """As stored, and what there is to know about it."""

    notices = NoticeSerializer(many=True, help_text=_("已报送，但须知道的事，如按迟报记。"))

    class Meta(SessionSerializer.Meta):
        fields = (*SessionSerializer.Meta.fields, "notices")
        read_only_fields = fields
