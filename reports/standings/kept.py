"""Where units stand: kept for today, worked out anew for any other day.

What is kept is never stale, because nothing has to remember to throw it away. A row holds only
under the digest of everything its evaluation followed from: the day, the rules in force, the
working calendar, the topics, the unit's life, category and waivers, the code of the rules, and
the token that each change of the unit's records or roster replaces in its own transaction. The
token is read before the evaluation and stored with it, so what was changed meanwhile does not
hold when it is looked at next.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Final
from uuid import uuid4

from reports.collecting import collector_paused
from reports.gather import Head, gather, heads
from reports.gather.unions import Among
from reports.models import UnitChange, UnitStanding
from reports.standings.basis import Basis, Ground
from reports.standings.gist import Gist, gist
from units.models import Unit
from units.querysets import UnitQuerySet

BATCH: Final = 500


def standings(units: UnitQuerySet, on: Ground, *, today: dt.date) -> list[Gist]:
    """Each unit that owes anything in the ground's year, in official order.

    For today from what is kept, in four queries however many units there are; units that were
    changed, or all on the first visit of a day, are evaluated once and kept (at most nine
    queries for any 500 units). For another day from raw rows, without a trace.
    """
    if on.as_of != today:
        judges = on.judges()
        return [gist(judges.judge(head, facts)) for head, facts in gather(units, on.year)]
    return _Kept(units, on).standings()


def without_standing(units: UnitQuerySet, on: Ground) -> list[Head]:
    """The units of which nothing is kept that holds for the ground; four queries."""
    return _Kept(units, on).missing()


def touch(unit_ids: Collection[int]) -> None:
    """Something was changed that these units' evaluations follow from; one query.

    To be called in the transaction of the change. A token is written even where nothing is kept
    yet: whoever keeps something at that moment has to wait for it.
    """
    UnitChange.objects.bulk_create(
        _new_tokens(unit_ids),
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["unit"],
        update_fields=["token"],
    )


def _new_tokens(unit_ids: Collection[int]) -> list[UnitChange]:
    """In the order of ids: two that write many of them must not wait for each other."""
    return [UnitChange(unit_id=unit, token=uuid4().hex) for unit in sorted(unit_ids)]


class _Kept:
    """What is kept of some units for one year, brought up to date."""

    def __init__(self, units: UnitQuerySet, on: Ground) -> None:
        self._on = on
        self._basis = Basis(on)
        rows = UnitStanding.objects.filter(unit__in=units.order_by().values("pk"), year=on.year)
        with collector_paused():
            self._heads = heads(units, on.year)
            self._rows = {
                row[0]: (row[-2], row[-1], Gist(*row[:-2]))
                for row in rows.values_list(*Gist._fields, "unit__change__token", "basis")
            }

    def standings(self) -> list[Gist]:
        """All of them, in official order."""
        fresh = self._renewed(self.missing())
        return [fresh[head.id] if head.id in fresh else self._rows[head.id][2]
                for head in self._heads]  # fmt: skip

    def missing(self) -> list[Head]:
        """The units whose row is not there or does not hold."""
        return [head for head in self._heads if not self._holds(head)]

    def _holds(self, head: Head) -> bool:
        token, basis, _ = self._rows.get(head.id, (None, "", None))
        return token is not None and basis == self._basis.of(head, token)

    def _renewed(self, changed: Sequence[Head]) -> dict[int, Gist]:
        """Evaluates units and keeps the gist under what was read before."""
        if not changed:
            return {}
        ids = [head.id for head in changed]
        tokens = _tokens(ids)
        judges = self._on.judges()
        gathered = gather(Unit.objects.filter(Among("pk", ids)), self._on.year)
        fresh = {head.id: gist(judges.judge(head, facts)) for head, facts in gathered}
        UnitStanding.objects.bulk_create(
            [
                UnitStanding(
                    year=self._on.year,
                    basis=self._basis.of(head, tokens[head.id]),
                    **fresh[head.id]._asdict(),
                )
                for head in sorted(changed)
            ],
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["unit", "year"],
            update_fields=[
                "basis", "rule_set", "standing", "months", "quarters", "outcomes", "by_month",
                "open",
            ],
        )  # fmt: skip
        return fresh


def _tokens(ids: Sequence[int]) -> dict[int, str]:
    """The tokens of units, given to those that have none; a change under way is waited for."""
    known = UnitChange.objects.filter(Among("unit_id", ids)).values_list("unit_id", "token")
    tokens = dict(known)
    if missing := set(ids) - tokens.keys():
        rows = _new_tokens(missing)
        UnitChange.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
        tokens = dict(known.all())
    return tokens
