"""What the evidence panel of a session shows; include sessions/evidence_panel.html with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from sessions.evidence.forms import EvidenceForm
from sessions.evidence.services import EDITABLE
from sessions.models import Evidence, Status, StudySession
from units.access.requests import Access
from units.access.roles import Role


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence about what just happened. ``tone`` is success or danger."""

    tone: str
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A row of the panel. Addresses are empty where there is nothing to open or to remove."""

    kind: str
    name: str
    size: str
    on: date
    is_held: bool
    address: str
    removal: str


@dataclass(frozen=True, slots=True)
class EvidencePanel:
    """``form`` is None for whoever may only look; ``back`` is the page the panel stands on.
    ``way``: how the clerk comes to the form where the record is not open to the unit; else empty.
    """

    pieces: list[Piece]
    form: EvidenceForm | None
    address: str
    back: str
    is_offline_only: bool
    notes: tuple[Note, ...]
    way: str = ""


def evidence_panel(
    session: StudySession,
    access: Access,
    *,
    back: str = "",
    form: EvidenceForm | None = None,
    notes: Iterable[Note] = (),
) -> EvidencePanel:
    """One query. The unit's clerk may change what is on file while the record is open to the unit.

    ``back``: where to go after a change; the panel's own page if empty.
    """
    is_own = access.acting.role == Role.CLERK and access.acting.unit_id == session.unit_id
    may_change = is_own and session.status in EDITABLE
    address = reverse("session_evidence", kwargs={"pk": session.pk})
    told = session.evidence.told_to(access.acting).order_by("kind", "on", "pk")
    return EvidencePanel(
        pieces=[_piece(one, may_change) for one in told],
        form=(form or empty_form(session)) if may_change else None,
        address=address,
        back=back or address,
        is_offline_only=session.is_offline_only,
        notes=tuple(notes),
        way=_way(session) if is_own and not may_change else "",
    )


def _way(session: StudySession) -> str:
    if session.status == Status.SUBMITTED:
        return _("已经报送：要补传或移除材料，请先撤回，改好后重新报送，报送时间仍按第一次算。")
    return _("已经审核：要补传或移除材料，请联系宣传部退回。")


def empty_form(session: StudySession) -> EvidenceForm:
    """Without files for a session with content that must not go online."""
    form = EvidenceForm(initial={"kind": Evidence.Kind.MINUTES}, auto_id="id_evidence_%s")
    if session.is_offline_only:
        del form.fields["uploads"]
        form.initial["is_paper"] = True
    return form


def _piece(evidence: Evidence, may_change: bool) -> Piece:
    is_held = evidence.checked == Evidence.Checked.HELD
    is_ours = may_change and not evidence.is_kept_back
    has_file = bool(evidence.file)
    keys = {"pk": evidence.session_id, "evidence_pk": evidence.pk}
    return Piece(
        kind=evidence.get_kind_display(),
        name=_("（暂扣的文件，名称不显示）") if is_held else evidence.name,
        size=filesizeformat(evidence.size) if evidence.size else _("纸质"),
        on=evidence.on,
        is_held=is_held,
        address=reverse("evidence_file", kwargs={"pk": evidence.pk})
        if has_file and not evidence.is_kept_back
        else "",
        removal=reverse("evidence_remove", kwargs=keys) if is_ours else "",
    )
