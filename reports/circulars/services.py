"""From the draft to the issued circular: submitted, approved by a leader, numbered and sent."""

import datetime as dt
import hashlib
from collections.abc import Collection
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from reports.circulars.basis import BROKEN, CircularError, is_outdated
from reports.circulars.moving import move
from reports.circulars.paper import circular_paper
from reports.circulars.reading import names_of, passages_of
from reports.circulars.steps import WRITING
from reports.closing import intact
from reports.models import Circular, CircularEvent, CircularPaper, Closing
from reports.sitins.services import Act
from reports.sitins.stale import StaleError
from units.models import Unit

Kind = CircularEvent.Kind


class Issue(NamedTuple):
    """Under which number, on which day and to whom a circular goes out."""

    number: str
    on: dt.date
    recipients: Collection[Unit]
    also_sent: str


@transaction.atomic
def submit(*, circular: Circular, act: Act) -> None:
    """Puts the draft before a leader. Raises CircularError while it stands on old figures."""
    _refuse_outdated(circular)
    move(circular, Kind.SUBMIT, act, submitted_by=act.by)


@transaction.atomic
def send_back(*, circular: Circular, reason: str, act: Act) -> None:
    """Back to the draft, with a reason; an approval given before is void."""
    values = {"submitted_by": None, "approved_by": None, "approved_on": None, "approver_name": ""}
    move(circular, Kind.SEND_BACK, act, reason, **values)


@transaction.atomic
def approve(*, circular: Circular, on: dt.date, act: Act) -> None:
    """A leader with an account approves. Raises CircularError for whoever wrote any of it."""
    _refuse_outdated(circular)
    if act.by is None or wrote(circular, act.by):
        raise CircularError(_("通报须由起草、修改、送审以外的人审定。"))
    move(circular, Kind.APPROVE, act, approved_by=act.by, approved_on=on)


@transaction.atomic
def record_approval(*, circular: Circular, name: str, on: dt.date, act: Act) -> None:
    """Notes that a leader without an account has approved on paper, on the day."""
    _refuse_outdated(circular)
    said = f"{name} {on.isoformat()}"
    move(circular, Kind.RECORD, act, said, approver_name=name, approved_on=on)


@transaction.atomic
def issue(*, circular: Circular, issue: Issue, act: Act) -> None:
    """Sends the circular out; its Word file is kept as it is now, for good.

    The circular it names is superseded with it. Raises CircularError while it stands on old
    figures, or if the number is taken.
    """
    _refuse_outdated(circular)
    if circular.closing.checksum != circular.checksum or not intact(circular.closing):
        raise CircularError(str(BROKEN))
    old = circular.supersedes
    if old is not None:
        move(old, Kind.SUPERSEDE, act._replace(version=_version(old)), issue.number)
    values = {"number": issue.number, "issued_on": issue.on, "also_sent": issue.also_sent}
    try:
        with transaction.atomic():
            move(circular, Kind.ISSUE, act, issue.number, **values)
    except IntegrityError as error:
        if not Circular.objects.filter(root=circular.root, number=issue.number).exists():
            raise
        raise CircularError(_("发文字号“%s”已经用过。") % issue.number) from error
    circular.recipients.set(issue.recipients)
    circular.refresh_from_db()
    data = circular_paper(circular, passages_of(circular), names_of(circular), act.at)
    CircularPaper.objects.create(
        circular=circular, data=data, sha256=hashlib.sha256(data).hexdigest()
    )


@transaction.atomic
def open_for_explanations(*, circular: Circular, until: dt.date, act: Act) -> None:
    """Lets each unit read what the draft says about itself and explain it until the day."""
    move(circular, Kind.OPEN, act, until.isoformat(), opened_at=act.at, explain_by=until)


def wrote(circular: Circular, user: User) -> bool:
    """Whether the user had a part in the text or put it before the leader."""
    return circular.events.filter(by=user, kind__in=WRITING).exists()


def _refuse_outdated(circular: Circular) -> None:
    # Nobody opens the month again between the look and the step.
    list(Closing.objects.select_for_update().filter(pk=circular.closing_id).values_list("pk"))
    if is_outdated(circular):
        raise CircularError(
            _(
                "所据月份已重新开放或重新封账，通报用的是旧数据；请先（退回起草后）改用新的封账数据。"
            )
        )


def _version(old: Circular) -> int:
    """Locks the circular that is superseded; StaleError if it is not in force any more."""
    locked = Circular.objects.select_for_update().get(pk=old.pk)
    if locked.status != Circular.Status.ISSUED:
        raise StaleError(locked)
    return locked.version
