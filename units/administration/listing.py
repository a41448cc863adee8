"""A pasted list of people and units becomes proposals of roles, all of them or none."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from units.access.roles import Role
from units.administration.proposing import (
    DEPARTMENT_PROPOSES,
    AlreadyProposedError,
    Kind,
    Wish,
    propose,
)
from units.administration.reading import AccountQuerySet
from units.assignments import GrantError, Origin
from units.models import Assignment, Unit, UnitName
from units.spreadsheets.reader import Sheet, Value
from units.spreadsheets.tables import Column, Row, find_table
from units.spreadsheets.texts import plain, squeezed

MOST = 500
LIST_COLUMNS = (
    Column("username", ("用户名", "登录名", "账号"), required=True),
    Column("unit", ("单位", "单位名称", "单位编码"), required=True),
    Column("role", ("角色",)),
    Column("full_name", ("姓名",)),
)
_PLAIN_ORDER: list[Value] = ["用户名", "单位", "角色"]


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for every line of a list: the role of lines that name none, the day, the cause."""

    role: Role
    start_date: date
    reason: str


@dataclass(slots=True)
class ListOutcome:
    """What came of a list: how many proposals, how many lines said nothing new, what is wrong.

    With a problem nothing was proposed.
    """

    proposed: int = 0
    unchanged: int = 0
    problems: list[str] = field(default_factory=list)


class ListReader:
    """Reads lines as copied from a worksheet, against the accounts and units one may name."""

    def __init__(self, people: AccountQuerySet, below: Unit, today: date) -> None:
        self._people = {user.username.casefold(): user for user in people.filter(is_active=True)}
        self._units: dict[str, Unit | None] = {}
        units = {unit.pk: unit for unit in Unit.objects.below(below).existing_in(today, today)}
        for unit in units.values():
            self._name(unit.code, unit)
        for name in UnitName.objects.filter(unit__in=units, valid_from__lte=today):
            for word in {name.name, name.short_name}:
                self._name(word, units[name.unit_id])

    def _name(self, word: str, unit: Unit) -> None:
        key = squeezed(word)
        known = self._units.get(key, unit)
        self._units[key] = unit if known == unit else None

    def wishes(self, text: str, terms: Terms) -> Iterator[tuple[int, Wish | str]]:
        """By number of the line: what it wishes, or what is wrong with it.

        The first line may name the columns, in any order; without it they are user name, unit and
        role.
        """
        lines = text.splitlines()
        rows: dict[int, list[Value]] = {
            number: [cell.strip() for cell in line.split("\t")]
            for number, line in enumerate(lines, start=1)
            if line.strip()
        }
        table, above = find_table(Sheet("", rows), LIST_COLUMNS), 0
        if table is None:
            headed = {1: _PLAIN_ORDER, **{number + 1: row for number, row in rows.items()}}
            table, above = find_table(Sheet("", headed), LIST_COLUMNS), 1
        if table is None or not table.is_complete:
            yield 0, _("要有“用户名”和“单位”两列。")
            return
        for row in table.rows():
            yield row.number - above, self._wish(row, terms)

    def _wish(self, row: Row, terms: Terms) -> Wish | str:
        said = {column.key: plain(row[column.key]) for column in LIST_COLUMNS}
        user = self._people.get(said["username"].casefold())
        unit = self._units.get(squeezed(said["unit"]))
        roles = {str(each.label): each for each in DEPARTMENT_PROPOSES}
        role = roles.get(said["role"]) if said["role"] else terms.role
        why = ""
        if user is None:
            why = _("没有名为“%s”的有效账号。") % said["username"]
        elif said["full_name"] and said["full_name"] != user.full_name:
            names = {"username": user.username, "name": user.full_name}
            why = _("用户名“%(username)s”是%(name)s的，与姓名不符。") % names
        elif unit is None:
            why = _("没有单位“%s”，或有同名的，请写编码或全称。") % said["unit"]
        elif role is None:
            why = _("“%(role)s”不是可以提出的角色（%(all)s）。") % {
                "role": said["role"],
                "all": "、".join(roles),
            }
        if why or user is None or unit is None or role is None:
            return why
        return Wish(Kind.GRANT, user, role, unit, terms.start_date, reason=terms.reason)


def propose_all(
    *,
    wishes: Iterator[tuple[int, Wish | str]],
    by: User,
    role: Role,
    at: datetime,
    origin: Origin | None = None,
) -> ListOutcome:
    """Proposes what every line wishes; a line about a role that is held already, or proposed and
    waiting, says nothing new. All or nothing: with one problem nothing is proposed.
    """
    outcome = ListOutcome()
    with transaction.atomic():
        for number, wish in wishes:
            if isinstance(wish, str):
                outcome.problems.append(_line(number, wish))
            elif outcome.proposed + outcome.unchanged == MOST:
                outcome.problems.append(_("一次最多 %s 行，请分几次提出。") % MOST)
                break
            elif _holds(wish):
                outcome.unchanged += 1
            else:
                _propose(number, wish, outcome, by=by, role=role, at=at, origin=origin)
        if outcome.problems:
            outcome.proposed = 0
            transaction.set_rollback(True)
    return outcome


def _propose(
    number: int,
    wish: Wish,
    outcome: ListOutcome,
    *,
    by: User,
    role: Role,
    at: datetime,
    origin: Origin | None,
) -> None:
    try:
        propose(wish=wish, by=by, role=role, at=at, origin=origin)
    except AlreadyProposedError as waiting:
        if waiting.standing.kind == wish.kind:
            outcome.unchanged += 1
        else:
            outcome.problems.append(_line(number, str(waiting)))
    except GrantError as refused:
        outcome.problems.append(_line(number, str(refused)))
    else:
        outcome.proposed += 1


def _holds(wish: Wish) -> bool:
    held = Assignment.objects.owned_by(wish.user).in_force(wish.start_date)
    return held.filter(role=wish.role, unit=wish.unit).exists()


def _line(number: int, words: str) -> str:
    return (
        _("第 %(number)s 行：%(words)s") % {"number": number, "words": words} if number else words
    )
