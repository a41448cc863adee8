"""How many units stand how."""

from collections import Counter
from collections.abc import Iterable
from typing import Final, NamedTuple

from reports.rules.words import ATTENTION, BEHIND, NOT_APPLICABLE, ON_TRACK, STANDING_LABELS
from reports.standings.gist import LETTERS, Gist

ORDER: Final = (ON_TRACK, ATTENTION, BEHIND, NOT_APPLICABLE)


class StandingCount(NamedTuple):
    """How many units stand so."""

    key: str
    word: str
    number: int


def counts(gists: Iterable[Gist]) -> tuple[StandingCount, ...]:
    """The numbers of all standings, none left out."""
    numbers = Counter(one.standing for one in gists)
    return tuple(StandingCount(key, STANDING_LABELS[key], numbers[key]) for key in ORDER)


def chosen(gists: Iterable[Gist], *, standing: str = "", outcome: str = "") -> list[Gist]:
    """Those in the standing, and with at least one obligation of the outcome; '' is any."""
    letter = LETTERS.get(outcome, "")
    return [one for one in gists if standing in {"", one.standing} and letter in one.outcomes]
