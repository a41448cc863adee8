"""What becomes of each unit in the sample year, and how well it studies."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum, auto
from random import Random

from portal.sample.unit_names import BUREAU, INSTITUTION, RESEARCH, TOWNSHIP, UnitTitle


class Fate(StrEnum):
    """Something a real county has once or twice, and software must survive."""

    PLAIN = auto()
    REELECTED = auto()  # the whole group replaced on one date
    NAMESAKES = auto()  # two members of one name, and names that spreadsheets spoil
    RENAMED = auto()
    FOUNDED = auto()  # in the middle of March
    OFFLINE = auto()  # a session of which only the paper file tells
    ABOLISHED = auto()  # in the middle of the last month of data
    MERGED = auto()  # into a neighbour, a week earlier
    PREPARING = auto()  # excused from everything
    WAIVED = auto()  # excused from one month
    JOINT_LEAD = auto()
    JOINT_PARTNER = auto()


# Which unit of a category, counted from 0, has which fate.
FATES = {
    (TOWNSHIP, 1): Fate.REELECTED,
    (TOWNSHIP, 2): Fate.NAMESAKES,
    (TOWNSHIP, 3): Fate.WAIVED,
    (BUREAU, 1): Fate.RENAMED,
    (BUREAU, 2): Fate.FOUNDED,
    (BUREAU, 3): Fate.OFFLINE,
    (BUREAU, 5): Fate.JOINT_LEAD,
    (RESEARCH, 1): Fate.JOINT_PARTNER,
    (INSTITUTION, 0): Fate.ABOLISHED,
    (INSTITUTION, 1): Fate.MERGED,
    (INSTITUTION, 2): Fate.PREPARING,
}


class Papers(StrEnum):
    """How a plan or a report got to the department."""

    ON_TIME = auto()
    LATE = auto()
    CORRECTED = auto()  # returned once, handed in again within the days allowed
    RETURNED = auto()  # returned, and left so
    MISSING = auto()


@dataclass(frozen=True, slots=True)
class Habits:
    """How a group studies and its clerk reports; shares are probabilities from 0 to 1."""

    sessions_a_month: tuple[int, ...] = (1, 2, 2, 2)
    last_day: int = 21  # of a month, for sessions: who studies late in it reports in the next
    absence: float = 0.05
    made_up: float = 1.0
    made_up_late: float = 0.0
    reported_late: float = 0.0
    filed_late: float = 0.0
    returned: float = 0.04
    reflections: float = 1.0
    plan: Papers = Papers.ON_TIME
    half_year: Papers = Papers.ON_TIME
    months_skipped: frozenset[int] = frozenset()
    months_unreported: frozenset[int] = frozenset()
    quarter_without_discussion: int = 0
    month_left_returned: int = 0
    skips_topic: bool = False


EXEMPLARY = Habits()
STEADY = Habits(
    sessions_a_month=(1, 1, 2, 2, 3),
    last_day=23,
    absence=0.06,
    made_up_late=0.08,
    reported_late=0.06,
    filed_late=0.06,
    returned=0.07,
)


# Enough to need attention, not enough to fall behind.
LOOSE = Habits(
    sessions_a_month=(1, 1, 2),
    last_day=31,
    absence=0.08,
    made_up=0.93,
    made_up_late=0.15,
    reported_late=0.12,
    filed_late=0.15,
    returned=0.10,
    reflections=0.8,
)
LOOSE_KINDS = (
    replace(LOOSE, half_year=Papers.RETURNED, reported_late=0.3),
    replace(LOOSE, absence=0.16, made_up=0.45),
    replace(LOOSE, plan=Papers.LATE, skips_topic=True),
    replace(LOOSE, month_left_returned=9, plan=Papers.CORRECTED),
    replace(LOOSE, half_year=Papers.MISSING, made_up=0.7),
    replace(LOOSE, filed_late=0.4, half_year=Papers.LATE),
)
BEHIND_KINDS = (
    replace(LOOSE, months_skipped=frozenset({2})),
    replace(LOOSE, quarter_without_discussion=3),
    replace(LOOSE, plan=Papers.MISSING, reflections=0.3),
    replace(LOOSE, months_skipped=frozenset({5, 8}), absence=0.18, made_up=0.4),
    replace(LOOSE, months_unreported=frozenset({7}), half_year=Papers.LATE),
    replace(LOOSE, quarter_without_discussion=2, skips_topic=True),
)
# Of twenty units, so many: a deck is dealt, not dice thrown, so that small counties are mixed too.
DECK = "E" * 6 + "S" * 7 + "L" * 3 + "B" * 4


def deal_fates(titles: Iterable[UnitTitle]) -> list[Fate]:
    """The fate of each unit of one county, in the order of its units."""
    seen: dict[str, int] = {}
    fates = []
    for title in titles:
        place = seen.get(title.category, 0)
        seen[title.category] = place + 1
        fates.append(FATES.get((title.category, place), Fate.PLAIN))
    return fates


def deal_habits(fates: list[Fate], chance: Random) -> list[Habits]:
    """How each unit works; units with a fate work well, so that the fate alone shows."""
    deck: list[str] = []
    dealt = {"L": 0, "B": 0}
    habits = []
    for fate in fates:
        if fate is Fate.WAIVED:
            habits.append(replace(STEADY, months_skipped=frozenset({6})))
            continue
        if fate is not Fate.PLAIN:
            habits.append(STEADY)
            continue
        if not deck:
            deck = list(DECK)
            chance.shuffle(deck)
        card = deck.pop()
        if card in dealt:
            kinds = LOOSE_KINDS if card == "L" else BEHIND_KINDS
            habits.append(kinds[dealt[card] % len(kinds)])
            dealt[card] += 1
        else:
            habits.append(EXEMPLARY if card == "E" else STEADY)
    return habits
