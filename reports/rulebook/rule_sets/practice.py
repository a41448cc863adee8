"""What counties commonly ask, for whoever wonders what to fill in."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from reports.rules import registry as keys

_REQUIRED: Final = "required"

COMMON: Final[Mapping[tuple[str, str], object]] = {
    (keys.PLAN_FILED, "due"): _("各地多为 1 月底，也有 4 月中旬的。"),
    (keys.MONTHLY_SESSIONS, _REQUIRED): _("各地多为每月 1 次，也有 2 次的。"),
    (keys.QUARTERLY_DISCUSSIONS, _REQUIRED): _("国家规定不少于 1 次。"),
    (keys.ANNUAL_SESSIONS, _REQUIRED): _("各地多为 12 次。"),
    (keys.ANNUAL_DAYS, _REQUIRED): _("各地多为 12 天。"),
    (keys.ATTENDANCE_RATE, _REQUIRED): _("各地多为 90%，也有 80% 的。"),
    (keys.SPEECHES_PER_MEMBER, _REQUIRED): _("各地多为 1 次。"),
    (keys.REFLECTIONS_PER_MEMBER, _REQUIRED): _("各地多为 1 篇，也有 2 篇的。"),
    (keys.RESEARCH_PER_MEMBER, _REQUIRED): _("各地多为 1 至 2 篇。"),
    (keys.REPORTED_ON_TIME, "workdays"): _("没有统一规定，由县（区）自定。"),
    (keys.MAKEUPS_DONE, "days"): _("没有统一规定，由县（区）自定。"),
    (keys.SESSION_FILE, "workdays"): _("没有统一规定，由县（区）自定。"),
}
"""By rule and parameter; read in published implementing rules of cities, counties and schools."""
