"""What becomes of a held file: one person asks, another agrees, and only then it happens."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from sessions.evidence import storage
from sessions.models import Evidence, HoldRequest
from sessions.services import announce

Wish = HoldRequest.Wish


class HoldError(ValueError):
    """The step is not possible; the message says why to the user."""


@transaction.atomic
def ask(*, evidence: Evidence, wish: str, reason: str, by: User, at: datetime) -> HoldRequest:
    """Asks that a held file be released or destroyed; nothing happens to it yet.

    Asked again in the same words by the same person, it is the same request. Raises HoldError if
    the file is not held any more or somebody's request waits already.
    """
    held = _locked(evidence)
    waiting = held.hold_requests.filter(decided_at__isnull=True).first()
    if waiting is None:
        return held.hold_requests.create(wish=wish, reason=reason, asked_by=by, asked_at=at)
    if (waiting.asked_by_id, waiting.wish, waiting.reason) == (by.pk, wish, reason):
        return waiting
    raise HoldError(_("这个文件已有一条处理意见等待复核，请先复核或撤回。"))


@transaction.atomic
def agree(*, request: HoldRequest, by: User, at: datetime) -> Evidence:
    """Does what was asked. A released file counts from the day it was put on file; of a destroyed
    one the bytes and the name go, the row with its SHA-256 stays.

    Raises HoldError if ``by`` asked for it, or the request was decided meanwhile.
    """
    if request.asked_by_id == by.pk:
        raise HoldError(_("须由另一位管理员复核，提出人不能复核自己的意见。"))
    held = _locked(request.evidence)
    _decide(request, by=by, at=at, is_agreed=True)
    if request.wish == Wish.RELEASE:
        held.checked = Evidence.Checked.CLEAN
        held.save(update_fields=["checked"])
    else:
        file = str(held.file)
        held.checked, held.file, held.name = Evidence.Checked.DESTROYED, "", _("（已销毁的文件）")
        held.save(update_fields=["checked", "file", "name"])
        transaction.on_commit(lambda: storage.discard(file))
    unit_id, year = owner_of(held)
    announce(unit_ids={unit_id}, years={year})
    return held


@transaction.atomic
def decline(*, request: HoldRequest, by: User, at: datetime) -> Evidence:
    """The file stays held: another does not agree, or whoever asked takes it back.

    Raises HoldError if the request was decided meanwhile.
    """
    held = _locked(request.evidence)
    _decide(request, by=by, at=at, is_agreed=False)
    return held


def owner_of(evidence: Evidence) -> tuple[int, int]:
    """The unit whose paper the file belongs to, and the paper's year."""
    if evidence.session is not None:
        return evidence.session.unit_id, evidence.session.date.year
    if evidence.ledger is not None:
        return evidence.ledger.unit_id, timezone.localdate(evidence.ledger.at).year
    paper = evidence.plan or evidence.report
    if paper is None:
        raise LookupError(f"evidence {evidence.pk} belongs to nothing")
    return paper.unit_id, paper.year


def facts(request: HoldRequest) -> dict[str, Any]:
    """What the audit trail keeps of a request. The file's name could itself be secret."""
    return {
        "wish": request.wish,
        "reason": request.reason,
        "asked_by": request.asked_by_id,
        "size": request.evidence.size,
        "sha256": request.evidence.sha256,
    }


def _locked(evidence: Evidence) -> Evidence:
    """The row, locked until the end of the transaction; HoldError unless it is held."""
    held = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if held.checked != Evidence.Checked.HELD:
        raise HoldError(
            _("这个文件当前为“%s”，不再需要处理。") % Evidence.Checked(held.checked).label
        )
    return held


def _decide(request: HoldRequest, *, by: User, at: datetime, is_agreed: bool) -> None:
    open_ones = HoldRequest.objects.filter(pk=request.pk, decided_at__isnull=True)
    if open_ones.update(decided_by=by, decided_at=at, is_agreed=is_agreed) != 1:
        raise HoldError(_("这条处理意见已由他人办理，请刷新后再看。"))
