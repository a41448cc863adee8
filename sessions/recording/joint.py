"""Studying together (联学): the lead writes once, every partner confirms its own attendance.

What the lead corrects later reaches a partner's draft wherever the partner has not written
something else; a record the partner has handed in stays as it is until the partner takes it over.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from sessions.models import HANDED_IN, ReviewEvent, Status, StudySession
from sessions.recording.drafts import save_draft
from sessions.recording.imprint import changed_since, imprint
from sessions.recording.written import COLUMNS, Written, differences, taking, written_of
from sessions.services import ReviewError, announce, record_event

# A plan item is the lead's own; guests are counted by each unit for itself.
SHARED = tuple(
    name for name in COLUMNS if name != "plan_item_id" and not name.startswith("guests_")
)
CARRIED = frozenset({*SHARED, "topics"})


def invite_partners(*, lead: StudySession, by: User | None) -> list[StudySession]:
    """A draft with the shared facts for every partner that has none yet.

    Called with each submission of the lead; what partners made of their drafts stays theirs.
    """
    if lead.joint_lead_id is not None:
        return []
    there = lead.joint_partners.values("unit")
    wanted = lead.joint_units.exclude(pk=lead.unit_id).exclude(pk__in=there)
    said = shared_by(lead) if wanted else None
    new = [
        StudySession.objects.create(
            unit=unit,
            joint_lead=lead,
            joint_taken={"imprint": imprint(said)},
            created_by=by,
            **{name: said.facts[name] for name in SHARED},
        )
        for unit in wanted
        if said is not None
    ]
    topics = list(lead.topics.all()) if new else []
    for partner in new:
        partner.topics.set(topics)
    if new:
        units = {partner.unit_id for partner in new}
        announce(unit_ids=units, years={lead.date.year}, counts=False)
    return new


def carry_to_partners(*, lead: StudySession, at: datetime, by: User | None) -> None:
    """Brings the lead's corrections into the partners' drafts, with a line in the trail for each.

    What a partner wrote differently itself stays; see ``lead_changes``. Called with each
    submission of the lead, in its transaction.
    """
    if lead.joint_lead_id is not None:
        return
    said = shared_by(lead)
    drafts = lead.joint_partners.filter(status=Status.DRAFT).select_for_update(of=("self",))
    for partner in drafts.select_related("unit"):
        opened = str(partner.joint_taken.get("imprint", ""))
        mine = written_of(partner)
        news = changed_since(opened, said) - changed_since(opened, mine)
        names = [name for name in differences(mine, said) if name in CARRIED & news]
        if not names:
            continue
        saved, _changed = save_draft(
            session=partner, version=partner.version, written=taking(mine, said, names)
        )
        told = [*partner.joint_taken.get("carried", []), *names]
        kept = _with(opened, imprint(said), names)
        saved.joint_taken = {"imprint": kept, "carried": list(dict.fromkeys(told))}
        saved.save(update_fields=["joint_taken"])
        audit.record(
            action="session.joint_carry",
            at=at,
            actor=by,
            object_type=saved._meta.label_lower,
            object_id=saved.pk,
            after={"lead": lead.pk, "changed": names, "version": saved.version},
        )


def lead_changes(session: StudySession) -> list[str]:
    """The names (see ``differences``) of what the lead changed since this record took it over,
    and this record says otherwise. Empty while the lead's record is not handed in.
    """
    lead = session.joint_lead
    if lead is None or lead.status not in HANDED_IN:
        return []
    said, mine = shared_by(lead), shared_by(session)
    news = changed_since(str(session.joint_taken.get("imprint", "")), said)
    return [name for name in differences(mine, said) if name in CARRIED & news]


@transaction.atomic
def take_over(
    *, session: StudySession, version: int, lead_version: int, at: datetime, by: User
) -> list[str]:
    """Makes the record say what the lead changed, and a draft of it if it was submitted.

    Attendance stays as far as the people are due on the day. The record must be submitted again.
    Returns the names of what changed. Raises ReviewError if either record moved on since the
    versions were read, or this one was accepted; StaleError as ``save_draft`` does.
    """
    partner, lead = _pair(session, version, lead_version)
    names = lead_changes(partner)
    if not names:
        raise ReviewError(_("与联学牵头单位的记录没有不一致的栏目。"))
    if partner.status == Status.SUBMITTED:
        reason = _("采用联学牵头单位修改后的内容")
        record_event(about=partner, kind=ReviewEvent.Kind.WITHDRAW, at=at, by=by, reason=reason)
    elif partner.status == Status.ACCEPTED:
        raise ReviewError(_("记录已经审核通过，请先联系宣传部退回，再采用牵头单位的内容。"))
    said = shared_by(lead)
    saved, _changed = save_draft(
        session=partner,
        version=partner.version,
        written=taking(written_of(partner), said, names),
    )
    saved.joint_taken = {"imprint": imprint(said)}
    saved.save(update_fields=["joint_taken"])
    return names


@transaction.atomic
def keep_own(*, session: StudySession, version: int, lead_version: int) -> list[str]:
    """Notes that the unit knows what the lead changed and means its own words.

    Returns the names of what stays different. Raises ReviewError as ``take_over`` does.
    """
    partner, lead = _pair(session, version, lead_version)
    names = lead_changes(partner)
    partner.joint_taken = {"imprint": imprint(shared_by(lead))}
    partner.save(update_fields=["joint_taken"])
    return names


def shared_by(session: StudySession) -> Written:
    """What of a record its partners have in common; one query, none with prefetched topics."""
    facts = {name: getattr(session, name) for name in COLUMNS}
    return Written(facts, topics=frozenset(topic.pk for topic in session.topics.all()))


def _pair(
    session: StudySession, version: int, lead_version: int
) -> tuple[StudySession, StudySession]:
    """Both rows, the partner's locked, if they are still those the clerk looked at."""
    locked = StudySession.objects.select_for_update().get(pk=session.pk)
    lead = locked.joint_lead
    if lead is None or (locked.version, lead.version) != (version, lead_version):
        raise ReviewError(_("记录刚刚又有改动，请看过最新的内容再办理。"))
    return locked, lead


def _with(opened: str, now: str, names: list[str]) -> str:
    """The imprint taken over before, but of these parts the one of now."""
    before = dict(part.split(":", 1) for part in opened.split())
    latest = dict(part.split(":", 1) for part in now.split())
    taken = before | {name: latest[name] for name in names}
    return " ".join(f"{name}:{check}" for name, check in taken.items())
