"""Who sits in each group, from when until when."""

import datetime as dt
from random import Random
from typing import NamedTuple

from portal.sample.county import SampleUnit
from portal.sample.days import SampleDays
from portal.sample.fates import Fate
from portal.sample.people_names import DOTTED, RARE, PeopleNames
from portal.sample.unit_names import TOWNSHIP, listed
from reports.periods import holds
from units.models import Person, RosterEntry

Role = RosterEntry.Role
TOWNSHIP_POSTS = listed(
    "党委书记 镇长 人大主席 党委副书记 纪委书记 宣传委员 组织委员 政法委员 武装部长 副镇长 "
    "统战委员 副镇长 副镇长 副镇长"
)
OFFICE_POSTS = listed(
    "党组书记、局长 党组副书记 副局长 副局长 派驻纪检组长 副局长 总工程师 工会主席 办公室主任 "
    "机关党委书记 四级调研员 四级调研员 党组成员 党组成员"
)
HOUSE_POSTS = listed(
    "党组书记、主任 党组副书记 副主任 副主任 派驻纪检组长 副主任 总经济师 工会主席 办公室主任 "
    "机关党委书记 四级调研员 四级调研员 党组成员 党组成员"
)
# The end of a post, and what its holder is in charge of; the first that fits counts.
PORTFOLIOS = (
    ("党委书记", "主持党委全面工作"),
    ("党工委书记", "主持党工委全面工作"),
    ("、局长", "主持全面工作"),
    ("、主任", "主持全面工作"),
    ("副镇长", "分管农业农村、生态环境工作"),
    ("副乡长", "分管农业农村、生态环境工作"),
    ("镇长", "主持政府全面工作"),
    ("乡长", "主持政府全面工作"),
    ("副主任", "分管项目、安全生产工作"),
    ("副局长", "分管业务、财务工作"),
    ("副书记", "协助书记抓党建、群团工作"),
    ("纪委书记", "负责纪检监察工作"),
    ("纪检组长", "负责派驻纪检监察工作"),
    ("宣传委员", "负责宣传思想、意识形态工作"),
    ("组织委员", "负责组织、人事工作"),
    ("政法委员", "负责平安建设、信访工作"),
)


class Seat(NamedTuple):
    """A term and its holder's number in the unit: two terms of one person share the number."""

    entry: RosterEntry
    holder: int

    @property
    def name(self) -> str:
        return self.entry.person.name


class Roster:
    """One unit's people and terms; rows are unsaved."""

    def __init__(self, member: SampleUnit, days: SampleDays, chance: Random) -> None:
        self.member = member
        self.people: list[Person] = []
        self.seats: list[Seat] = []
        self._names = PeopleNames(chance)
        self._chance = chance
        self._days = days
        self._since = member.unit.established_on
        self._until = member.unit.abolished_on
        self._appoint()
        if member.fate is Fate.REELECTED:
            self._reelect(dt.date(days.year, 5, 20))
        elif member.fate is Fate.NAMESAKES:
            self._add_namesakes()
        elif member.fate is not Fate.PREPARING:
            self._change_within_year()

    def due_on(self, day: dt.date) -> list[Seat]:
        """Those who owe attendance on the day, in official order."""
        seats = [
            seat
            for seat in self.seats
            if seat.entry.role in RosterEntry.DUE_ROLES
            and holds(seat.entry.start_date, seat.entry.end_date, day)
        ]
        return sorted(seats, key=lambda seat: seat.entry.rank_order)

    def secretary_on(self, day: dt.date) -> str:
        """The name of who keeps the group's papers; the last in rank where nobody is named."""
        for seat in self.seats:
            entry = seat.entry
            if entry.role == Role.SECRETARY and holds(entry.start_date, entry.end_date, day):
                return seat.name
        due = self.due_on(day)
        return due[-1].name if due else ""

    def _appoint(self) -> None:
        """The group as the year (or the unit) begins."""
        preparing = self.member.fate is Fate.PREPARING
        most = 9 if self.member.fate is Fate.NAMESAKES else 13
        size = 1 if preparing else self._chance.randint(5, most)
        for rank in range(size):
            role = Role.LEADER if rank == 0 else Role.DEPUTY if rank == 1 else Role.MEMBER
            self._seat(self._person(), self._post(rank), role, rank + 1)
        self._seat(self._person(), "办公室干部", Role.SECRETARY, size + 1)

    def _post(self, rank: int) -> str:
        title = self.member.title
        if title.category == TOWNSHIP:
            post = TOWNSHIP_POSTS[rank]
            if title.short_name.endswith("街道"):
                return post.replace("党委", "党工委").replace("镇长", "主任")
            return post.replace("镇长", "乡长") if title.short_name.endswith("乡") else post
        return (OFFICE_POSTS if title.short_name.endswith("局") else HOUSE_POSTS)[rank]

    def _person(self, name: str = "", distinction: str = "") -> int:
        name = name or self._names.another()
        self.people.append(Person(unit=self.member.unit, name=name, distinction=distinction))
        return len(self.people) - 1

    def _seat(
        self,
        holder: int,
        post: str,
        role: RosterEntry.Role,
        rank: int,
        start: dt.date | None = None,
    ) -> Seat:
        long_ago = dt.date(self._days.year - self._chance.randint(1, 4), 3, 1)
        entry = RosterEntry(
            person=self.people[holder],
            post=post,
            portfolio=next((told for end, told in PORTFOLIOS if post.endswith(end)), ""),
            role=role,
            rank_order=rank,
            start_date=start or self._since or long_ago,
            end_date=self._until,
        )
        seat = Seat(entry, holder)
        self.seats.append(seat)
        return seat

    def _change_within_year(self) -> None:
        """In about half of the units somebody leaves, arrives, rises or comes back."""
        turn = self._chance.random()
        if self._since or self._until or turn > 0.5:
            return
        seat = self._chance.choice(self.seats[2:-1])
        leaves = self._workday(2, 5)
        if turn < 0.25:
            self._replace(seat, leaves)
        elif turn < 0.33:
            self._promote(leaves)
        elif turn < 0.40:
            seat.entry.end_date = leaves
            back = self._workday(8, 9)
            entry = seat.entry
            self._again(seat, entry.post, Role(entry.role), entry.rank_order, back)
        else:
            rank = len(self.seats) + 1
            self._seat(self._person(), "党组成员", Role.MEMBER, rank, self._workday(3, 8))

    def _replace(self, seat: Seat, leaves: dt.date) -> None:
        """One goes on transfer, another takes the post some days later."""
        seat.entry.end_date = leaves
        seat.entry.note = "调离"
        entry = seat.entry
        arrives = self._days.after(leaves, self._chance.randint(0, 15))
        successor = self._seat(
            self._person(), entry.post, Role(entry.role), entry.rank_order, arrives
        )
        successor.entry.appointment_no = self._number(leaves)

    def _promote(self, day: dt.date) -> None:
        """The deputy leaves and the third in rank steps up: a person with two terms."""
        deputy, third = self.seats[1], self.seats[2]
        deputy.entry.end_date = third.entry.end_date = day
        entry = deputy.entry
        risen = self._again(third, entry.post, Role.DEPUTY, entry.rank_order, day)
        risen.entry.appointment_no = self._number(day)

    def _again(
        self, seat: Seat, post: str, role: RosterEntry.Role, rank: int, start: dt.date
    ) -> Seat:
        return self._seat(seat.holder, post, role, rank, start)

    def _reelect(self, day: dt.date) -> None:
        """All terms end on one date; some of the old are elected again."""
        old = list(self.seats)
        for place, seat in enumerate(old):
            entry = seat.entry
            entry.end_date = day
            holder = seat.holder if place % 3 else self._person()
            new = self._seat(holder, entry.post, Role(entry.role), entry.rank_order, day)
            new.entry.appointment_no = self._number(day)
            new.entry.note = "换届"

    def _add_namesakes(self) -> None:
        """Two people of one name, told apart by birth year, and two names that test software."""
        rank = len(self.seats)
        name = self._names.another()
        for offset, (called, distinction) in enumerate(
            [(name, "1976年生"), (name, "1983年生"), (DOTTED, ""), (RARE, "")], start=1
        ):
            self._seat(self._person(called, distinction), "党委委员", Role.MEMBER, rank + offset)

    def _workday(self, first_month: int, last_month: int) -> dt.date:
        month = self._chance.randint(first_month, last_month)
        return self._chance.choice(self._days.workdays(month))

    def _number(self, day: dt.date) -> str:
        return f"青干任〔{day.year}〕{self._chance.randint(3, 96)}号"
