from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sessions.models.event import ABOUT_ONE_THING
from sessions.models.ledger_import import LedgerImport
from sessions.models.plan import AnnualPlan
from sessions.models.session import StudySession
from sessions.models.unit_report import UnitReport
from sessions.querysets import EvidenceQuerySet, HeldFileQuerySet


class Evidence(models.Model):
    """A file that belongs to a session, a plan or a report, or the workbook of a ledger's import.

    The stored name is made by the server; ``name`` is what the user called the file. ``on`` is
    the local date it came on file, which the one-file-a-session rule judges by. A piece kept on
    paper only has no file. Nor has one that was destroyed for the mark of a classified paper: its
    size and SHA-256 stay, and its HoldRequest says who asked and who agreed.
    """

    class Kind(models.TextChoices):
        NOTICE = "notice", _("通知")
        AGENDA = "agenda", _("学习方案（议程）")
        SIGN_IN = "sign_in", _("签到表")
        MINUTES = "minutes", _("会议记录")
        MATERIALS = "materials", _("学习材料")
        SPEECH_TEXT = "speech_text", _("发言材料")
        PHOTO = "photo", _("照片")
        NEWS = "news", _("信息简报")
        LEAVE_SLIP = "leave_slip", _("请假条")
        MAKEUP_RECORD = "makeup_record", _("补学记录")
        APPROVAL = "approval", _("审定文件")
        OTHER = "other", _("其他")

    class Checked(models.TextChoices):
        PENDING = "pending", _("待查")
        CLEAN = "clean", _("已查")
        HELD = "held", _("暂扣")
        DESTROYED = "destroyed", _("已销毁")

    session = models.ForeignKey(
        StudySession,
        verbose_name=_("集中学习"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="evidence",
    )
    plan = models.ForeignKey(
        AnnualPlan,
        verbose_name=_("年度学习计划"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="evidence",
    )
    report = models.ForeignKey(
        UnitReport,
        verbose_name=_("学习报告"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="evidence",
    )
    ledger = models.OneToOneField(
        LedgerImport,
        verbose_name=_("台账导入"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="source",
    )
    kind = models.CharField(_("类别"), max_length=20, choices=Kind)
    on = models.DateField(_("归档日期"))
    name = models.CharField(_("文件名"), max_length=255)
    file = models.FileField(_("文件"), upload_to="evidence/%Y/%m", max_length=200, blank=True)
    size = models.PositiveBigIntegerField(_("大小（字节）"), default=0)
    sha256 = models.CharField(_("校验值"), max_length=64, blank=True)
    checked = models.CharField(_("检查"), max_length=10, choices=Checked, default=Checked.PENDING)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("上传人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    uploaded_at = models.DateTimeField(_("上传时间"), auto_now_add=True)

    # What is of no use to a reader as a file.
    KEPT_BACK: ClassVar = frozenset({Checked.HELD, Checked.DESTROYED})

    objects = EvidenceQuerySet.as_manager()
    held = HeldFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("佐证材料")
        verbose_name_plural = _("佐证材料")
        ordering: ClassVar = ["on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=ABOUT_ONE_THING & Q(ledger__isnull=True)
                | Q(
                    session__isnull=True,
                    plan__isnull=True,
                    report__isnull=True,
                    ledger__isnull=False,
                ),
                name="evidence_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_kept_back(self) -> bool:
        return self.checked in self.KEPT_BACK
