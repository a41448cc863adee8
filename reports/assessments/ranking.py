"""Whether a county shows places, and which: only of published results of a year, only if it has
switched them on. No month or quarter has any.
"""

from fractions import Fraction

from django.db import IntegrityError, transaction
from django.db.models import F

from reports.assessments.scoring import places
from reports.models import AssessmentPublication, AssessmentSettings
from reports.sitins.stale import StaleError
from units.models import Unit


def settings_of(root: Unit) -> AssessmentSettings:
    """The county's own settings; unsaved, with ranking off, until it has any. One query."""
    found = AssessmentSettings.objects.filter(root=root).first()
    return found or AssessmentSettings(root=root, version=0)


@transaction.atomic
def set_ranking(*, root: Unit, is_ranked: bool, version: int) -> None:
    """Switches places on or off. Raises StaleError if ``version`` is not the one stored."""
    if version == 0:
        try:
            with transaction.atomic():
                AssessmentSettings.objects.create(root=root, is_ranked=is_ranked)
        except IntegrityError as error:
            raise StaleError(AssessmentSettings.objects.get(root=root)) from error
        return
    stored = AssessmentSettings.objects.filter(root=root)
    values = {"is_ranked": is_ranked, "version": F("version") + 1}
    if stored.filter(version=version).update(**values) != 1:
        raise StaleError(settings_of(root))


def places_of(publication: AssessmentPublication) -> dict[int, int | None]:
    """The place of each result by its id: by the part of its possible points, equal ones the
    same. One query.
    """
    rows = list(publication.results.values_list("pk", "score", "possible"))
    rates = [Fraction(score) / Fraction(most) if most else None for _pk, score, most in rows]
    return dict(zip((pk for pk, *_rest in rows), places(rates), strict=True))
