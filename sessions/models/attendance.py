from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sessions.models.session import StudySession
from sessions.querysets import AttendanceQuerySet
from units.models import RosterEntry


class Attendance(models.Model):
    """How one due member took part in one session; exactly one row for each.

    A make-up (补学) is done once ``makeup_confirmed_on`` is set; it never makes a row present.
    """

    class Status(models.TextChoices):
        PRESENT = "present", _("出席")
        LATE = "late", _("迟到")
        LEFT_EARLY = "left_early", _("早退")
        LEAVE = "leave", _("请假")
        ABSENT = "absent", _("缺席")

    HERE = (Status.PRESENT, Status.LATE, Status.LEFT_EARLY)

    class LeaveKind(models.TextChoices):
        OFFSITE_TRAINING = "offsite_training", _("脱产培训")
        SECONDMENT = "secondment", _("挂职（援派）")
        MATERNITY = "maternity", _("产假")
        LONG_SICK = "long_sick", _("长期病假")
        OFFICIAL_TRIP = "official_trip", _("因公出差")
        SUPERIOR_MEETING = "superior_meeting", _("上级会议（调训）")
        SICK = "sick", _("病假")
        PERSONAL = "personal", _("事假")
        ANNUAL_LEAVE = "annual_leave", _("年休假")
        OTHER = "other", _("其他")

    class Method(models.TextChoices):
        MATERIALS = "materials", _("自学材料")
        RECORDING = "recording", _("观看录像")
        BRIEFING = "briefing", _("单独传达")

    session = models.ForeignKey(
        StudySession,
        verbose_name=_("集中学习"),
        on_delete=models.CASCADE,
        related_name="attendance",
    )
    member = models.ForeignKey(
        RosterEntry, verbose_name=_("成员"), on_delete=models.PROTECT, related_name="attendance"
    )
    status = models.CharField(_("出勤情况"), max_length=10, choices=Status)
    leave_kind = models.CharField(_("请假类别"), max_length=20, choices=LeaveKind, blank=True)
    reason = models.CharField(_("事由"), max_length=200, blank=True)
    approver = models.CharField(_("批准人"), max_length=60, blank=True)
    makeup_date = models.DateField(_("补学日期"), null=True, blank=True)
    makeup_method = models.CharField(_("补学方式"), max_length=10, choices=Method, blank=True)
    makeup_confirmed_on = models.DateField(_("补学确认日期"), null=True, blank=True)
    makeup_confirmer = models.CharField(_("补学确认人"), max_length=60, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("出勤")
        verbose_name_plural = _("出勤")
        indexes: ClassVar = [
            # Who was not simply present: all that evaluation reads of a row, and few rows.
            models.Index(
                fields=["session", "status", "leave_kind", "makeup_date", "makeup_confirmed_on"],
                condition=~Q(status="present"),
                name="attendance_not_present",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "member"], name="attendance_once"),
            models.CheckConstraint(
                condition=Q(status="leave", leave_kind__gt="")
                | (~Q(status="leave") & Q(leave_kind="")),
                name="attendance_leave_has_kind",
            ),
            models.CheckConstraint(
                condition=Q(makeup_confirmed_on__isnull=True)
                | Q(makeup_confirmed_on__gte=F("makeup_date")),
                name="attendance_makeup_in_order",
            ),
            models.CheckConstraint(
                condition=Q(makeup_confirmed_on__isnull=True) | Q(makeup_date__isnull=False),
                name="attendance_makeup_has_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}/{self.member_id} {self.get_status_display()}"
