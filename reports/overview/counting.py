"""Gists counted and chosen by how units stand."""

from collections.abc import Iterable

from reports.standings.counting import StandingCount, standing_counts
from reports.standings.gist import LETTERS, Gist


def counts(gists: Iterable[Gist]) -> tuple[StandingCount, ...]:
    """The numbers of all standings, none left out."""
    return standing_counts(one.standing for one in gists)


def chosen(gists: Iterable[Gist], *, standing: str = "", outcome: str = "") -> list[Gist]:
    """Those in the standing, and with at least one obligation of the outcome; '' is any."""
    letter = LETTERS.get(outcome, "")
    return [one for one in gists if standing in {"", one.standing} and letter in one.outcomes]
