"""How many working days a department allows for notice, feedback and rectification."""

from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import F

from reports.models import SitInTerms
from reports.sitins.stale import StaleError
from units.models import Unit

NAMES: Final = ("notice_workdays", "feedback_workdays", "rectify_workdays")


def terms_of(unit: Unit) -> SitInTerms:
    """Those of the nearest department above the unit, or of the unit itself; the common ones,
    unsaved, where nobody has set any. One query.
    """
    codes = unit.path.strip("/").split("/")
    found = SitInTerms.objects.filter(root__code__in=codes).select_related("root")
    nearest = max(found, key=lambda terms: len(terms.root.path), default=None)
    return nearest or SitInTerms(root=unit, version=0)


def own_terms(unit: Unit) -> SitInTerms:
    """What the department itself has set; the ones that bind it, unsaved, until it has any."""
    terms = terms_of(unit)
    if terms.root_id == unit.pk:
        return terms
    return SitInTerms(root=unit, version=0, **{name: getattr(terms, name) for name in NAMES})


@transaction.atomic
def set_terms(*, unit: Unit, version: int, **workdays: int) -> None:
    """Sets the department's own; what was agreed upon or held before keeps its dates.

    Raises StaleError, and writes nothing, if ``version`` is not the one stored.
    """
    if version == 0:
        try:
            with transaction.atomic():
                SitInTerms.objects.create(root=unit, **workdays)
        except IntegrityError as error:
            raise StaleError(SitInTerms.objects.get(root=unit)) from error
        return
    stored = SitInTerms.objects.filter(root=unit)
    if stored.filter(version=version).update(version=F("version") + 1, **workdays) != 1:
        raise StaleError(own_terms(unit))
