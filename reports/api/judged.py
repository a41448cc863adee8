"""Evaluations as plain values, in the words of rules and pages."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, Final

from reports.api.names import Names
from reports.closings.basis import topics_of
from reports.emails.items import title
from reports.evaluation import Evaluated
from reports.models import Closing
from reports.rules.explain import explain
from reports.rules.explanation import EVENT, SESSION, ExplainedRow
from reports.rules.phrases import summarise
from reports.rules.results import Figures, Json, Result, UnitEvaluation
from reports.rules.words import NOT_APPLICABLE
from reports.workbook.collect import EvaluatedUnit

LIVE: Final = "live"
CLOSED: Final = "closed"
RESULT: Final = (
    *("rule", "period", "outcome", "severity"),
    *("actual", "required", "reachable", "counts"),
)
NOTHING_OWED: Final = UnitEvaluation(NOT_APPLICABLE, Figures(), ())


def of_records(judged: Evaluated | None, names: Names) -> Json:
    """A unit judged from what is on record; None owes nothing in the year."""
    if judged is None:
        return _evaluation(LIVE, None, NOTHING_OWED, ())
    rule_set = judged.rule_set
    named = {"name": rule_set.title, "version": rule_set.version} if rule_set else None
    told = (_explained(one, judged, names) for one in judged.evaluation.results)
    return _evaluation(LIVE, named, judged.evaluation, told)


def of_closing(kept: EvaluatedUnit, closing: Closing) -> Json:
    """A unit as its month was closed. Of the rows behind a verdict nothing was kept."""
    used = kept.rule_set
    named = {"name": used.title, "version": used.version} if used.version else None
    return _evaluation(CLOSED, named, kept.evaluation, _summaries(kept, closing))


def _evaluation(
    basis: str, rule_set: Json | None, evaluation: UnitEvaluation, told: Iterable[Json]
) -> Json:
    return {
        "basis": basis,
        "rule_set": rule_set,
        "standing": evaluation.standing,
        "figures": evaluation.figures.to_json(),
        "results": [_result(one, said) for one, said in zip(evaluation.results, told, strict=True)],
    }


def _result(result: Result, explanation: Json) -> Json:
    plain = result.to_json()
    return {name: plain.get(name) for name in RESULT} | {"explanation": explanation}


def _explained(result: Result, judged: Evaluated, names: Names) -> Json:
    said = explain(judged.facts, judged.context, result)
    return {
        "title": title(result, names.topics),
        "summary": said.summary,
        "sentences": list(said.sentences),
        "last_date": _day(said.last_date),
        "counted": [_row(row, names) for row in said.rows.counted],
        "left_out": [_row(row, names) for row in said.rows.left_out],
    }


def _summaries(kept: EvaluatedUnit, closing: Closing) -> Iterator[Json]:
    topics = topics_of(closing)
    names = {key: topic.name for key, topic in topics.items()}
    windows = [topic.facts for topic in topics.values()]
    for result in kept.evaluation.results:
        yield {
            "title": title(result, names),
            "summary": summarise(result, kept.rule_set.context, windows),
            "sentences": [],
            "last_date": None,
            "counted": None,
            "left_out": None,
        }


def _row(row: ExplainedRow, names: Names) -> Json:
    """Nothing tells a role of a session or person that its pages would not show."""
    key: Any = row.id
    if row.kind == EVENT:
        name = None
    else:
        name = (names.sessions if row.kind == SESSION else names.people).get(key)
        key = key if name is not None else None
    return {
        "kind": row.kind,
        "id": key,
        "name": name,
        "date": _day(row.on),
        "reason": row.reason,
        "label": row.label,
        "note": row.note,
    }


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
