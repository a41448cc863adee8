"""What somebody else saved meanwhile beside what this user wants, for the page that asks."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Difference:
    """A field as it stands now, and as the user filled it in."""

    label: str
    standing: str
    wanted: str
