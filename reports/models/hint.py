from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reports.hints.querysets import HintQuerySet, HintSideQuerySet
from sessions.models import StudySession, UnitReport
from units.models import Unit


class Hint(models.Model):
    """Something in the records that people may want to look at: never a verdict.

    Nothing else is worked out from a hint: no rule, standing, score or mail knows it. ``key``
    names what it is about, so that one that was dismissed stays dismissed however often it is
    found again. ``first_on`` and ``last_on`` are the days of the earliest and latest record it is
    about; ``version`` grows with every change of what it says or of its state.
    """

    class Kind(models.TextChoices):
        SAME_FILE = "same_file", _("文件相同")
        SIMILAR_TEXT = "similar_text", _("文字相近")
        ENTERED_AT_ONCE = "entered_at_once", _("同一天集中填报")
        REST_DAY = "rest_day", _("休息日学习")
        TWO_PLACES = "two_places", _("同日两处出席")
        LEAVE_AND_PRESENT = "leave_and_present", _("请假同日又出席")
        FULL_ATTENDANCE = "full_attendance", _("全年无人缺勤")

    class State(models.TextChoices):
        OPEN = "open", _("待核对")
        EXPLAINED = "explained", _("单位已说明")
        DISMISSED = "dismissed", _("已核对")
        GONE = "gone", _("已消失")

    PENDING: ClassVar = (State.OPEN, State.EXPLAINED)

    kind = models.CharField(_("类别"), max_length=20, choices=Kind)
    key = models.CharField(_("线索标识"), max_length=120, unique=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.OPEN)
    first_on = models.DateField(_("最早记录日期"))
    last_on = models.DateField(_("最近记录日期"))
    found_at = models.DateTimeField(_("发现时间"))
    note = models.TextField(_("核对情况"), blank=True)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("核对人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    dismissed_at = models.DateTimeField(_("核对时间"), null=True, blank=True)
    version = models.PositiveIntegerField(_("版本"), default=1)

    objects = HintQuerySet.as_manager()

    class Meta:
        verbose_name = _("提示线索")
        verbose_name_plural = _("提示线索")
        indexes: ClassVar = [models.Index(fields=["state", "found_at"], name="hint_state_found")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="dismissed") | Q(note__gt="", dismissed_at__isnull=False),
                name="hint_dismissed_with_note",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def is_pending(self) -> bool:
        """Whether somebody still has to look at it, and the units may explain."""
        return self.state in self.PENDING


class HintSide(models.Model):
    """One unit's part of a hint: the only part of it that the unit itself sees.

    ``facts`` names the unit's own records and people by id (see ``reports.hints.found``); it is
    empty once the unit no longer has part in it.
    """

    hint = models.ForeignKey(
        Hint, verbose_name=_("提示线索"), on_delete=models.CASCADE, related_name="sides"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="hint_sides"
    )
    facts = models.JSONField(_("事实"), default=dict)
    found_at = models.DateTimeField(_("发现时间"))
    explanation = models.TextField(_("单位说明"), blank=True)
    explained_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("说明人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    explained_at = models.DateTimeField(_("说明时间"), null=True, blank=True)
    version = models.PositiveIntegerField(_("版本"), default=1)

    objects = HintSideQuerySet.as_manager()

    class Meta:
        verbose_name = _("提示线索（单位）")
        verbose_name_plural = _("提示线索（单位）")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hint", "unit"], name="hint_side_once"),
            models.CheckConstraint(
                condition=Q(explanation="", explained_at__isnull=True)
                | Q(explanation__gt="", explained_at__isnull=False),
                name="hint_side_explained_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hint_id}/{self.unit_id}"


class HintSearch(models.Model):
    """A search through the records: one a day by itself, and whenever somebody asks for one."""

    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("申请人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    asked_at = models.DateTimeField(_("申请时间"))
    lease_until = models.DateTimeField(_("占用至"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("次数"), default=0)
    finished_at = models.DateTimeField(_("完成时间"), null=True, blank=True)
    is_done = models.BooleanField(_("已查完"), default=False)

    class Meta:
        verbose_name = _("线索查找")
        verbose_name_plural = _("线索查找")
        constraints: ClassVar = [
            # However often the button is pressed, one search waits.
            models.UniqueConstraint(
                fields=["is_done"], condition=Q(is_done=False), name="hint_search_one_waits"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d %H:%M}"


class TextPrint(models.Model):
    """What a text looks like from afar, so that no two texts need be compared that differ.

    ``bands`` are the keys of ``reports.hints.texts.bands``, empty for a text too short to tell;
    ``version`` is the record's when it was made.
    """

    session = models.OneToOneField(
        StudySession,
        verbose_name=_("集中学习"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="text_print",
    )
    report = models.OneToOneField(
        UnitReport,
        verbose_name=_("学习报告"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="text_print",
    )
    version = models.PositiveIntegerField(_("版本"))
    bands = models.CharField(_("指纹"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("文字指纹")
        verbose_name_plural = _("文字指纹")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(session__isnull=False, report__isnull=True)
                | Q(session__isnull=True, report__isnull=False),
                name="text_print_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id or ''}/{self.report_id or ''}"
