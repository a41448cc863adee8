"""The year's plan: every unit of the scope, when it was last listened to, what is planned."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from reports.models import Finding, SitIn
from reports.sitins.coverage import UnitPlan, gap, proposed
from reports.sitins.heard import listener_names
from units.models import Unit
from units.querysets import UnitQuerySet

KIND = ("category__rank_order", "category__code", "category__name")
HELD = (SitIn.Status.HELD, SitIn.Status.FED_BACK)


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A unit on the page; ``sit_in`` is the year's, ``last`` the year of the one before."""

    pk: int
    code: str
    name: str
    category: str
    last: int | None
    is_proposed: bool
    is_owed: bool
    sit_in: SitIn | None
    listeners: str
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class YearPlan:
    """Ids of the units of the year, in official order, by how they stand on the plan."""

    year: int
    units: tuple[int, ...]
    planned: frozenset[int]
    gap: tuple[int, ...]
    proposed: tuple[int, ...]
    categories: Mapping[str, str]
    category_of: Mapping[int, str]

    @property
    def before(self) -> int:
        """The year before: the two are looked at together."""
        return self.year - 1

    def chosen(self, show: str, category: str, overdue: Iterable[int]) -> list[int]:
        """The units a view of the page is about: proposed, gap, planned, overdue, or all."""
        late = set(overdue)
        views = {
            "proposed": self.proposed,
            "gap": self.gap,
            "planned": [pk for pk in self.units if pk in self.planned],
            "overdue": [pk for pk in self.units if pk in late],
        }
        found = views.get(show, self.units)
        return [pk for pk in found if category in ("", self.category_of[pk])]


def units_in(reached: QuerySet[Unit], year: int, today: dt.date) -> UnitQuerySet:
    """The reached units that keep a group and can be listened to in the year, named today."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    begin = max(first, min(today, last))
    units: UnitQuerySet = Unit.objects.filter(pk__in=reached.order_by().values("pk"))
    living = units.existing_in(begin, last).with_group().named(today)
    return living.select_related("category").order_by("rank_order", "code")


def year_plan(units: UnitQuerySet, year: int, today: dt.date) -> YearPlan:
    """How the units stand on the year's plan; one query.

    A sit-in on a plan covers its unit while its year is not over, and for good once it was held.
    """
    marked = units.annotate(
        before=Exists(_covering(year - 1, today)), now=Exists(_covering(year, today))
    )
    found = list(marked.values_list(*KIND, "pk", "established_on", "before", "now"))
    rows = [
        UnitPlan(pk, founded.year if founded else None, before, now)
        for *_kind, pk, founded, before, now in found
    ]
    return YearPlan(
        year=year,
        units=tuple(row.pk for row in rows),
        planned=frozenset(row.pk for row in rows if row.now),
        gap=tuple(gap(rows, year)),
        proposed=tuple(proposed(rows, year)),
        categories={code: name for _rank, code, name in sorted({row[:3] for row in found})},
        category_of={row[3]: row[1] for row in found},
    )


def _covering(year: int, today: dt.date) -> QuerySet[SitIn]:
    standing = SitIn.objects.standing().filter(unit=OuterRef("pk"), year=year)
    return standing if year >= today.year else standing.filter(status__in=HELD)


def plan_rows(pks: Sequence[int], plan: YearPlan, today: dt.date) -> list[PlanRow]:
    """The units of one page, in the given order; three queries."""
    held_before = Q(sit_ins__status__in=HELD, sit_ins__year__lt=plan.year)
    units = Unit.objects.filter(pk__in=pks).named(today).select_related("category")
    by_pk = {
        unit.pk: unit for unit in units.annotate(last=Max("sit_ins__year", filter=held_before))
    }
    standing = SitIn.objects.standing().filter(unit__in=pks, year=plan.year)
    sit_ins = {one.unit_id: one for one in standing.prefetch_related("listeners")}
    is_proposed, is_owed = set(plan.proposed), set(plan.gap)
    return [_row(by_pk[pk], sit_ins.get(pk), pk in is_proposed, pk in is_owed, today) for pk in pks]


def _row(
    unit: Unit, sit_in: SitIn | None, is_proposed: bool, is_owed: bool, today: dt.date
) -> PlanRow:
    due = sit_in.feedback_due if sit_in and sit_in.status == SitIn.Status.HELD else None
    return PlanRow(
        pk=unit.pk,
        code=unit.code,
        name=getattr(unit, "short_name", None) or unit.code,
        category=unit.category.name,
        last=getattr(unit, "last", None),
        is_proposed=is_proposed,
        is_owed=is_owed,
        sit_in=sit_in,
        listeners=listener_names(sit_in) if sit_in else "",
        is_overdue=due is not None and due < today,
    )


@dataclass(frozen=True, slots=True)
class Figure:
    """How many there are of something; nothing is ranked by it."""

    label: str
    number: int


def sit_in_figures(sit_ins: QuerySet[SitIn], today: dt.date) -> list[Figure]:
    """How many sit-ins stand how; one query."""
    counted = sit_ins.aggregate(
        **{one.value: Count("pk", filter=Q(status=one)) for one in SitIn.Status},
        late=Count("pk", filter=Q(status=SitIn.Status.HELD, feedback_due__lt=today)),
    )
    named = [Figure(str(one.label), counted[one.value]) for one in SitIn.Status]
    return [*named, Figure("逾期未反馈", counted["late"])]


def finding_figures(findings: QuerySet[Finding], today: dt.date) -> list[Figure]:
    """How many findings stand how; one query."""
    late = Q(status__in=Finding.AWAITING_UNIT, due__lt=today)
    counted = findings.aggregate(
        **{one.value: Count("pk", filter=Q(status=one)) for one in Finding.Status},
        late=Count("pk", filter=late),
    )
    named = [Figure(str(one.label), counted[one.value]) for one in Finding.Status]
    return [*named, Figure("逾期未整改", counted["late"])]
