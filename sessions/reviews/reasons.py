"""The sentences offered to whoever returns something; each department keeps its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sessions.models import ReturnReason
from sessions.reviews.papers import PLAN, REPORT, SESSION
from units.models import Unit

# Which column says that a reason fits which paper.
COLUMNS = {SESSION: "for_sessions", PLAN: "for_plans", REPORT: "for_reports"}
# What departments return things for (domain: 缺记录、数字对不上、讲座记成研讨 …), until a
# department writes down its own.
DEFAULTS = (
    (_("缺会议记录或签到表，请补传。"), (SESSION,)),
    (_("应到、实到人数与签到表不一致，请核对。"), (SESSION,)),
    (_("这是专题讲座，不能登记为集体研讨，请改正学习形式。"), (SESSION,)),
    (_("集体研讨发言人数不够，请核对发言登记。"), (SESSION,)),
    (_("学习内容过于简略，请写明学了什么、研讨了什么。"), (SESSION,)),
    (_("内容可能涉密或不宜上网，请删除后只登记纸质档案存放处。"), (SESSION, PLAN, REPORT)),
    (_("有的季度没有安排集体研讨，请补充。"), (PLAN,)),
    (_("没有写明重点发言人，请补充。"), (PLAN,)),
    (_("缺审定文件或审定日期，请补充。"), (PLAN,)),
    (_("没有写存在的问题，或写得空泛，请据实补充。"), (REPORT,)),
    (_("缺下一步打算，请补充。"), (REPORT,)),
)


class StaleReasonsError(Exception):
    """Somebody else changed the list since its page was opened."""


@dataclass(frozen=True, slots=True)
class Reason:
    """``fits`` are the papers it is offered for."""

    text: str
    fits: frozenset[str]


def reasons_kept_by(unit: Unit) -> list[Reason]:
    """The department's own list in its order; the usual ones until it has any."""
    stored = list(ReturnReason.objects.filter(unit=unit))
    return [_reason(row) for row in stored] if stored else usual_reasons()


def reasons_for(unit: Unit, paper: str) -> list[str]:
    """What to offer for something of the unit: the list of the nearest department above it."""
    codes = unit.path.strip("/").split("/")
    rows = ReturnReason.objects.filter(unit__code__in=codes).select_related("unit")
    by_depth: dict[int, list[Reason]] = {}
    for row in rows.order_by("rank_order", "id"):
        by_depth.setdefault(len(row.unit.path), []).append(_reason(row))
    nearest = by_depth[max(by_depth)] if by_depth else usual_reasons()
    return [reason.text for reason in nearest if paper in reason.fits]


def seal(reasons: Sequence[Reason]) -> str:
    """Changes with every change of the list; its form carries it to notice somebody else's."""
    text = "\n".join(f"{reason.text}|{sorted(reason.fits)}" for reason in reasons)
    return sha256(text.encode()).hexdigest()


def save_reasons(*, unit: Unit, reasons: Sequence[Reason], opened: str) -> None:
    """Replaces the department's list. Raises StaleReasonsError, and writes nothing, if it is not
    the one whose seal was ``opened``.
    """
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=unit.pk)
        if seal(reasons_kept_by(unit)) != opened:
            raise StaleReasonsError
        ReturnReason.objects.filter(unit=unit).delete()
        ReturnReason.objects.bulk_create(
            ReturnReason(
                unit=unit,
                text=reason.text,
                rank_order=number,
                **{column: paper in reason.fits for paper, column in COLUMNS.items()},
            )
            for number, reason in enumerate(reasons, start=1)
        )


def _reason(row: ReturnReason) -> Reason:
    fits = (paper for paper, column in COLUMNS.items() if getattr(row, column))
    return Reason(row.text, frozenset(fits))


def usual_reasons() -> list[Reason]:
    """What departments return things for, until one writes down its own."""
    return [Reason(str(text), frozenset(fits)) for text, fits in DEFAULTS]
