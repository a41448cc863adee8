from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reports.models.happening import Happening
from reports.models.sit_in import SitIn
from reports.sitins.querysets import FindingQuerySet
from units.models import Unit


class Finding(models.Model):
    """A problem a unit has to put right, as the ledger 整改台账 keeps it. Never scored.

    The department says what is wrong and until when (``due``, a local date); the unit says what it
    does (``measures``) and how far it is (``progress``).
    """

    class Source(models.TextChoices):
        SIT_IN = "sit_in", _("巡听旁听")
        ARCHIVE = "archive", _("档案检查")
        REVIEW = "review", _("报送审核")
        OTHER = "other", _("其他检查")

    class Status(models.TextChoices):
        OPEN = "open", _("待整改")
        REPLIED = "replied", _("已回复")
        SENT_BACK = "sent_back", _("退回继续整改")
        CLOSED = "closed", _("已销号")

    AWAITING_UNIT = (Status.OPEN, Status.SENT_BACK)

    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="findings"
    )
    sit_in = models.ForeignKey(
        SitIn,
        verbose_name=_("巡听旁听"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="findings",
    )
    source = models.CharField(_("来源"), max_length=10, choices=Source)
    found_on = models.DateField(_("发现日期"))
    problem = models.TextField(_("具体问题"))
    due = models.DateField(_("整改时限"))
    measures = models.TextField(_("整改措施"), blank=True)
    leader = models.CharField(_("责任领导"), max_length=60, blank=True)
    office = models.CharField(_("责任单位（处室）"), max_length=100, blank=True)
    person = models.CharField(_("责任人"), max_length=60, blank=True)
    progress = models.TextField(_("整改进度"), blank=True)
    status = models.CharField(
        _("状态"), max_length=10, choices=Status, default=Status.OPEN, editable=False
    )
    closed_on = models.DateField(_("销号日期"), null=True, blank=True)
    version = models.PositiveIntegerField(_("版本"), default=1)
    # Made with the empty form: however often one form is sent, it makes one finding.
    form_token = models.UUIDField(_("表单标识"), null=True, blank=True, unique=True, editable=False)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("整改问题")
        verbose_name_plural = _("整改问题")
        ordering: ClassVar = ["due", "id"]
        indexes: ClassVar = [
            # What is not put right yet, of however many there are.
            models.Index(fields=["unit"], condition=~Q(status="closed"), name="finding_not_closed"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status="closed", closed_on__isnull=False)
                | (~Q(status="closed") & Q(closed_on__isnull=True)),
                name="finding_closed_has_date",
            ),
            models.CheckConstraint(
                condition=Q(status="open") | (Q(measures__gt="") & Q(progress__gt="")),
                name="finding_replied_has_words",
            ),
            models.CheckConstraint(
                condition=Q(source="sit_in") | Q(sit_in__isnull=True),
                name="finding_of_sit_in_says_so",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.due} {self.problem[:20]}"


class FindingEvent(Happening):
    """Something that happened to a finding. Append-only."""

    class Kind(models.TextChoices):
        NOTE = "note", _("登记问题")
        EDIT = "edit", _("修改问题")
        PROGRESS = "progress", _("登记整改进度")
        REPLY = "reply", _("回复整改情况")
        SIGN_OFF = "sign_off", _("销号")
        SEND_BACK = "send_back", _("退回继续整改")

    finding = models.ForeignKey(
        Finding, verbose_name=_("整改问题"), on_delete=models.CASCADE, related_name="events"
    )
    kind = models.CharField(_("事项"), max_length=10, choices=Kind)
    due = models.DateField(_("整改时限"), null=True, blank=True)

    class Meta(Happening.Meta):
        verbose_name = _("整改办理记录")
        verbose_name_plural = _("整改办理记录")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(kind="send_back") | Q(note__gt=""),
                name="finding_back_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.get_kind_display()}"
