"""Writes down what a search found: new hints, what changed of known ones, what is no more."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

from django.db import transaction
from django.db.models import F

from reports.gather.unions import Among
from reports.hints.found import Found
from reports.hints.querysets import HintQuerySet
from reports.models import Hint, HintSide

State = Hint.State
BATCH: Final = 500


class Kept(NamedTuple):
    """What a search came to, in hints."""

    new: int
    changed: int
    gone: int


@transaction.atomic
def keep(*, found: Collection[Found], start: dt.date, at: dt.datetime) -> Kept:
    """Brings the hints on record in step with all that was found from `start` on.

    What is not found again has 已消失, and comes back if it is found once more. A dismissed one
    stays dismissed, though its sides follow the records. Hints about older records are left
    alone. Running it twice changes nothing.
    """
    known = {hint.key: hint for hint in Hint.objects.defer("note")}
    new = [_new(one, at) for one in found if one.key not in known]
    Hint.objects.bulk_create(new, batch_size=BATCH)
    known |= {hint.key: hint for hint in new}
    by_hint = {known[one.key].pk: one for one in found}
    changed = _keep_sides(by_hint, at)
    dated = [known[one.key] for one in found if _moved(known[one.key], one)]
    Hint.objects.bulk_update(dated, ["first_on", "last_on"], batch_size=BATCH)
    # By update alone: a person may be dismissing one of them at this moment.
    _of(sorted(changed - {hint.pk for hint in new})).update(version=F("version") + 1)
    _bring_back([hint.pk for hint in known.values() if hint.pk in by_hint])
    missing = [
        hint.pk for hint in known.values() if hint.pk not in by_hint and hint.first_on >= start
    ]
    gone = _of(missing).pending().update(state=State.GONE, version=F("version") + 1)
    return Kept(len(new), len(changed) - len(new), gone)


def _new(one: Found, at: dt.datetime) -> Hint:
    return Hint(kind=one.kind, key=one.key, first_on=one.first, last_on=one.last, found_at=at)


def _moved(hint: Hint, one: Found) -> bool:
    if (hint.first_on, hint.last_on) == (one.first, one.last):
        return False
    hint.first_on, hint.last_on = one.first, one.last
    return True


def _of(ids: list[int]) -> HintQuerySet:
    return Hint.objects.filter(Among("id", ids))


def _keep_sides(by_hint: Mapping[int, Found], at: dt.datetime) -> set[int]:
    """Adds, changes and empties sides; the hints of which any was touched."""
    stored = HintSide.objects.filter(Among("hint_id", sorted(by_hint))).only(
        "hint", "unit", "facts"
    )
    sides = {(side.hint_id, side.unit_id): side for side in stored}
    wanted = {
        (hint, unit): facts for hint, one in by_hint.items() for unit, facts in one.sides.items()
    }
    new = [
        HintSide(hint_id=hint, unit_id=unit, facts=facts, found_at=at)
        for (hint, unit), facts in wanted.items()
        if (hint, unit) not in sides
    ]
    changed = [side for key, side in sides.items() if side.facts != wanted.get(key, {})]
    for side in changed:
        side.facts = wanted.get((side.hint_id, side.unit_id), {})
    HintSide.objects.bulk_create(new, batch_size=BATCH)
    HintSide.objects.bulk_update(changed, ["facts"], batch_size=BATCH)
    return {side.hint_id for side in [*new, *changed]}


def _bring_back(ids: list[int]) -> None:
    back = _of(ids).filter(state=State.GONE)
    explained = HintSide.objects.filter(explained_at__isnull=False).values("hint")
    grown = F("version") + 1
    back.filter(pk__in=explained).update(state=State.EXPLAINED, version=grown)
    back.update(state=State.OPEN, version=grown)
