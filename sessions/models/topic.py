from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sessions.querysets import TopicQuerySet
from units.models import Category


class Topic(models.Model):
    """Something to be studied between two dates of one year, both included.

    It concerns the units of its categories, or everybody if it names none. A retired one is asked
    of nobody any more; sessions keep their link to it.
    """

    class Level(models.TextChoices):
        CENTRAL = "central", _("中央")
        PROVINCE = "province", _("省")
        CITY = "city", _("市")
        COUNTY = "county", _("县")
        UNIT = "unit", _("本单位")

    class ContentGroup(models.IntegerChoices):
        """The nine groups of content of the 2017 rule, article 8."""

        THEORY = 1, _("党的创新理论")
        PARTY_RULES = 2, _("党章党规党纪和党的基本知识")
        PARTY_LINE = 3, _("党的路线方针政策和决议")
        LAW = 4, _("国家法律法规")
        VALUES = 5, _("社会主义核心价值观")
        HISTORY = 6, _("党史、中国史、世界史和社会主义发展史")
        KNOWLEDGE = 7, _("经济、政治、文化、社会、生态等各方面知识")
        PRACTICE = 8, _("改革发展实践中的重点难点问题")
        OTHER = 9, _("上级要求学习的其他重要内容")

    name = models.CharField(_("内容"), max_length=200)
    level = models.CharField(_("层级"), max_length=10, choices=Level)
    content_group = models.PositiveSmallIntegerField(_("内容类别"), choices=ContentGroup)
    from_date = models.DateField(_("开始日期"))
    due = models.DateField(_("截止日期"))
    required = models.BooleanField(_("必学"), default=True)
    categories = models.ManyToManyField(
        Category, verbose_name=_("适用类别"), blank=True, related_name="topics"
    )
    retired_on = models.DateField(_("停用日期"), null=True, blank=True)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("学习内容")
        verbose_name_plural = _("学习内容")
        ordering: ClassVar = ["from_date", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(due__gte=F("from_date"), due__year=F("from_date__year")),
                name="topic_within_one_year",
            ),
        ]

    def __str__(self) -> str:
        return self.name
