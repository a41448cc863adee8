"""Who of those due was there: a ledger's names and counts against the roster of that day."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sessions.ledgers.reading import LedgerRow
from sessions.ledgers.roster import Day, Member
from sessions.ledgers.words import absence_of
from sessions.models import Attendance, Speech
from units.spreadsheets.names import Named
from units.spreadsheets.problems import Problem, UnreadableError

Status = Attendance.Status
_EVERYBODY = frozenset(["全体", "全体成员", "全员", "全体班子成员", "全体中心组成员"])
_MANY = 12


@dataclass(frozen=True, slots=True)
class Mark:
    """How one due member took part; ``reason`` as typed."""

    member: Member
    status: Attendance.Status
    leave_kind: str = ""
    reason: str = ""

    @property
    def is_here(self) -> bool:
        return self.status in Attendance.HERE


@dataclass(frozen=True, slots=True)
class Participation:
    """Exactly one mark per due member, and who spoke."""

    marks: tuple[Mark, ...]
    speeches: tuple[tuple[Member, Speech.Kind], ...]


def participation(ledger: LedgerRow, day: Day) -> tuple[Participation, list[Problem]]:
    """Resolve a row's names on its day and check them against each other and the stated counts.

    The participation is only worth anything if there are no problems.
    """
    return _Resolver(ledger, day).resolve()


class _Resolver:
    def __init__(self, ledger: LedgerRow, day: Day) -> None:
        self.ledger = ledger
        self.day = day
        self.problems: list[Problem] = []

    def resolve(self) -> tuple[Participation, list[Problem]]:
        if not self.day.due:
            self._refuse("date", _("这一天名册中没有应到成员。"), _("请先登记名册。"))
            return Participation((), ()), self.problems
        if self._says_nothing():
            self._refuse("attendees", _("没有写明谁到会。"), _("请填到会人员，或填“全体”。"))
            return Participation((), ()), self.problems
        absent = self._absent()
        here = self._here(absent)
        if not self.problems:
            self._check_lists(absent, here)
        marks = tuple(
            absent.get(person_id, Mark(member, Status.PRESENT))
            for person_id, member in self.day.due.items()
        )
        if not self.problems:
            self._check_counts(marks)
        speeches = tuple(
            (member, kind)
            for key, named, kind in (
                ("key_speakers", self.ledger.key_speakers, Speech.Kind.KEY),
                ("exchange_speakers", self.ledger.exchange_speakers, Speech.Kind.EXCHANGE),
            )
            for member in self._speakers(key, named, absent)
        )
        return Participation(marks, speeches), self.problems

    def _says_nothing(self) -> bool:
        """Only a column of attendees, and it is blank: that is no word for everybody."""
        ledger = self.ledger
        return ledger.attendees == [] and ledger.absentees is None and ledger.stated_present is None

    def _refuse(self, key: str, message: str, advice: str = "") -> None:
        self.problems.append(self.ledger.row.problem(key, message, advice))

    def _find(self, key: str, named: Named) -> Member | None:
        try:
            return self.day.find(named)
        except UnreadableError as error:
            self._refuse(key, error.message, error.advice)
            return None

    def _absent(self) -> dict[int, Mark]:
        """Marks of those the absence columns name; a secretary who is not due is passed over."""
        marks: dict[int, Mark] = {}
        key = "absentees" if self.ledger.row.has("absentees") else "leave"
        for named in self.ledger.absentees or []:
            parted = self.day.split_remark(named)
            member = self._find(key, parted)
            if member is None or not member.is_due:
                continue
            reason = "" if member.answers_to(parted.remark) else parted.remark
            status, leave_kind = absence_of(reason)
            mark = Mark(member, status, leave_kind, reason[:200])
            known = marks.setdefault(member.person_id, mark)
            if known != mark:
                message = _("“%(name)s”写了两次，原因不同。") % {"name": member.name}
                self._refuse(key, message, _("请只保留一处。"))
        return marks

    def _here(self, absent: dict[int, Mark]) -> dict[int, Member] | None:
        """Those the attendance column names; None where it is missing or left blank.

        Whoever is there but late, or left early, gets that mark.
        """
        names = self.ledger.attendees
        if not names:
            return None
        if any(named.name in _EVERYBODY for named in names):
            gone = {pk for pk, mark in absent.items() if not mark.is_here}
            return {pk: member for pk, member in self.day.due.items() if pk not in gone}
        here: dict[int, Member] = {}
        for named in names:
            member = self._find("attendees", named)
            if member is None or not member.is_due:
                continue
            here[member.person_id] = member
            status, _leave_kind = absence_of(named.remark) if named.remark else (None, "")
            if status in Attendance.HERE:
                absent.setdefault(member.person_id, Mark(member, status, "", named.remark[:200]))
        return here

    def _check_lists(self, absent: dict[int, Mark], here: dict[int, Member] | None) -> None:
        if here is None:
            return
        both = [m.member for pk, m in absent.items() if pk in here and not m.is_here]
        if both:
            message = _("%(names)s既写在到会人员里，又写在缺席人员里。")
            self._refuse("attendees", message % {"names": _listed(both)}, _("请核对。"))
        neither = [m for pk, m in self.day.due.items() if pk not in here and pk not in absent]
        if neither and self.ledger.absentees is not None:
            message = _("%(names)s应到，却既不在到会人员里，也不在缺席人员里。")
            self._refuse("attendees", message % {"names": _listed(neither)}, _("请补上。"))
        elif neither:
            # The sheet has no column for absentees: whoever is not named was not there.
            absent.update({m.person_id: Mark(m, Status.ABSENT) for m in neither})

    def _check_counts(self, marks: tuple[Mark, ...]) -> None:
        due, here = len(marks), sum(mark.is_here for mark in marks)
        day = self.day.day.isoformat()
        stated_due, stated_here = self.ledger.stated_due, self.ledger.stated_present
        if stated_due is not None and stated_due != due:
            message = _(
                "应到填 %(stated)s 人，%(day)s 名册应到 %(due)s 人（%(difference)s）：%(names)s。"
            )
            self._refuse(
                "due",
                message
                % {
                    "stated": stated_due,
                    "day": day,
                    "due": due,
                    "difference": _difference(stated_due, due),
                    "names": _listed(mark.member for mark in marks),
                },
                _("请核对应到人数或名册。"),
            )
        if stated_here is not None and stated_here != here:
            message = _(
                "实到填 %(stated)s 人，按缺席名单实到 %(here)s 人（%(difference)s）；"
                "缺席：%(names)s。"
            )
            absent = [mark.member for mark in marks if not mark.is_here]
            self._refuse(
                "present",
                message
                % {
                    "stated": stated_here,
                    "here": here,
                    "difference": _difference(stated_here, here),
                    "names": _listed(absent) or _("无"),
                },
                _("请核对实到人数，或写明缺席人员。"),
            )

    def _speakers(self, key: str, names: list[Named], absent: dict[int, Mark]) -> Iterable[Member]:
        speakers: dict[int, Member] = {}
        for named in names:
            member = self._find(key, named)
            if member is None:
                continue
            mark = absent.get(member.person_id)
            if mark and not mark.is_here:
                message = _("“%(name)s”没有到会，不能登记发言。") % {"name": member.name}
                self._refuse(key, message, _("请核对发言人或缺席人员。"))
            elif not member.is_due:
                message = _("“%(name)s”不是应到成员，不能登记发言。") % {"name": member.name}
                self._refuse(key, message, _("请核对发言人或名册。"))
            speakers[member.person_id] = member
        return speakers.values()


def _listed(members: Iterable[Member]) -> str:
    names = [member.name for member in members]
    listed = "、".join(names[:_MANY])
    return listed if len(names) <= _MANY else _("%(names)s 等") % {"names": listed}


def _difference(stated: int, found: int) -> str:
    if stated > found:
        return _("多填 %(count)s 人") % {"count": stated - found}
    return _("少填 %(count)s 人") % {"count": found - stated}
