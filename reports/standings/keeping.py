"""Rows kept of units, each under a digest of all that it followed from.

What is kept is never stale, because nothing has to remember to throw it away. A row holds only
under the digest of everything its evaluation followed from: the day, the rules in force, the
working calendar, the topics, the unit's life, category and waivers, the code of the rules, and
the token that each change of the unit's records or roster replaces in its own transaction. The
token is read before the evaluation and stored with it, so what was changed meanwhile does not
hold when it is looked at next.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from typing import Any, ClassVar, Final, Generic, Protocol, TypeVar
from uuid import uuid4

from django.db.models import Model

from reports.collecting import collector_paused
from reports.evaluation import Evaluated
from reports.gather import Head, gather, heads
from reports.gather.unions import Among
from reports.models import UnitChange
from reports.standings.basis import Basis, Ground
from units.models import Unit
from units.querysets import UnitQuerySet

BATCH: Final = 500


class KeptRow(Protocol):
    """Some columns of the kept row of a unit, `unit_id` the first of them."""

    @property
    def unit_id(self) -> int: ...

    def _asdict(self) -> dict[str, Any]: ...


Row = TypeVar("Row", bound=KeptRow)


class Keeping(ABC, Generic[Row]):
    """What is kept of some units for one ground, brought up to date.

    Four queries however many units there are; `also` is what rows follow from besides. `rows`
    evaluates what does not hold, once, and keeps it (at most six queries more for any 500 units).
    """

    model: ClassVar[type[Model]]
    columns: ClassVar[Sequence[str]]
    """Those of a row, in its order."""

    def __init__(self, units: UnitQuerySet, on: Ground, *, also: object = None) -> None:
        self.on = on
        self._basis = Basis(on, also)
        stored = self.model._default_manager.filter(**self.key(on))
        stored = stored.filter(unit__in=units.order_by().values("pk"))
        with collector_paused():
            self._heads = heads(units, on.year)
            found = {
                values[0]: (values[-2], values[-1], self.row(values[:-2]))
                for values in stored.values_list(*self.columns, "unit__change__token", "basis")
            }
        self._held = {
            head.id: found[head.id][2]
            for head in self._heads
            if head.id in found and self._holds(head, *found[head.id][:2])
        }

    @abstractmethod
    def key(self, on: Ground) -> dict[str, Any]:
        """The columns that all rows of a ground share."""

    @abstractmethod
    def row(self, values: Sequence[Any]) -> Row:
        """A row as it was kept."""

    @abstractmethod
    def of(self, judged: Evaluated) -> Row:
        """The row of a unit judged just now."""

    def missing(self) -> list[Head]:
        """The units whose row is not there or does not hold."""
        return [head for head in self._heads if head.id not in self._held]

    def rows(self) -> list[Row]:
        """All of them, in official order."""
        self._held |= self._renewed(self.missing())
        return [self._held[head.id] for head in self._heads]

    def _holds(self, head: Head, token: str | None, basis: str) -> bool:
        return token is not None and basis == self._basis.of(head, token)

    def _renewed(self, changed: Sequence[Head]) -> dict[int, Row]:
        """Evaluates units and keeps their rows under what was read before."""
        if not changed:
            return {}
        ids = [head.id for head in changed]
        tokens = _tokens(ids)
        judges, key = self.on.judges(), self.key(self.on)
        gathered = gather(Unit.objects.filter(Among("pk", ids)), self.on.year)
        fresh = {head.id: self.of(judges.judge(head, facts)) for head, facts in gathered}
        self.model._default_manager.bulk_create(
            [
                self.model(
                    **key,
                    basis=self._basis.of(head, tokens[head.id]),
                    **fresh[head.id]._asdict(),
                )
                for head in sorted(changed)
            ],
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["unit", *key],
            update_fields=["basis", *self.columns[1:]],
        )
        return fresh


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


def _tokens(ids: Sequence[int]) -> dict[int, str]:
    """The tokens of units, given to those that have none; a change under way is waited for."""
    known = UnitChange.objects.filter(Among("unit_id", ids)).values_list("unit_id", "token")
    tokens = dict(known)
    if missing := set(ids) - tokens.keys():
        rows = _new_tokens(missing)
        UnitChange.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
        tokens = dict(known.all())
    return tokens
