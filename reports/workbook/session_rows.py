"""Sessions in the database → rows of the ledger sheet. Six queries a slice of units."""

from collections import defaultdict
from collections.abc import Container, Hashable, Iterator, Mapping, Sequence
from typing import NamedTuple

from reports.rules.facts import SessionFacts, UnitFacts
from reports.rules.tally import state_at
from reports.rules.words import DRAFT, STATUS_LABELS
from reports.workbook.attendance import turnout
from reports.workbook.data import SessionRow
from reports.workbook.unit_keys import UnitKey, facts_of, slices
from sessions.models import Form, Speech, StudySession

OFFLINE = "（内容不上网，纸质存档）"


class _Text(NamedTuple):
    """What the rules do not look at. Guests are head-counts."""

    place: str
    chair: str
    theme: str
    content: str
    plan_item: str | None
    is_offline_only: bool
    expanded: int
    attending: int
    observing: int
    teaching: int


_TEXT_COLUMNS = (
    "place",
    "chair",
    "theme",
    "content",
    "plan_item__topic",
    "is_offline_only",
    "guests_expanded",
    "guests_attending",
    "guests_observing",
    "guests_teaching",
)


def session_rows_of(
    units: Sequence[UnitKey], year: int, only: Container[object] | None = None
) -> Iterator[SessionRow]:
    """The year's sessions that were reported, returned ones included, by unit, date and entry.

    Drafts and adjacent activities are not the county's, and sessions outside a unit's life are
    counted nowhere. ``only`` are the ids of those wanted; all if None.
    """
    for part in slices(units):
        for _unit, key, row in session_rows_in(part, facts_of(part, year), year):
            if only is None or key in only:
                yield row


def session_rows_in(
    part: Sequence[UnitKey], facts: Mapping[int, UnitFacts], year: int
) -> Iterator[tuple[int, Hashable, SessionRow]]:
    """A slice's rows, each after its unit's id and its own; `facts` by unit id. Two queries."""
    ids = [unit.id for unit in part]
    texts = _texts(ids, year)
    speakers = _speakers(ids, year)
    for unit in part:
        for session in facts[unit.id].sessions if unit.id in facts else ():
            if unit.has(session) and session.id in texts:
                row = _row(unit, session, texts[session.id], speakers.get(session.id, ()))
                if row is not None:
                    yield unit.id, session.id, row


def _row(
    unit: UnitKey, session: SessionFacts, text: _Text, speakers: Sequence[str]
) -> SessionRow | None:
    status, _, submitted = state_at(session.events, unit.context.as_of)
    if status == DRAFT:
        return None
    total = turnout(session.attendance, unit.context)
    return SessionRow(
        unit=unit.name,
        date=session.date,
        end_date=session.end_date,
        half_days=session.half_days,
        place=text.place,
        theme=OFFLINE if text.is_offline_only else text.theme,
        content=text.content,
        form=_FORMS[session.form],
        chair=text.chair,
        speakers="、".join(speakers),
        due=total.due,
        present=total.present,
        leave=total.leave,
        absent=total.absent,
        excluded=total.excluded,
        made_up=total.made_up,
        guests=text.expanded + text.attending + text.observing + text.teaching,
        plan_item=text.plan_item or "",
        submitted_on=submitted,
        status=STATUS_LABELS[status],
    )


def _texts(ids: Sequence[int], year: int) -> dict[object, _Text]:
    rows = StudySession.objects.of_year(year).filter(unit__in=ids).order_by()
    return {key: _Text(*text) for key, *text in rows.values_list("id", *_TEXT_COLUMNS).iterator()}


def _speakers(ids: Sequence[int], year: int) -> dict[object, list[str]]:
    """Names of those who gave key speeches, each once, in official order."""
    rows = (
        Speech.objects.filter(session__unit__in=ids, session__date__year=year, kind=Speech.Kind.KEY)
        .order_by("member__rank_order", "member_id", "id")
        .values_list("session_id", "member__person__name", "member__person_id")
    )
    found: dict[object, list[str]] = defaultdict(list)
    seen: set[tuple[int, int]] = set()
    for session, name, person in rows.iterator():
        if (session, person) not in seen:
            seen.add((session, person))
            found[session].append(name)
    return found


_FORMS = {form.value: str(form.label) for form in Form}
