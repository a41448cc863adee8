"""Near-same texts of sessions and of reports, found by prints that are kept of them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, Final, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from reports.gather.unions import Among
from reports.hints import texts
from reports.hints.found import Facts, Found, Paper, about, are_apart
from reports.hints.material import Material
from reports.hints.thresholds import SHORTEST_TEXT, SIMILAR
from reports.models import Hint, TextPrint
from sessions.models import Status, StudySession, UnitReport

BATCH: Final = 500
Texts = Mapping[tuple[str, int], frozenset[str]]


class Doc(NamedTuple):
    """A paper with a text long enough to tell."""

    paper: Paper
    bands: list[str]

    @property
    def key(self) -> tuple[str, int]:
        return self.paper.sort, self.paper.id


def similar_texts(on: Material) -> Iterator[Found]:
    """One hint for each text that is 90 % like another of its county; five queries, two of which
    read only what was written since the last search.

    What is alike stands together under the paper with the lowest id, and `shares` tells how like
    that one the others are, in whole percent. Two records of one joint study are no hint.
    """
    refresh(on)
    docs = _docs(on)
    wanted = _meeting(docs, on.county)
    if not wanted:
        return
    for group in _groups(wanted, _shingles(wanted), on.county):
        anchor, *others = group
        if are_apart(doc.paper for doc, _ in group):
            more: dict[int, Facts] = {}
            for doc, share in others:
                told = more.setdefault(doc.paper.unit, {"shares": {}})["shares"]
                told[str(doc.paper.id)] = int(share * 100)
            papers = [doc.paper for doc, _ in group]
            paper = anchor[0].paper
            yield about(Hint.Kind.SIMILAR_TEXT, f"{paper.sort}:{paper.id}", papers, more)


def refresh(on: Material) -> None:
    """Makes the prints of what has none, or has changed since."""
    span = {"date__range": (on.start, on.until)}
    _print(_unprinted(StudySession.objects.filter(**span), "session"), "session", text_of_session)
    years = {"year__range": (on.start.year, on.until.year)}
    _print(_unprinted(UnitReport.objects.filter(**years), "report"), "report", text_of_report)


def text_of_session(session: StudySession) -> str:
    """What a unit wrote of what was studied."""
    return f"{session.content}\n{session.problem_solved}".strip()


def text_of_report(report: UnitReport) -> str:
    """All sections one after the other."""
    return "\n".join(str(report.sections[key]) for key in sorted(report.sections))


def _unprinted(rows: QuerySet[Any], sort: str) -> QuerySet[Any]:
    made = TextPrint.objects.filter(**{sort: OuterRef("pk")}, version=OuterRef("version"))
    return rows.filter(~Exists(made)).exclude(status=Status.DRAFT).order_by("pk")


def _print(rows: QuerySet[Any], sort: str, text_of: Callable[[Any], str]) -> None:
    made = []
    for row in rows.iterator(chunk_size=BATCH):
        text = texts.plain(text_of(row))
        keys = texts.bands(texts.shingles(text)) if len(text) >= SHORTEST_TEXT else []
        made.append(TextPrint(**{sort: row}, version=row.version, bands=" ".join(keys)))
    if made:
        TextPrint.objects.bulk_create(
            made,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=[sort],
            update_fields=["version", "bands"],
        )


def _docs(on: Material) -> list[Doc]:
    """Sessions by id, then reports by id."""
    reports = Q(report__year__range=(on.start.year, on.until.year))
    rows = (
        TextPrint.objects.filter(Q(session__date__range=(on.start, on.until)) | reports)
        .exclude(bands="")
        .exclude(report__status=Status.DRAFT)
        .values_list("bands", "session_id", "report_id", "report__unit_id", "report__year")
    )
    docs = []
    for keys, session_id, report_id, unit, year in rows.iterator():
        if report_id is not None:
            paper = Paper(unit, "reports", report_id, dt.date(year, 1, 1), report_id)
            docs.append(Doc(paper, keys.split()))
        elif session := on.by_id.get(session_id):
            docs.append(Doc(session.paper, keys.split()))
    return sorted(docs, key=_in_order)


def _in_order(doc: Doc) -> tuple[bool, int]:
    return doc.paper.sort == "reports", doc.paper.id


def _meeting(docs: list[Doc], county: dict[int, int]) -> list[Doc]:
    """Those that share a band with another: all others are unlike any."""
    met: dict[tuple[object, ...], int] = defaultdict(int)
    for doc in docs:
        for key in _keys(doc, county):
            met[key] += 1
    return [doc for doc in docs if any(met[key] > 1 for key in _keys(doc, county))]


def _keys(doc: Doc, county: dict[int, int]) -> Iterator[tuple[object, ...]]:
    home = county[doc.paper.unit]
    return ((home, doc.paper.sort, at, band) for at, band in enumerate(doc.bands))


def _shingles(docs: Iterable[Doc]) -> dict[tuple[str, int], frozenset[str]]:
    ids: dict[str, list[int]] = defaultdict(list)
    for doc in docs:
        ids[doc.paper.sort].append(doc.paper.id)
    found = {}
    sessions = StudySession.objects.filter(Among("id", ids["sessions"]))
    for session in sessions.only("content", "problem_solved").iterator(chunk_size=BATCH):
        found["sessions", session.pk] = _runs(text_of_session(session))
    reports = UnitReport.objects.filter(Among("id", ids["reports"]))
    for report in reports.only("sections").iterator(chunk_size=BATCH):
        found["reports", report.pk] = _runs(text_of_report(report))
    return found


def _runs(text: str) -> frozenset[str]:
    return texts.shingles(texts.plain(text))


def _groups(
    docs: list[Doc], runs: Texts, county: dict[int, int]
) -> Iterator[list[tuple[Doc, Fraction]]]:
    """Each text with those like it; everyone is compared with the first of a group alone."""
    groups: dict[tuple[str, int], list[tuple[Doc, Fraction]]] = {}
    firsts: dict[tuple[object, ...], list[Doc]] = defaultdict(list)
    for doc in docs:
        if doc.key not in runs:
            continue
        near = dict.fromkeys(first.key for band in _keys(doc, county) for first in firsts[band])
        for key in near:
            share = texts.similarity(runs[doc.key], runs[key])
            if share >= SIMILAR:
                groups[key].append((doc, share))
                break
        else:
            groups[doc.key] = [(doc, Fraction(1))]
            for band in _keys(doc, county):
                firsts[band].append(doc)
    return (group for group in groups.values() if len(group) > 1)
