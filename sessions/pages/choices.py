"""What a record may point at: plan items, topics, units beside one's own, earlier places."""

from datetime import date
from typing import NamedTuple

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet

from sessions.models import HANDED_IN, PlanItem, StudySession, Topic
from units.models import Unit

PLACES = 20


class Choices(NamedTuple):
    """What a record of one day may point at, by the fields of its form; nothing is read yet."""

    plan_item: QuerySet[PlanItem]
    topics: QuerySet[Topic]
    joint_units: QuerySet[Unit]


def choices_of(unit: Unit, day: date) -> Choices:
    """What a record of the unit's day may point at."""
    return Choices(plan_items_of(unit, day), topics_of(unit, day), units_beside(unit, day))


def plan_items_of(unit: Unit, day: date) -> QuerySet[PlanItem]:
    """What the unit planned for the day's year and did not cancel."""
    items = PlanItem.objects.filter(plan__unit=unit, plan__year=day.year)
    return items.exclude(state=PlanItem.State.CANCELLED).order_by("rank_order", "id")


def topics_of(unit: Unit, day: date) -> QuerySet[Topic]:
    """What was open to study on the day: required ones first, then what is due soonest.

    A topic may be studied after its due date, late, within its year. One that was retired, or
    concerns other categories now, is offered no more except where the unit's records name it.
    Annotates ``is_studied``: the unit reported it already.
    """
    reported = StudySession.objects.filter(topics=OuterRef("pk"), unit=unit, status__in=HANDED_IN)
    named = StudySession.topics.through.objects.filter(
        topic=OuterRef("pk"), studysession__unit=unit
    )
    offered = Topic.objects.in_use().concerning(unit.category_id).values("pk")
    open_ones = Topic.objects.filter(from_date__year=day.year, from_date__lte=day)
    open_ones = open_ones.filter(Q(pk__in=offered) | Q(Exists(named)))
    return open_ones.annotate(is_studied=Exists(reported)).order_by("-required", "due", "id")


def units_beside(unit: Unit, day: date) -> QuerySet[Unit]:
    """Units with a group under the same parent, with their names of the day."""
    beside = Unit.objects.with_group().existing_in(day, day).exclude(pk=unit.pk)
    return beside.filter(parent=unit.parent_id, parent__isnull=False).named(day)


def places_of(sessions: QuerySet[StudySession]) -> list[str]:
    """Where these were held, the latest first."""
    met = sessions.exclude(place="").order_by()
    latest = met.values("place").annotate(last=Max("date")).order_by(F("last").desc(), "place")
    return [row["place"] for row in latest[:PLACES]]
