"""What a clerk wrote down of one session, apart from where it is stored."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Value

from sessions.models import Attendance, Speech, StudySession

# The columns a clerk fills in. What says something about the content comes first: none of it is
# kept of a session with content that must not go online.
CONTENT_COLUMNS = (
    "theme",
    "content",
    "problem_solved",
    "lecturer",
    "place",
    "chair",
    "plan_item_id",
)
COLUMNS = (
    *CONTENT_COLUMNS,
    "date",
    "end_date",
    "half_days",
    "form",
    "scope",
    "guests_expanded",
    "guests_attending",
    "guests_observing",
    "guests_teaching",
    "is_offline_only",
    "archive_place",
)
EMPTY = {"plan_item_id": None}


@dataclass(frozen=True, slots=True)
class Mark:
    """How one due member took part and spoke. ``title`` is that of the key speech, if any."""

    status: str = Attendance.Status.PRESENT
    leave_kind: str = ""
    reason: str = ""
    approver: str = ""
    key: bool = False
    exchange: bool = False
    title: str = ""

    @property
    def is_here(self) -> bool:
        return self.status in Attendance.HERE

    @property
    def kinds(self) -> list[Speech.Kind]:
        """The kinds of speech, the one that carries the title first."""
        said = ((self.key, Speech.Kind.KEY), (self.exchange, Speech.Kind.EXCHANGE))
        return [kind for is_said, kind in said if is_said]

    def tidied(self) -> "Mark":
        """Without what says nothing: a reason to be present, the title of no speech."""
        is_present = self.status == Attendance.Status.PRESENT
        mark = replace(self, reason="", approver="") if is_present else self
        return mark if mark.kinds else replace(mark, title="")


@dataclass(frozen=True, slots=True)
class Written:
    """``facts`` by column of the session; ``marks`` by the person's id."""

    facts: Mapping[str, Any]
    topics: frozenset[int] = frozenset()
    joint_units: frozenset[int] = frozenset()
    marks: Mapping[int, Mark] = field(default_factory=dict)

    @property
    def day(self) -> date:
        """The first day, by which everything is counted."""
        day: date = self.facts["date"]
        return day

    def texts(self) -> dict[str, str]:
        """Everything in words, by the field it stands in (see fields.py)."""
        texts = {name: text for name, text in self.facts.items() if isinstance(text, str)}
        marks = self.marks.values()
        texts["attendance"] = "\n".join(f"{mark.reason}\n{mark.approver}" for mark in marks)
        texts["speeches"] = "\n".join(mark.title for mark in marks)
        return texts

    def fit_to_store(self, due: Iterable[int]) -> "Written":
        """Without marks of people who are not due, and without content if it must stay offline."""
        kept = {person: self.marks[person] for person in due if person in self.marks}
        if not self.facts["is_offline_only"]:
            return replace(self, marks=kept)
        said_nothing = {name: EMPTY.get(name, "") for name in CONTENT_COLUMNS}
        return replace(
            self,
            facts={**self.facts, **said_nothing},
            topics=frozenset(),
            marks={person: replace(mark, title="") for person, mark in kept.items()},
        )


def differences(one: Written, other: Written) -> list[str]:
    """The names of what differs: columns, ``topics``, ``joint_units``, ``mark-`` and person."""
    names = [name for name in COLUMNS if one.facts[name] != other.facts[name]]
    if one.topics != other.topics:
        names.append("topics")
    if one.joint_units != other.joint_units:
        names.append("joint_units")
    people = sorted(one.marks.keys() | other.marks.keys())
    names += [f"mark-{each}" for each in people if one.marks.get(each) != other.marks.get(each)]
    return names


def taking(mine: Written, theirs: Written, names: Iterable[str]) -> Written:
    """Mine, but theirs in everything named as ``differences`` names it."""
    facts, marks = dict(mine.facts), dict(mine.marks)
    topics, joint_units = mine.topics, mine.joint_units
    for name in names:
        if name in facts:
            facts[name] = theirs.facts[name]
        elif name == "topics":
            topics = theirs.topics
        elif name == "joint_units":
            joint_units = theirs.joint_units
        elif name.startswith("mark-") and (person := int(name[5:])) in theirs.marks:
            marks[person] = theirs.marks[person]
    return Written(facts, topics, joint_units, marks)


def written_of(session: StudySession) -> Written:
    """What is stored of the session; two queries."""
    topics = StudySession.topics.through.objects.filter(studysession=session)
    joint = StudySession.joint_units.through.objects.filter(studysession=session)
    linked: dict[str, set[int]] = {"topic": set(), "unit": set()}
    for kind, pk in topics.values_list(Value("topic"), "topic_id").union(
        joint.values_list(Value("unit"), "unit_id")
    ):
        linked[kind].add(pk)
    return Written(
        facts={name: getattr(session, name) for name in COLUMNS},
        topics=frozenset(linked["topic"]),
        joint_units=frozenset(linked["unit"]),
        marks=_marks_of(session),
    )


def _marks_of(session: StudySession) -> dict[int, Mark]:
    """One mark a person; attendance and speeches in one query."""
    person, none = "member__person_id", Value("")
    rows = session.attendance.order_by().values_list(
        Value("row"), "pk", person, "status", "leave_kind", "reason", "approver"
    )
    spoken = session.speeches.order_by().values_list(
        Value("speech"), "pk", person, "kind", "title", none, none
    )
    marks: dict[int, Mark] = {}
    said: dict[int, dict[str, str]] = defaultdict(dict)
    for table, _pk, who, *words in sorted(rows.union(spoken, all=True)):
        if table == "row":
            marks[who] = Mark(*words)
        else:
            said[who].setdefault(words[0], words[1])
    for who in marks.keys() & said.keys():
        key, exchange = (said[who].get(kind) for kind in (Speech.Kind.KEY, Speech.Kind.EXCHANGE))
        title = exchange if key is None else key
        marks[who] = replace(
            marks[who], key=key is not None, exchange=exchange is not None, title=title or ""
        )
    return marks
