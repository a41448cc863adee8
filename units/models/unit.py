from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from units.models.category import Category
from units.querysets import UnitQuerySet


class Unit(models.Model):
    """A unit with one identity through renaming, merging and abolition.

    ``path`` is the codes from the root to the unit, each followed by a slash; a subtree is all
    units whose path starts with its root's. Only units with ``has_group`` keep a centre group and
    owe anything; a county or city above them does not.
    """

    class PartyBody(models.TextChoices):
        COMMITTEE = "committee", _("党委")
        WORKING_COMMITTEE = "working_committee", _("党工委")
        LEADING_GROUP = "leading_group", _("党组")
        SUB_GROUP = "sub_group", _("分党组")
        ORGAN_COMMITTEE = "organ_committee", _("机关党委")
        BRANCH = "branch", _("党总支（支部）")

    code = models.CharField(_("编码"), max_length=30, unique=True)
    category = models.ForeignKey(
        Category, verbose_name=_("单位类别"), on_delete=models.PROTECT, related_name="units"
    )
    party_body = models.CharField(_("党组织形式"), max_length=20, choices=PartyBody)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("上级单位"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    path = models.CharField(_("路径"), max_length=200, unique=True)
    rank_order = models.PositiveIntegerField(_("排序"), default=0)
    has_group = models.BooleanField(_("设中心组"), default=True)
    email = models.EmailField(_("接收邮箱"), blank=True)
    established_on = models.DateField(_("成立日期"), null=True, blank=True)
    abolished_on = models.DateField(_("撤销日期"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        verbose_name=_("承接单位"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
    )
    version = models.PositiveIntegerField(_("版本"), default=1)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("单位")
        verbose_name_plural = _("单位")
        ordering: ClassVar = ["rank_order", "code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(established_on__isnull=True)
                | Q(abolished_on__isnull=True)
                | Q(abolished_on__gt=F("established_on")),
                name="unit_life_not_empty",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="unit_not_own_parent"
            ),
            # SQLite looks for what stands below a path without regard to case.
            models.UniqueConstraint(
                Lower("code"),
                name="unit_code_any_case",
                violation_error_message=_("已有编码只差大小写的单位。"),
            ),
        ]

    def __str__(self) -> str:
        return self.code
