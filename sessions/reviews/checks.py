"""What the system can see for itself in what was submitted, in words for whoever reviews it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.utils.translation import gettext as _

from sessions.models import AnnualPlan, Evidence, Form, UnitReport
from sessions.plans import checks as plan_checks
from sessions.plans.contents import content_of
from sessions.recording.checks import findings
from sessions.recording.fields import FIELDS
from sessions.recording.findings import Finding, Level
from sessions.reviews.dossiers import Dossier
from sessions.reviews.terms import ReviewTerms
from sessions.screening import find_mark
from sessions.unit_reports.sections import SECTIONS, missing_sections


def session_findings(dossier: Dossier, terms: ReviewTerms, today: date) -> list[Finding]:
    """Everything that speaks against accepting the session unseen; empty for a clean one."""
    submitted = findings(dossier.sheet(terms, today))
    return [
        *(each for each in submitted if each.level is not Level.NOTICE),
        *_lecture(dossier),
        *_files(dossier, terms),
        *_marks(_texts(dossier), FIELDS),
    ]


def plan_findings(plan: AnnualPlan) -> list[Finding]:
    """The checks before submission, and words that must not be there."""
    content = content_of(plan)
    texts = {"title": content.title, "basis": content.basis}
    for item in content.items:
        words = (item.topic, item.content, item.speakers, item.owner, item.note)
        texts[f"items.{item.pk}"] = "\n".join(words)
    labels = {"title": _("标题"), "basis": _("制定依据")}
    labels |= {f"items.{item.pk}": item.topic for item in content.items}
    return [
        *(Finding("items", text) for text in plan_checks.faults(content)),
        *(Finding("items", text, Level.WARNING) for text in plan_checks.warnings(content)),
        *_marks(texts, labels),
    ]


def report_findings(report: UnitReport) -> list[Finding]:
    """Sections that are missing, and words that must not be there."""
    missing = missing_sections(report.kind, report.unit.category.code, report.sections)
    headings = {section.key: section.heading for section in SECTIONS}
    return [
        *(Finding(each.key, _("缺少“%s”部分。") % each.heading) for each in missing),
        *_marks({key: report.sections.get(key, "") for key in headings}, headings),
    ]


def _lecture(dossier: Dossier) -> Iterator[Finding]:
    """Whoever leads the study may be a member; a lecturer from outside makes it a lecture."""
    session = dossier.session
    if session.form != Form.DISCUSSION or session.is_offline_only:
        return
    members = [member.person.name for member in dossier.due]
    is_guest = session.lecturer and not any(name in session.lecturer for name in members)
    if is_guest or session.guests_teaching:
        lecturer = session.lecturer or _("%d 名授课人员") % session.guests_teaching
        yield Finding(
            "form",
            _("形式填的是集体研讨，但有外请授课（%s）：请核对是不是专题讲座，讲座不算研讨。")
            % lecturer,
            Level.WARNING,
        )


def _files(dossier: Dossier, terms: ReviewTerms) -> Iterator[Finding]:
    lacking = [kind.label for kind in Evidence.Kind if kind in terms.wanted - dossier.on_file]
    if lacking and dossier.session.form != Form.ADJACENT:
        yield Finding("evidence", _("缺%s。") % "、".join(map(str, lacking)), Level.WARNING)
    if dossier.held:
        yield Finding(
            "evidence", _("有 %d 份材料因带有密级字样被暂扣，请先核实处理。") % dossier.held
        )


def _texts(dossier: Dossier) -> dict[str, str]:
    session = dossier.session
    named = ("theme", "content", "problem_solved", "lecturer", "place", "chair", "archive_place")
    texts = {name: getattr(session, name) for name in named}
    texts["speeches"] = "\n".join(speech.title for speech in dossier.speeches)
    texts["attendance"] = "\n".join(row.reason for row in dossier.rows)
    return texts


def _marks(texts: Mapping[str, str], labels: Mapping[str, object]) -> Iterator[Finding]:
    for name, text in texts.items():
        if mark := find_mark(text):
            yield Finding(
                name,
                _("“%(label)s”中有“%(mark)s”字样，可能涉密：请立即核实，不要通过。")
                % {"label": labels[name], "mark": mark},
            )


def sentences(found: Iterable[Finding]) -> list[str]:
    return [finding.text for finding in found]
