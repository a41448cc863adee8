"""Studying together (联学): the lead writes once, every partner confirms its own attendance."""

from accounts.models import User
from sessions.models import StudySession
from sessions.recording.written import COLUMNS
from sessions.services import announce

# A plan item is the lead's own; guests are counted by each unit for itself.
SHARED = tuple(
    name for name in COLUMNS if name != "plan_item_id" and not name.startswith("guests_")
)


def invite_partners(*, lead: StudySession, by: User | None) -> list[StudySession]:
    """A draft with the shared facts for every partner that has none yet.

    Called with each submission of the lead; what partners made of their drafts stays theirs.
    """
    if lead.joint_lead_id is not None:
        return []
    there = lead.joint_partners.values("unit")
    new = [
        StudySession.objects.create(
            unit=unit,
            joint_lead=lead,
            created_by=by,
            **{name: getattr(lead, name) for name in SHARED},
        )
        for unit in lead.joint_units.exclude(pk=lead.unit_id).exclude(pk__in=there)
    ]
    topics = list(lead.topics.all()) if new else []
    for partner in new:
        partner.topics.set(topics)
    if new:
        announce(unit_ids={partner.unit_id for partner in new}, years={lead.date.year})
    return new
