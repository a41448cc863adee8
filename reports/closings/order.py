"""The official order of a closing's evaluations: several workers may have stored them."""

from django.db.models import OuterRef, QuerySet, Subquery

from reports.models import ClosedUnit, Evaluation


def in_official_order(rows: QuerySet[Evaluation]) -> QuerySet[Evaluation]:
    """As units were ranked when the month was closed; months closed before that was kept stand
    in the order in which they were written.
    """
    closed = ClosedUnit.objects.filter(closing=OuterRef("closing"), unit=OuterRef("unit"))
    return rows.order_by(Subquery(closed.order_by().values("position")[:1]), "id")
