"""The form of a record as finished values, opened or with what was sent."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import DateField
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from sessions.evidence.panel import evidence_panel
from sessions.models import StudySession
from sessions.pages.answers import LEAVE, LEAVE_LABEL, PLAIN, member_rows, read_marks
from sessions.pages.choices import places_of
from sessions.pages.desk import Desk, Returned, returned, sent_version
from sessions.pages.forms import DAY_FORMATS, GUESTS, SessionForm
from sessions.pages.joint import lead_news
from sessions.recording.due import due_members
from sessions.recording.fields import FIELDS
from sessions.recording.findings import Finding, Level
from sessions.recording.ground import Ground
from sessions.recording.imprint import imprint
from sessions.recording.written import Mark, Written
from units.access.objects import reachable
from units.access.requests import PortalRequest
from units.models import RosterEntry

WHOLE, DATED = "sessions/record/page.html", "sessions/record/dated.html"
LABELS = {**FIELDS, "counts": _("人数核对"), "declared": _("保密核对")}


@dataclass
class Reading:
    """A form that was opened or sent, and the members of its day.

    ``version`` and ``imprint`` are those of the record it was opened from: they travel with the
    form until it is kept, so that another hand's version is noticed however often it is sent.
    """

    form: SessionForm
    marks: dict[int, Mark]
    due: list[RosterEntry]
    version: int
    imprint: str
    is_kept: bool = True
    findings: list[Finding] = field(default_factory=list)

    @property
    def written(self) -> Written:
        return self.form.written(self.marks)


def read(sent: QueryDict, desk: Desk, today: date, ground: Ground) -> Reading:
    """What was sent. Without a day to be read, the members are those of the stored day."""
    stored = desk.session.date if desk.session else today
    day = _day(sent.get("date", "")) or stored
    form = SessionForm(sent, unit=desk.unit, day=day)
    return Reading(
        form,
        read_marks(sent),
        ground.due(day),
        version=sent_version(sent.get("version", "")),
        imprint=sent.get("imprint", ""),
        is_kept=False,
    )


def opened(written: Written, desk: Desk, due: list[RosterEntry] | None = None) -> Reading:
    """What is stored, or what a new record starts with."""
    day = written.day
    form = SessionForm(unit=desk.unit, day=day, written=written)
    members = due_members(desk.unit, day) if due is None else due
    marks = dict(written.marks)
    return Reading(form, marks, members, version=desk.version, imprint=imprint(written))


def page(
    request: PortalRequest,
    desk: Desk,
    reading: Reading,
    *,
    status: int = 200,
    template: str = WHOLE,
    places: list[str] | None = None,
) -> HttpResponse:
    """The whole page, or for htmx the part that follows from the date."""
    rows = member_rows(desk.unit, reading.due, reading.marks)
    context = {
        "desk": desk,
        "reading": reading,
        "form": reading.form,
        "rows": rows,
        "topics": _chosen(reading.form, "topics"),
        "guests": [reading.form[name] for name in GUESTS],
        "plain_choices": PLAIN,
        "leave_choices": LEAVE,
        "leave_label": LEAVE_LABEL,
        "sent": request.POST,
        "is_counted": request.POST.get("counts") == f"{rows.due}/{rows.here}",
        **_faults(reading),
        **_notes(returned(desk.session)),
    }
    if template == WHOLE:
        held = reachable(request, StudySession.objects.all())
        context["places"] = places_of(held) if places is None else places
        context |= _of_the_whole(request, desk, reading)
    return render(request, template, context, status=status)


def _of_the_whole(request: PortalRequest, desk: Desk, reading: Reading) -> dict[str, Any]:
    session = desk.session
    panel = evidence_panel(session, request.access, back=desk.address) if session else None
    joins = "joint" in request.POST or bool(reading.form["joint_units"].value())
    units = _chosen(reading.form, "joint_units") if joins else []
    news = lead_news(session, request.access) if session else None
    return {"joins": joins, "units": units, "evidence": panel, "news": news}


def _faults(reading: Reading) -> dict[str, Any]:
    """Everything wrong, for the head of the page and for its place."""
    faults: dict[str, list[str]] = defaultdict(list)
    for name, texts in reading.form.errors.items():
        faults[_place_of(name)] += [str(text) for text in texts]
    for finding in reading.findings:
        if finding.level is Level.ERROR:
            faults[_place_of(finding.field)].append(finding.text)
    warned = [each for each in reading.findings if each.level is Level.WARNING]
    return {
        "faults": dict(faults),
        "summary": [(name, LABELS.get(name, ""), text) for name, text in _flat(faults)],
        "warnings": warned,
    }


def _flat(faults: dict[str, list[str]]) -> Iterable[tuple[str, str]]:
    order = [*LABELS, *(faults.keys() - LABELS.keys())]
    return ((name, text) for name in order for text in faults.get(name, []))


def _place_of(name: str) -> str:
    """The place on the page where a field of this name stands."""
    if name in GUESTS:
        return "guests"
    return "half_days" if name in ("length", "end_date") else name


def _notes(sent_back: Returned | None) -> dict[str, Any]:
    """The department's reason at every place it names."""
    if sent_back is None:
        return {"returned": None, "notes": {}}
    notes = {_place_of(name): sent_back.reason for name in sent_back.fields}
    labels = [LABELS[name] for name in notes if name in LABELS]
    return {"returned": sent_back, "returned_labels": labels, "notes": notes}


def _chosen(form: SessionForm, name: str) -> list[tuple[Any, bool]]:
    """Everything that can be ticked, and whether it is."""
    chosen = {str(pk) for pk in form[name].value() or []}
    rows = form.fields[name].queryset  # type: ignore[attr-defined]  # a choice of rows
    return [(row, str(row.pk) in chosen) for row in rows]


def _day(word: str) -> date | None:
    try:
        day: date | None = DateField(required=False, input_formats=DAY_FORMATS).clean(word)
    except ValidationError:
        return None
    return day
