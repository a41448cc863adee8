"""A unit's side of a hint in words."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.hints.words import TONES, own_gist, own_kind, own_measure
from reports.models import Hint, HintSide

State = Hint.State


@dataclass(frozen=True, slots=True)
class OwnLine:
    """What the unit reads; the department's note is not in it."""

    pk: int
    kind: str
    said: str
    measure: str
    found_at: dt.datetime
    state: str
    tone: str


def own_line(side: HintSide) -> OwnLine:
    """`side` with its hint, annotated with `has_others`."""
    is_alone = not getattr(side, "has_others", True)
    state, tone = _state(side)
    return OwnLine(
        pk=side.pk,
        kind=own_kind(side.hint.kind, is_alone=is_alone),
        said=own_gist(side.hint, side.facts, is_alone=is_alone),
        measure=own_measure(side.hint, is_alone=is_alone),
        found_at=side.found_at,
        state=state,
        tone=tone,
    )


def _state(side: HintSide) -> tuple[str, str]:
    """The hint's, but what others explained is not this unit's explanation."""
    state = State(side.hint.state)
    if state in Hint.PENDING:
        if side.explained_at:
            return _("已说明"), TONES[State.EXPLAINED]
        return _("可作说明"), TONES[State.OPEN]
    if state == State.DISMISSED:
        return _("宣传部已核对"), TONES[state]
    return str(state.label), TONES[state]
