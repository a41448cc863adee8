from django.db import models
from django.utils.translation import gettext_lazy as _


class Form(models.TextChoices):
    """How a group studied. Only discussions and reading classes can be 集体研讨."""

    COLLECTIVE = "collective", _("集中学习")
    DISCUSSION = "discussion", _("集体学习研讨")
    LECTURE = "lecture", _("专题讲座")
    READING_CLASS = "reading_class", _("读书班")
    FIELD = "field", _("考察调研")
    ADJACENT = "adjacent", _("相关活动")
