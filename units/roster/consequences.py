"""What a change of the roster touches of what is on record already."""

from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from units.models import Unit
from units.roster.terms import Term
from units.signals import due_change_asked


class Touched(NamedTuple):
    """A record whose due members change: who would be due besides, and who no longer.

    ``key`` tells records apart, ``what`` and ``state`` are words for people.
    """

    key: int
    day: date
    what: str
    state: str
    come: tuple[str, ...]
    gone: tuple[str, ...]

    def __str__(self) -> str:
        changes = []
        if self.come:
            changes.append(_("增加应到 %s") % "、".join(self.come))
        if self.gone:
            changes.append(_("不再应到 %s") % "、".join(self.gone))
        return f"{self.day.isoformat()} {self.what}（{self.state}）：{'，'.join(changes)}"


def touched_by(unit: Unit, before: tuple[Term, ...], after: tuple[Term, ...]) -> list[Touched]:
    """All records the change touches, by day; whoever keeps them is asked."""
    # Receivers may answer anything, says the framework; ours answer with lists.
    answers: Any = due_change_asked.send(sender=Unit, unit=unit, before=before, after=after)
    touched: list[Touched] = [each for _receiver, found in answers for each in found]
    return sorted(touched, key=attrgetter("day", "key"))


def warning_of(touched: list[Touched]) -> str:
    """What agreeing to them means."""
    return _(
        "这一变动早于已登记的学习，以下 %(touched)s 次学习的应到成员会不同。已登记的出勤不会改动；"
        "保存后，这些学习列入待办，请逐次重新核对。"
    ) % {"touched": len(touched)}
