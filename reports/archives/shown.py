"""Archives in the words of their pages: finished values, no query left to make."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.archives.contents import Paper, SessionContents, YearContents
from reports.archives.counting import ListCounts
from reports.archives.listing import day_of, theme_of
from reports.archives.pieces import Kind, Piece, Slot, Standing
from reports.models import ArchiveCopy
from sessions.history import TONES
from sessions.models import AnnualPlan, PersonalRecord, Status, UnitReport

WORDS = {
    Standing.FILED: gettext_lazy("已归档"),
    Standing.ON_PAPER: gettext_lazy("仅有纸质"),
    Standing.WITHHELD: gettext_lazy("暂扣"),
    Standing.REQUIRED: gettext_lazy("缺（必备）"),
    Standing.ADVISED: gettext_lazy("缺"),
    Standing.UNNEEDED: gettext_lazy("无须"),
}
STANDING_TONES = {
    Standing.FILED: "success",
    Standing.ON_PAPER: "info",
    Standing.WITHHELD: "danger",
    Standing.REQUIRED: "danger",
    Standing.ADVISED: "warning",
    Standing.UNNEEDED: "secondary",
}


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session in the table of the year. Kinds of paper are named, several by their number."""

    address: str
    day: str
    theme: str
    form: str
    status: str
    tone: str
    filed: str
    on_paper: str
    required: str
    advised: str
    withheld: int
    place: str


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One of the year's papers; `address` is empty where there is nothing to open."""

    name: str
    said: str
    is_there: bool
    address: str
    tone: str


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts over what is shown; `size` in words."""

    sessions: int
    complete: int
    files: int
    size: str
    on_paper: int
    withheld: int


@dataclass(frozen=True, slots=True)
class PieceLine:
    name: str
    address: str
    size: str
    sha256: str
    why_withheld: str


@dataclass(frozen=True, slots=True)
class SlotLine:
    kind: str
    word: str
    tone: str
    pieces: list[PieceLine]


@dataclass(frozen=True, slots=True)
class CopyLine:
    """An archive that was downloaded; without a checksum it never came to its end."""

    at: str
    chosen: str
    files: int
    size: str
    left_out: int
    checksum: str


def totals(part: YearContents) -> Totals:
    pieces = list(part.pieces)
    out = [piece for piece in pieces if piece.may_leave]
    return Totals(
        sessions=len(part.sessions),
        complete=part.complete,
        files=len(out),
        size=filesizeformat(sum(piece.size for piece in out)),
        on_paper=sum(piece.is_on_paper for piece in pieces),
        withheld=sum(bool(piece.why_withheld) for piece in pieces),
    )


def session_lines(sessions: Iterable[SessionContents]) -> list[SessionLine]:
    return [_session_line(session) for session in sessions]


def _session_line(session: SessionContents) -> SessionLine:
    row, status = session.row, Status(session.row.status)
    return SessionLine(
        address=reverse("session_archive", kwargs={"pk": row.pk}),
        day=day_of(session),
        theme=theme_of(session),
        form=row.get_form_display(),
        status=str(status.label),
        tone=TONES[status],
        filed=_kinds(session, Standing.FILED),
        on_paper=_kinds(session, Standing.ON_PAPER),
        required=_kinds(session, Standing.REQUIRED),
        advised=_kinds(session, Standing.ADVISED),
        withheld=len(session.withheld),
        place=row.archive_place,
    )


def _kinds(session: SessionContents, standing: Standing) -> str:
    """With the number where there are several files, or several pieces of paper."""
    slots = [slot for slot in session.slots if slot.standing == standing]
    return "、".join(_named(slot) for slot in slots)


def _named(slot: Slot) -> str:
    on_paper = slot.standing == Standing.ON_PAPER
    counted = (piece.is_on_paper if on_paper else piece.may_leave for piece in slot.pieces)
    label, number = str(Kind(slot.kind).label), sum(counted)
    return f"{label}×{number}" if number > 1 else label


def paper_lines(contents: YearContents, counts: ListCounts) -> list[PaperLine]:
    """The year's papers, those that are not there among them."""
    reports = {
        kind: contents.report(kind) for kind in (UnitReport.Kind.HALF_YEAR, UnitReport.Kind.ANNUAL)
    }
    return [
        _paper_line(_("年度学习计划"), contents.plan),
        *(_paper_line(str(kind.label), paper) for kind, paper in reports.items()),
        _list_line(_("成员名册"), counts.roster, _("%d 条任职")),
        *(
            _list_line(str(PersonalRecord.Kind(kind).label), number, _("%d 篇"))
            for kind, number in counts.records.items()
        ),
        _list_line(_("学习成果转化"), counts.outcomes, _("%d 项")),
    ]


def _paper_line(name: str, paper: Paper | None) -> PaperLine:
    if paper is None:
        return PaperLine(name, _("尚未报送"), is_there=False, address="", tone="warning")
    status = Status(paper.row.status)
    route = "plan_detail" if isinstance(paper.row, AnnualPlan) else "unit_report_detail"
    said = str(status.label)
    if paper.pieces:
        said += _("，附件 %d 件") % len(paper.pieces)
    address = reverse(route, kwargs={"pk": paper.row.pk})
    return PaperLine(name, said, is_there=True, address=address, tone=TONES[status])


def _list_line(name: str, number: int, words: str) -> PaperLine:
    said = words % number if number else _("没有登记")
    return PaperLine(name, said, is_there=bool(number), address="", tone="secondary")


def slot_lines(session: SessionContents) -> list[SlotLine]:
    return [
        SlotLine(
            kind=str(Kind(slot.kind).label),
            word=str(WORDS[slot.standing]),
            tone=STANDING_TONES[slot.standing],
            pieces=[_piece_line(piece) for piece in slot.pieces],
        )
        for slot in session.slots
    ]


def _piece_line(piece: Piece) -> PieceLine:
    address = reverse("evidence_file", kwargs={"pk": piece.pk}) if piece.may_leave else ""
    return PieceLine(
        name=piece.shown_name,
        address=address,
        size=filesizeformat(piece.size) if address else "",
        sha256=piece.sha256 if address else "",
        why_withheld=piece.why_withheld,
    )


def copy_lines(copies: Iterable[ArchiveCopy]) -> list[CopyLine]:
    return [
        CopyLine(
            at=f"{timezone.localtime(copy.begun_at):%Y-%m-%d %H:%M}",
            chosen=copy.chosen,
            files=copy.files,
            size=filesizeformat(copy.size),
            left_out=copy.left_out,
            checksum=copy.checksum,
        )
        for copy in copies
    ]
