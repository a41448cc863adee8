"""What a closed month would say otherwise if it were counted today (封账后变动)."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.closings.order import in_official_order
from reports.closings.rows import session_row
from reports.evaluation import BATCH, Evaluated, evaluate
from reports.models import Closing
from reports.rules.engine import evaluate as judge
from reports.rules.results import Figures
from reports.rules.words import ACCEPTED, STATUS_LABELS, SUBMITTED
from reports.workbook.data import SessionRow
from reports.workbook.session_rows import session_rows_in
from reports.workbook.unit_keys import UnitKey
from sessions.models import ReviewEvent
from units.models import Unit

_NUMBERS = {
    "half_days": gettext_lazy("半天数"),
    "due": gettext_lazy("应到"),
    "present": gettext_lazy("实到"),
    "leave": gettext_lazy("请假"),
    "absent": gettext_lazy("缺席"),
    "made_up": gettext_lazy("补学"),
    "guests": gettext_lazy("列席"),
    "date": gettext_lazy("学习时间"),
    "end_date": gettext_lazy("结束日期"),
    "form": gettext_lazy("学习形式"),
    "status": gettext_lazy("审核状态"),
}
_TEXTS = {
    "place": gettext_lazy("地点"),
    "theme": gettext_lazy("学习主题"),
    "content": gettext_lazy("学习内容"),
    "chair": gettext_lazy("主持人"),
    "speakers": gettext_lazy("重点发言人"),
    "plan_item": gettext_lazy("对应计划"),
}
_REVIEWED = (STATUS_LABELS[SUBMITTED], STATUS_LABELS[ACCEPTED])


@dataclass(frozen=True)
class SessionChange:
    """A session that stands otherwise than in the snapshot, and how.

    `late`: it was recorded or corrected, that is reported, after the closing (补录).
    """

    id: int
    date: dt.date
    theme: str
    late: bool
    words: str


class Difference(NamedTuple):
    """A unit whose figures or sessions up to a closed month are no longer what was stored.

    `before` is None for a unit that was not in the closing, `after` for one that owes nothing
    any more.
    """

    unit_id: int
    before: Figures | None
    after: Figures | None
    sessions: tuple[SessionChange, ...]


class _Pair(NamedTuple):
    """A session as closed and as it is; `latest` is the newer of the two."""

    old: SessionRow | None
    new: SessionRow | None
    latest: SessionRow


def differences_since(closing: Closing, *, today: dt.date) -> Iterator[Difference]:
    """Units whose sessions up to the closed day stand otherwise today, or count otherwise.

    Only what was recorded or changed afterwards makes a difference, never the mere passing of
    time: sessions after the closed day are left aside. Units in official order; four queries a
    batch of them besides those of evaluating.
    """
    closed = in_official_order(closing.evaluations.all())
    stored = dict(closed.values_list("unit_id", "figures"))
    units = Unit.objects.below(closing.root)
    judged = evaluate(units, max(today, closing.as_of), year=closing.as_of.year)
    while batch := list(islice(judged, BATCH)):
        yield from _of_batch(closing, batch, stored)
        for unit in batch:
            stored.pop(unit.unit_id, None)
    for unit_id, figures in stored.items():
        yield Difference(unit_id, Figures(**figures), None, ())


def difference_of(closing: Closing, unit: Evaluated) -> Difference | None:
    """The same of one unit that was judged today; None where it stands as it was closed."""
    stored = closing.evaluations.filter(unit=unit.unit_id).values_list("unit_id", "figures")
    return next(_of_batch(closing, [unit], dict(stored)), None)


def _of_batch(
    closing: Closing, batch: Sequence[Evaluated], stored: Mapping[int, Mapping[str, int]]
) -> Iterator[Difference]:
    kept = _kept(closing, [unit.unit_id for unit in batch])
    found = _found(closing, batch)
    unlike = {
        unit.unit_id: _unlike(
            kept.get(unit.unit_id, {}),
            found.get(unit.unit_id, {}),
            awaits=unit.context.awaits_acceptance,
        )
        for unit in batch
    }
    late = _reported_since(closing, {key for pairs in unlike.values() for key in pairs})
    for unit in batch:
        figures = _figures(unit, closing.as_of)
        before = stored.get(unit.unit_id)
        was = None if before is None else Figures(**before)
        sessions = tuple(
            _change(key, pair, late=key in late) for key, pair in unlike[unit.unit_id].items()
        )
        if was != figures or sessions:
            yield Difference(unit.unit_id, was, figures, sessions)


def _figures(unit: Evaluated, day: dt.date) -> Figures:
    """The figures of the sessions up to a day as they stand now."""
    until = tuple(session for session in unit.facts.sessions if session.date <= day)
    return judge(replace(unit.facts, sessions=until), unit.context).figures


def _kept(closing: Closing, unit_ids: Sequence[int]) -> dict[int, dict[int, SessionRow]]:
    rows = closing.units.filter(unit__in=unit_ids).order_by().values_list("unit_id", "sessions")
    return {unit: {row["id"]: session_row(row) for row in stored} for unit, stored in rows}


def _found(closing: Closing, batch: Sequence[Evaluated]) -> dict[int, dict[int, SessionRow]]:
    """Today's rows of the sessions up to the closed day."""
    facts = {unit.unit_id: unit.facts for unit in batch}
    keys = [
        UnitKey(unit.unit_id, "", unit.facts.established_on, unit.facts.abolished_on, unit.context)
        for unit in batch
    ]
    found: dict[int, dict[int, SessionRow]] = {}
    for unit_id, session, row in session_rows_in(keys, facts, closing.as_of.year):
        if row.date <= closing.as_of:
            found.setdefault(unit_id, {})[int(str(session))] = row
    return found


def _unlike(
    old: Mapping[int, SessionRow], new: Mapping[int, SessionRow], *, awaits: bool
) -> dict[int, _Pair]:
    """The sessions that differ in what is compared, by day.

    That the county has accepted a session since is no difference unless its rules await that.
    """
    found: dict[int, _Pair] = {}
    for key, latest in {**old, **new}.items():
        was, now = old.get(key), new.get(key)
        if was and now and not awaits and (was.status, now.status) == _REVIEWED:
            was = was._replace(status=now.status)
        if _compared(was) != _compared(now):
            found[key] = _Pair(was, now, latest)
    return dict(sorted(found.items(), key=lambda one: (one[1].latest.date, one[0])))


def _compared(row: SessionRow | None) -> list[object] | None:
    return None if row is None else [getattr(row, name) for name in (*_NUMBERS, *_TEXTS)]


def _reported_since(closing: Closing, sessions: Collection[int]) -> set[int]:
    """Those last reported after the closing; one query."""
    rows = (
        ReviewEvent.objects.filter(session__in=sessions, kind=ReviewEvent.Kind.SUBMIT)
        .order_by()
        .values("session_id")
        .annotate(last=Max("at"))
        .filter(last__gt=closing.closed_at)
    )
    return set(rows.values_list("session_id", flat=True))


def _change(key: int, pair: _Pair, *, late: bool) -> SessionChange:
    old, new, latest = pair
    if old is None:
        words = _("封账后报送") if late else _("截至日之后、封账之前报送，未计入封账数据")
    elif new is None:
        words = _("封账后撤回或删除")
    else:
        words = "；".join(_said(old, new))
    return SessionChange(key, latest.date, latest.theme, late, words)


def _said(old: SessionRow, new: SessionRow) -> list[str]:
    said = [
        f"{label} {_shown(getattr(old, name))} → {_shown(getattr(new, name))}"
        for name, label in _NUMBERS.items()
        if getattr(old, name) != getattr(new, name)
    ]
    texts = [label for name, label in _TEXTS.items() if getattr(old, name) != getattr(new, name)]
    if texts:
        said.append(_("修改了%s") % "、".join(map(str, texts)))
    return said


def _shown(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)
