"""What units are called on a day."""

from collections.abc import Iterable
from datetime import date

from sessions.models import StudySession
from units.models import UnitName


def short_names(units: Iterable[int], day: date) -> dict[int, str]:
    """The short name of each unit on the day, by its id; one query."""
    named = UnitName.objects.filter(unit__in=units, valid_from__lte=day).order_by("valid_from")
    return dict(named.values_list("unit_id", "short_name"))


def studied_with(session: StudySession) -> list[str]:
    """The lead for a partner, the partners for a lead; `is_joint`, where known, saves a query."""
    if session.joint_lead is not None:
        units = [session.joint_lead.unit_id]
    elif getattr(session, "is_joint", True):
        units = list(session.joint_units.values_list("pk", flat=True))
    else:
        units = []
    return list(short_names(units, session.date).values()) if units else []
