"""Which backups may go. Plain Python."""

from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Kept:
    """So many days, ISO weeks and months of which the newest backup stays.

    Counted are those that have a backup: a portal that was off for a season loses nothing by it.
    """

    days: int
    weeks: int
    months: int


def surplus(
    backups: Collection[tuple[str, datetime]],
    kept: Kept,
    *,
    proven: Collection[str] = (),
    failed: Collection[str] = (),
) -> list[str]:
    """The names that may be deleted, oldest first.

    Never among them: those of the day before the newest, the newest that did not fail its trial,
    the newest that passed one (``proven``). One that failed stands for no day: the sound one
    before it does.
    """
    ordered = sorted(backups, key=lambda each: each[1], reverse=True)
    sound = [each for each in ordered if each[0] not in failed]
    staying = {name for name, _moment in sound[:1]}
    staying |= {name for name, moment in ordered if moment > ordered[0][1] - DAY}
    staying |= {name for name, _moment in [each for each in ordered if each[0] in proven][:1]}
    spans: list[tuple[int, Callable[[datetime], Hashable]]] = [
        (kept.days, lambda moment: moment.date()),
        (kept.weeks, lambda moment: moment.isocalendar()[:2]),
        (kept.months, lambda moment: (moment.year, moment.month)),
    ]
    for number, span_of in spans:
        newest: dict[Hashable, str] = {}
        for name, moment in sound:
            newest.setdefault(span_of(moment), name)
        staying |= set(list(newest.values())[:number])
    return [name for name, _moment in reversed(ordered) if name not in staying]
