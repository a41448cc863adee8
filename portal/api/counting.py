"""How many lines of the trail there are, without counting a million of them for every page."""

from functools import cached_property
from hashlib import blake2b

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.core.paginator import Paginator
from django.db.models import QuerySet

from accounts.models import AuditEvent
from units.rest.paging import Pages

KEPT_SECONDS = 600


def count_lines(rows: QuerySet[AuditEvent]) -> int:
    """The number of lines among ``rows``.

    Lines are only ever added: what was counted up to one of them stays true, and only the newer
    ones are counted again. Whom the reader supervises may change, but all accounts and words
    stand in the query itself; what hangs on the tree of units is at most ten minutes old.
    """
    try:
        said = repr(rows.order_by().query.sql_with_params())
    except EmptyResultSet:
        return 0
    key = f"trail-lines-{blake2b(said.encode(), digest_size=16).hexdigest()}"
    counted = cache.get(key)
    if counted is None:
        newest = AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        counted = newest, rows.order_by().filter(pk__lte=newest).count()
        cache.set(key, counted, KEPT_SECONDS)
    last, number = counted
    return int(number) + rows.order_by().filter(pk__gt=last).count()


class _Lines(Paginator):  # type: ignore[type-arg]  # takes no arguments when it runs
    @cached_property
    def count(self) -> int:
        rows = self.object_list
        return count_lines(rows) if isinstance(rows, QuerySet) else len(rows)


class TrailPages(Pages):
    """Pages of the trail."""

    django_paginator_class = _Lines
