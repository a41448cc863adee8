"""How many units are too many for one process while somebody waits."""

from django.conf import settings

from units.models import Unit


def is_large(root: Unit) -> bool:
    """Whether work for everything below the unit is shared out among workers."""
    return Unit.objects.below(root).count() > int(settings.AT_ONCE_UNITS)
