"""What sample is asked for, and the chance that invents it."""

import datetime as dt
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class SampleRequest:
    """A county of `units` units with a group, its records of `year` up to `until`, included.

    The same request gives the same facts. `without_address` units have no mail address.
    """

    units: int
    year: int
    seed: int
    until: dt.date
    without_address: int = 0

    def chance(self, *about: object) -> Random:
        """A stream of chance of its own for each thing, so that one thing never moves another."""
        named = ":".join(str(part) for part in (self.seed, self.year, *about))
        return Random(named)  # noqa: S311  it invents a county, it guards nothing
