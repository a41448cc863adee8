"""The frame of every change of a roster: nothing is lost, and nothing changes behind one's back."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from units.models import Unit
from units.roster.consequences import Touched, touched_by
from units.roster.terms import digest_of, terms_of


class RosterError(ValueError):
    """The change makes no sense; the message says why to the user, ``field`` where."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class StaleRosterError(ValueError):
    """Somebody changed the roster since it was looked at."""

    def __init__(self) -> None:
        super().__init__(_("名册已被他人修改。"))


class TouchesRecordsError(ValueError):
    """The due members of records change, and the user has not agreed to that yet."""

    def __init__(self, touched: list[Touched]) -> None:
        super().__init__(_("这一变动涉及已登记的学习。"))
        self.touched = touched


@contextmanager
def roster_change(unit: Unit, *, seen: str, confirmed: str = "") -> Iterator[None]:
    """A transaction for changes of one unit's roster, one at a time.

    ``seen`` is ``digest_of`` the roster the user looked at, ``confirmed`` the ``key_of`` the
    touched records they agreed to. Raises StaleRosterError or TouchesRecordsError; nothing is
    written then. Attendance on record stays as it is: the unit confirms it anew.
    """
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=unit.pk)
        if digest_of(unit) != seen:
            raise StaleRosterError
        before = terms_of(unit)
        yield
        touched = touched_by(unit, before, terms_of(unit))
        if touched and key_of(touched) != confirmed:
            raise TouchesRecordsError(touched)


def key_of(touched: Iterable[Touched]) -> str:
    """One word for exactly these records with these people."""
    told = ";".join(f"{each.key}+{each.come}-{each.gone}" for each in touched)
    return hashlib.sha256(told.encode()).hexdigest()[:16]
