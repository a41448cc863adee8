"""What was submitted and the files that belong to it, as the page of its review shows them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from sessions.evidence.formats import IMAGES, by_extension
from sessions.models import AnnualPlan, Evidence, Speech, StudySession
from sessions.pages.attended import Attended
from sessions.pages.names import studied_with
from sessions.plans.periods import period_label
from sessions.recording.findings import Finding
from sessions.reviews.checks import plan_findings, report_findings, session_findings
from sessions.reviews.dossiers import Dossier, dossiers
from sessions.reviews.terms import ReviewTerms
from sessions.services import Reviewed
from sessions.unit_reports.duties import stated, statements
from sessions.unit_reports.sections import SECTIONS


@dataclass(frozen=True, slots=True)
class Piece:
    """A file or a paper. ``address`` is empty where there is nothing to open."""

    kind: str
    name: str
    size: str
    on: date
    is_held: bool
    is_image: bool
    address: str


@dataclass(frozen=True, slots=True)
class Record:
    """``template`` shows it with the values of ``context``."""

    template: str
    context: dict[str, Any]
    findings: list[Finding]


def record_of(about: Reviewed, terms: ReviewTerms, today: date) -> Record:
    """What the paper says, and what the checks find in it."""
    if isinstance(about, StudySession):
        dossier = dossiers([about])[about.pk]
        return Record(
            "sessions/reviews/session.html",
            _session(dossier),
            session_findings(dossier, terms, today),
        )
    if isinstance(about, AnnualPlan):
        items = [(period_label(item.period), item) for item in about.items.all()]
        return Record("sessions/reviews/plan.html", {"items": items}, plan_findings(about))
    texts = about.sections
    sections = [(each.heading, texts.get(each.key, "")) for each in SECTIONS]
    context = {"sections": sections, "statements": list(statements(stated(about)))}
    return Record("sessions/reviews/report.html", context, report_findings(about))


def _session(dossier: Dossier) -> dict[str, Any]:
    said: dict[int, list[Speech]] = defaultdict(list)
    for speech in dossier.speeches:
        said[speech.member.person_id].append(speech)
    attended = [Attended(row, said[row.member.person_id]) for row in dossier.rows]
    return {
        "attended": attended,
        "here": sum(each.is_here for each in attended),
        "due": len(dossier.due),
        "topics": dossier.topics,
        "joint": studied_with(dossier.session),
    }


def pieces_of(about: Reviewed) -> list[Piece]:
    """Every file and paper; one query. The name of a held file could itself be secret."""
    return [_piece(one) for one in about.evidence.order_by("kind", "on", "pk")]


def _piece(evidence: Evidence) -> Piece:
    is_held = evidence.checked != Evidence.Checked.CLEAN
    known = by_extension(PurePosixPath(str(evidence.file)).suffix) if evidence.file else None
    return Piece(
        kind=evidence.get_kind_display(),
        name=_("（暂扣的文件，名称不显示）") if is_held else evidence.name,
        size=filesizeformat(evidence.size) if evidence.file else _("纸质"),
        on=evidence.on,
        is_held=is_held,
        is_image=known is not None and known.key in IMAGES and not is_held,
        address=reverse("evidence_file", args=[evidence.pk])
        if evidence.file and not is_held
        else "",
    )
