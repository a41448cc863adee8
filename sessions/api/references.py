"""What a body names by id or code: there and within reach, or as absent as a missing address."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from units.access.noting import OutOfReach
from units.access.objects import reachable
from units.access.requests import PortalRequest
from units.rest.refusals import RefusedError


class AbsentError(RefusedError):
    """Something that a body names is not there, or not for who asks; the errors say where."""

    status_code = HTTPStatus.NOT_FOUND
    code = "not-found"


class ForeignError(AbsentError, OutOfReach):
    """The same, where there is such a row: it is noted in the trail, and told to nobody."""

    def __init__(self, row: Model, errors: Iterable[dict[str, str]]) -> None:
        AbsentError.__init__(self, "", errors)
        self.row = row


class References:
    """Looks up what bodies name, each row once, and collects what is absent.

    ``field`` is the path of the name in the body, as errors give it.
    """

    def __init__(self, request: PortalRequest) -> None:
        self._request = request
        self._known: dict[tuple[str, str], dict[Any, Any]] = {}
        self.absent: list[dict[str, str]] = []
        self._foreign: Model | None = None

    def find(
        self, rows: "QuerySet[Any]", named: dict[str, Any], *, by: str = "pk"
    ) -> dict[str, Any]:
        """The rows by path; what is absent is noted and left out."""
        known = self._known.setdefault((rows.model._meta.label, by), {})
        wanted = {value for value in named.values() if value not in known}
        if wanted:
            found = reachable(self._request, rows).filter(**{f"{by}__in": wanted})
            known |= dict.fromkeys(wanted) | {getattr(row, by): row for row in found}
        for field, value in named.items():
            if known[value] is None:
                self.miss(field, rows.filter(**{by: value}).first())
        return {field: known[value] for field, value in named.items() if known[value] is not None}

    def miss(self, field: str, foreign: Model | None = None) -> None:
        """Notes that what the field names is absent, or foreign."""
        told = _("没有找到，或不在您的范围内。")
        self.absent.append({"field": field, "code": "not-found", "message": told})
        self._foreign = self._foreign or foreign

    def refuse_absent(self, others: Iterable[dict[str, str]] = ()) -> None:
        """Raises AbsentError, with whatever else is wrong, if anything was absent."""
        if not self.absent:
            return
        errors = [*self.absent, *others]
        if self._foreign is not None:
            raise ForeignError(self._foreign, errors)
        raise AbsentError("", errors)
