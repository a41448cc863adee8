"""The pieces of a session's file (一次一档): what is there, in which form, and what is lacking."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from sessions.models import Evidence, Form

Kind = Evidence.Kind
Checked = Evidence.Checked


class Standing(StrEnum):
    """How a kind of paper stands in one session's file."""

    FILED = "filed"
    ON_PAPER = "on_paper"
    WITHHELD = "withheld"
    REQUIRED = "required"
    ADVISED = "advised"
    UNNEEDED = "unneeded"


LACKING = frozenset({Standing.REQUIRED, Standing.ADVISED})
"""Nothing is on file: the rule asks for it, or practice has it."""

NEVER_MISSED = frozenset({Kind.PHOTO, Kind.NEWS, Kind.APPROVAL, Kind.OTHER})
"""Nobody need take photos or publish anything: they are kept if there are any."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence. `file` is its name below MEDIA_ROOT, empty if there is none.

    What is `unwanted` is a file of a session that must stay offline: put in before somebody said
    so. It may hold what was studied, and its name may tell it.
    """

    pk: int
    kind: str
    name: str
    on: dt.date
    size: int
    sha256: str
    checked: str
    file: str
    unwanted: bool = False

    @property
    def is_kept_back(self) -> bool:
        return self.checked in Evidence.KEPT_BACK or self.unwanted

    @property
    def is_on_paper(self) -> bool:
        return not self.file and not self.is_kept_back

    @property
    def may_leave(self) -> bool:
        """Only a file that was checked and found clean is ever handed out."""
        return bool(self.file) and self.checked == Checked.CLEAN and not self.unwanted

    @property
    def shown_name(self) -> str:
        """The name of what is held could itself be secret."""
        if self.unwanted:
            return _("（不宜上网的文件，名称不显示）")
        return _("（暂扣的文件，名称不显示）") if self.is_kept_back else self.name

    @property
    def why_withheld(self) -> str:
        """Why the file does not go out; empty for what does, and for paper."""
        if self.may_leave or self.is_on_paper:
            return ""
        if self.unwanted:
            return _("本次学习含不宜上网内容，文件应从平台移除，按纸质归档")
        return {
            Checked.HELD: _("暂扣，待核实"),
            Checked.DESTROYED: _("已销毁"),
        }.get(Checked(self.checked), _("尚未检查完毕"))


def piece_of(row: Evidence, *, is_offline: bool = False) -> Piece:
    """`is_offline` says that its session must stay offline."""
    return Piece(
        pk=row.pk,
        kind=row.kind,
        name=row.name,
        on=row.on,
        size=row.size,
        sha256=row.sha256,
        checked=row.checked,
        file=str(row.file),
        unwanted=is_offline and bool(row.file),
    )


@dataclass(frozen=True, slots=True)
class Slot:
    """One kind of paper in one file, with the pieces there are of it."""

    kind: str
    standing: Standing
    pieces: tuple[Piece, ...] = ()

    @property
    def is_lacking(self) -> bool:
        return self.standing in LACKING


@dataclass(frozen=True, slots=True)
class Turnout:
    """Person-times of one session, and how many key speeches it had."""

    due: int = 0
    here: int = 0
    on_leave: int = 0
    made_up: int = 0
    speeches: int = 0


def slots_of(
    *, form: str, pieces: Iterable[Piece], turnout: Turnout, required: Collection[str]
) -> tuple[Slot, ...]:
    """A slot for each kind, in the order of the paper file.

    A held file is not on file: it must leave this system. Of an adjacent activity, which is no
    study of the group's own, nothing is asked.
    """
    by_kind: dict[str, list[Piece]] = {}
    for piece in pieces:
        by_kind.setdefault(piece.kind, []).append(piece)
    asked = form != Form.ADJACENT
    due = {
        Kind.SPEECH_TEXT: turnout.speeches > 0,
        Kind.LEAVE_SLIP: turnout.on_leave > 0,
        Kind.MAKEUP_RECORD: turnout.made_up > 0,
    }
    return tuple(
        Slot(
            kind,
            _standing(
                by_kind.get(kind, []),
                is_required=asked and kind in required,
                is_advised=asked and kind not in NEVER_MISSED and due.get(kind, True),
            ),
            tuple(by_kind.get(kind, ())),
        )
        for kind in Kind
    )


def _standing(pieces: list[Piece], *, is_required: bool, is_advised: bool) -> Standing:
    if any(piece.file and not piece.is_kept_back for piece in pieces):
        return Standing.FILED
    if any(piece.is_on_paper for piece in pieces):
        return Standing.ON_PAPER
    if is_required:
        return Standing.REQUIRED
    if pieces:
        return Standing.WITHHELD
    return Standing.ADVISED if is_advised else Standing.UNNEEDED


def counted(slots: Iterable[Slot]) -> Mapping[Standing, int]:
    """How many kinds stand in which way."""
    found: dict[Standing, int] = {}
    for slot in slots:
        found[slot.standing] = found.get(slot.standing, 0) + 1
    return found
