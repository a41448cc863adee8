"""Keeping a record that is still being written."""

from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from accounts.models import User
from sessions.models import Evidence, ReviewEvent, Status, StudySession
from sessions.recording.findings import Finding, NotReadyError
from sessions.recording.ground import Ground
from sessions.recording.rows import store_links, store_marks
from sessions.recording.written import Written, differences, written_of
from sessions.screening import marked_fields
from sessions.services import ReviewError, announce
from units.models import Unit

EDITABLE = frozenset({Status.DRAFT, Status.RETURNED})
FIRST_VERSION = 1
# A draft nobody but the unit ever dealt with.
OWN_AFFAIRS = (ReviewEvent.Kind.SUBMIT, ReviewEvent.Kind.WITHDRAW)
# Steps of the unit's own approver, which the department never saw.
IN_UNIT = Q(kind=ReviewEvent.Kind.APPROVE) | Q(kind=ReviewEvent.Kind.RETURN, in_unit=True)


class StaleError(ValueError):
    """The record moved on since it was read; ``stored`` is what it says now."""

    def __init__(self, session: StudySession, stored: Written) -> None:
        super().__init__(_("记录已被他人修改。"))
        self.session = session
        self.stored = stored


@transaction.atomic
def open_draft(
    *,
    unit: Unit,
    token: UUID,
    written: Written,
    by: User | None,
    source: str = StudySession.Source.ENTERED,
    ground: Ground | None = None,
) -> tuple[StudySession, list[str]]:
    """The one record of a form: made now, or found if the form was sent before.

    A form sent again before its first answer arrived says the same, or what the same hand wrote
    a moment later. Returns the record and what changed, and raises, as ``save_draft`` does.
    """
    ground = ground or Ground(unit)
    due = ground.due(written.day)
    kept = _screened(written.fit_to_store(member.person_id for member in due))
    session, created = StudySession.objects.select_for_update().get_or_create(
        unit=unit, form_token=token, defaults={**kept.facts, "created_by": by, "source": source}
    )
    if not created:
        return save_draft(session=session, version=FIRST_VERSION, written=written, ground=ground)
    store_links(session, kept, before=None)
    store_marks(session, kept.marks, due, is_new=True)
    announce(unit_ids={unit.pk}, years={session.date.year}, counts=False)
    return session, ["new"]


@transaction.atomic
def save_draft(
    *, session: StudySession, version: int, written: Written, ground: Ground | None = None
) -> tuple[StudySession, list[str]]:
    """Stores what is written if nobody stored another version since ``version``.

    ``ground`` is that of the record's unit, read afresh if not given.
    Returns the session as stored and the names of what changed (see ``differences``); where
    nothing did, nothing is written. Raises StaleError if the record was changed, submitted or
    reviewed meanwhile and says something else, NotReadyError if the text bears the mark of a
    classified paper.
    """
    session = StudySession.objects.select_for_update().select_related("unit").get(pk=session.pk)
    due = (ground or Ground(session.unit)).due(written.day)
    kept = _screened(written.fit_to_store(member.person_id for member in due))
    stored = written_of(session)
    changed = differences(stored, kept)
    if not changed:
        return session, []
    moved = StudySession.objects.filter(pk=session.pk, version=version, status__in=EDITABLE)
    if moved.update(version=F("version") + 1) != 1:
        raise StaleError(session, stored)
    years = {session.date.year, written.day.year}
    for name, value in kept.facts.items():
        setattr(session, name, value)
    session.save(update_fields=[*kept.facts, "updated_at"])
    session.refresh_from_db(fields=["version", "plan_item"])
    store_links(session, kept, before=stored)
    store_marks(session, kept.marks, due)
    announce(unit_ids={session.unit_id}, years=years, counts=False)
    return session, changed


@transaction.atomic
def delete_draft(*, session: StudySession) -> None:
    """Removes a draft that only the unit ever dealt with.

    Units studied with keep their own records. Raises ReviewError for any other record.
    """
    found = StudySession.objects.select_for_update().get(pk=session.pk)
    if found.status != Status.DRAFT:
        raise ReviewError(_("只有草稿可以删除，这条记录是“%s”。") % found.get_status_display())
    dealt = found.events.exclude(kind__in=OWN_AFFAIRS)
    if dealt.exclude(IN_UNIT).exists():
        raise ReviewError(_("这条记录已经由宣传部办理过，不能删除；请改正后重新报送。"))
    if dealt.exists():
        raise ReviewError(_("这条记录已经由本单位审核领导办理过，不能删除；请改正后重新报送。"))
    if found.evidence.filter(checked__in=Evidence.KEPT_BACK).exists():
        raise ReviewError(_("这条记录有暂扣或已销毁的文件，须留存备查，不能删除。"))
    found.joint_partners.update(joint_lead=None)
    unit_ids, years = {found.unit_id}, {found.date.year}
    found.delete()
    announce(unit_ids=unit_ids, years=years, counts=False)


def _screened(kept: Written) -> Written:
    """Nothing that bears the mark of a classified paper is ever stored, not even in a draft."""
    found = [Finding(field, text) for field, text in marked_fields(kept.texts()).items()]
    if found:
        raise NotReadyError(found)
    return kept
