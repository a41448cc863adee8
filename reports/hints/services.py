"""What people do about hints: a unit explains its side, the department closes what it looked at."""

import datetime as dt

from django.db import transaction
from django.db.models import F

from accounts.models import User
from reports.models import Hint, HintSide

State = Hint.State


def dismiss(*, hint: Hint, version: int, note: str, by: User, at: dt.datetime) -> bool:
    """Closes a hint for good, with what people made of it.

    False, and nothing written, if it says something else than in that version, or is closed.
    """
    open_still = Hint.objects.pending().filter(pk=hint.pk, version=version)
    closed = open_still.update(
        state=State.DISMISSED,
        note=note,
        dismissed_by=by,
        dismissed_at=at,
        version=F("version") + 1,
    )
    return closed == 1


@transaction.atomic
def explain(*, side: HintSide, version: int, explanation: str, by: User, at: dt.datetime) -> bool:
    """Writes down what the unit says of its side, in place of what it said before.

    False, and nothing written, if somebody else wrote meanwhile, or the hint is closed.
    """
    hint = Hint.objects.pending().filter(pk=side.hint_id)
    if not hint.update(state=State.EXPLAINED, version=F("version") + 1):
        return False
    told = HintSide.objects.filter(pk=side.pk, version=version).update(
        explanation=explanation, explained_by=by, explained_at=at, version=F("version") + 1
    )
    if not told:
        transaction.set_rollback(True)
    return told == 1
