"""A unit's own line in a circular that is not issued yet, and what the unit says about it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from reports.circulars.basis import CircularError, closed_units, rollup_of
from reports.circulars.problems import JUDGED
from reports.circulars.situation import Situation, situation_from_json
from reports.circulars.table import HEADINGS, printed_rows
from reports.models import Circular, CircularEvent, CircularExplanation, CircularPassage
from reports.sitins.services import Act
from reports.sitins.stale import StaleError
from units.models import Unit

Section, Naming = CircularPassage.Section, CircularPassage.Naming


class Mention(NamedTuple):
    """A point of the draft that is about the unit.

    ``words`` is what the unit misses. ``text`` is given only where the point names nobody else:
    what is written about several units is not shown to one of them.
    """

    title: str
    words: str
    is_named: bool
    text: str


@dataclass(frozen=True, slots=True)
class OwnLine:
    """What the draft says about one unit: its row of the attachment, and where it is mentioned."""

    values: list[tuple[str, str]]
    practices: list[Mention]
    problems: list[Mention]


def own_line(circular: Circular, unit: Unit, now: dt.datetime) -> OwnLine:
    """The unit's own line and nobody else's."""
    within = closed_units(circular.closing, circular.root).filter(unit=unit)
    (row,) = printed_rows(rollup_of(circular, now, within))
    values = [
        (heading.text, value)
        for heading, value in zip(HEADINGS, row, strict=True)
        if heading.text != "序号"
    ]
    situation = situation_from_json(circular.situation)
    points = circular.passages.exclude(section=Section.REQUIREMENT).order_by("position", "pk")
    rows = points.annotate(named=Count("units"), is_mine=Count("units", filter=Q(units=unit)))
    told = [(each, _mention(each, situation, unit)) for each in rows]
    return OwnLine(
        values=values,
        practices=[said for each, said in told if said and each.section == Section.PRACTICE],
        problems=[said for each, said in told if said and each.section == Section.PROBLEM],
    )


@transaction.atomic
def explain(
    *, circular: Circular, unit: Unit, text: str, today: dt.date, act: Act
) -> CircularExplanation:
    """Keeps the unit's explanation; ``act.version`` is that of the explanation, 0 for the first.

    Raises CircularError once the circular is issued or the time is over, StaleError if somebody
    else of the unit has written meanwhile. The circular's own version stays as it is.
    """
    locked = Circular.objects.select_for_update().get(pk=circular.pk)
    if not locked.is_in_hand or locked.explain_by is None:
        raise CircularError(_("通报已经印发或没有开放说明，不能再提交情况说明。"))
    if locked.explain_by < today:
        raise CircularError(_("提交情况说明的期限已过，请直接与宣传部联系。"))
    rows = CircularExplanation.objects.filter(circular=circular, unit=unit)
    if act.version == 0:
        try:
            with transaction.atomic():
                CircularExplanation.objects.create(
                    circular=circular, unit=unit, text=text, written_at=act.at
                )
        except IntegrityError as error:
            raise StaleError(rows.get()) from error
    else:
        values = {"text": text, "written_at": act.at, "version": F("version") + 1}
        if rows.filter(version=act.version).update(**values) != 1:
            raise StaleError(rows.get())
    CircularEvent.objects.create(
        circular=circular,
        kind=CircularEvent.Kind.EXPLAIN,
        at=act.at,
        by=act.by,
        unit=unit,
        note=text,
    )
    return rows.get()


def _mention(passage: Any, situation: Situation, unit: Unit) -> Mention | None:
    """What the point says about the unit; None where it is not about it.

    The passage has ``named``, how many units it names, and ``is_mine``, whether the unit is one.
    """
    title, words = passage.title, ""
    is_named, number = bool(passage.is_mine), passage.named
    if passage.section == Section.PROBLEM:
        title = title or str(passage.get_problem_display())
    if passage.section == Section.PROBLEM and passage.problem not in JUDGED:
        missed = situation.behind(passage.problem).missed
        words = next((each.words for each in missed if each.unit_id == unit.pk), "")
        if passage.naming == Naming.ALL:
            is_named, number = bool(words), len(missed)
        else:
            is_named = is_named and bool(words) and passage.naming == Naming.SOME
    if not (words or is_named):
        return None
    return Mention(title, words, is_named, passage.text if is_named and number == 1 else "")
