"""How many units stand how: every standing in its order, none left out."""

from collections import Counter
from collections.abc import Iterable
from typing import Final, NamedTuple

from reports.rules.words import ATTENTION, BEHIND, NOT_APPLICABLE, ON_TRACK, STANDING_LABELS

ORDER: Final = (ON_TRACK, ATTENTION, BEHIND, NOT_APPLICABLE)


class StandingCount(NamedTuple):
    """How many units stand so."""

    key: str
    word: str
    number: int


def standing_counts(standings: Iterable[str]) -> tuple[StandingCount, ...]:
    """The numbers of all standings among these."""
    numbers = Counter(standings)
    return tuple(StandingCount(key, STANDING_LABELS[key], numbers[key]) for key in ORDER)
