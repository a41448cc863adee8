"""Sealing archives of a year: the checksum of what each unit's contents list held that day.

Each call takes a portion of the units and may be made again until nothing is left; what is sealed
is never sealed twice. Nothing is locked by a seal: what changes afterwards shows when it is
looked at again.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from reports.archives.contents import YearContents, contents_of
from reports.archives.digest import digest_of
from reports.closing import closing_at
from reports.models import ArchiveSeal
from reports.turn.scope import units_of
from units.models import Unit

AT_ONCE: Final = 200
"""So many units at a time: a few seconds. A county is done at once, a city in some calls."""


class TurnError(ValueError):
    """The step cannot be taken yet; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """How many were sealed, or looked at, by this call; how many are left; what differs."""

    done: int
    left: int
    differing: tuple[str, ...] = ()


def seal_archives(
    *, root: Unit, year: int, at: dt.datetime, by: User, limit: int = AT_ONCE
) -> Sealed:
    """Seals the archives of units below the root that are not sealed, `limit` of them.

    Raises TurnError before the year's December is closed.
    """
    if closing_at(root, dt.date(year, 12, 31)) is None:
        raise TurnError(_("%d年12月还没有封账，请先封账，再封存档案。") % year)
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=root.pk)
        standing = ArchiveSeal.objects.standing().filter(unit=OuterRef("pk"), year=year)
        open_units = units_of(root, year).filter(~Exists(standing)).order_by("rank_order", "code")
        chosen = list(open_units[:limit])
        ArchiveSeal.objects.bulk_create(
            _seal(contents_of(unit, year), at=at, by=by) for unit in chosen
        )
        left = open_units.count()
    return Sealed(len(chosen), left)


def check_seals(*, root: Unit, year: int, at: dt.datetime, limit: int = AT_ONCE) -> Sealed:
    """Compares archives with their seals, those longest not looked at first, `limit` of them.

    `left` are those nobody has looked at on the day of `at`.
    """
    today = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=root.pk)
        standing = ArchiveSeal.objects.standing().filter(year=year, unit__in=units_of(root, year))
        oldest = standing.order_by(F("checked_at").asc(nulls_first=True), "pk")
        seals = list(oldest.select_related("unit")[:limit])
        for seal in seals:
            seal.checked_at = at
            seal.matches = digest_of(contents_of(seal.unit, year)) == seal.digest
        ArchiveSeal.objects.bulk_update(seals, ["checked_at", "matches"])
        left = standing.filter(Q(checked_at=None) | Q(checked_at__lt=today)).count()
    return Sealed(len(seals), left, tuple(one.unit.code for one in seals if not one.matches))


def seal_again(*, seal: ArchiveSeal, reason: str, at: dt.datetime, by: User) -> ArchiveSeal | None:
    """Puts a new seal in a standing one's place, which stays on record; None where the archive is
    as it was sealed, or somebody was quicker.
    """
    with transaction.atomic():
        contents = contents_of(seal.unit, seal.year)
        if digest_of(contents) == seal.digest:
            ArchiveSeal.objects.filter(pk=seal.pk).update(checked_at=at, matches=True)
            return None
        standing = ArchiveSeal.objects.standing().filter(pk=seal.pk)
        if standing.update(replaced_at=at, checked_at=at, matches=False) != 1:
            return None
        fresh = _seal(contents, at=at, by=by)
        fresh.reason = reason
        fresh.save(force_insert=True)
        return fresh


def _seal(contents: YearContents, *, at: dt.datetime, by: User) -> ArchiveSeal:
    return ArchiveSeal(
        unit=contents.unit,
        year=contents.year,
        digest=digest_of(contents),
        sessions=len(contents.sessions),
        pieces=sum(1 for _piece in contents.pieces),
        sealed_at=at,
        sealed_by=by,
        checked_at=at,
        matches=True,
    )
