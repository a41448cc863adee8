"""What every view of the API does alike."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from units.access.objects import find, reachable
from units.access.requests import PortalRequest
from units.rest.filtering import DeclaredFilters, refuse_unknown
from units.rest.inputs import Input
from units.rest.paging import Pages
from units.rest.versions import etag_of, is_known, require_match

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Row = TypeVar("Row", bound=Model)


class Resource(GenericViewSet[Row], Generic[Row]):
    """Rows of one kind, as far as the route's scope reaches.

    A subclass says in ``queryset`` which rows, with everything that showing them reads and in a
    stable order (in ``rows`` where that depends on the day), and in ``serializer_class`` how they
    are shown; ``filterset_class`` names the words of its list. Writes hand what came in to the
    services the pages use.
    """

    filter_backends = (DeclaredFilters,)
    pagination_class = Pages
    # For the published schema: the heading it stands under, what is to be known of each action,
    # and the actions that ask for the version they were made from.
    tag: ClassVar["StrOrPromise"] = ""
    notes: ClassVar[Mapping[str, "StrOrPromise"]] = {}
    guarded: ClassVar[frozenset[str]] = frozenset({"update", "partial_update", "destroy"})
    # The query parameters of each action but the list, whose words are the filters.
    words: ClassVar[Mapping[str, frozenset[str]]] = {}

    @property
    def portal(self) -> PortalRequest:
        """The request as the middleware left it, with ``access``."""
        request: PortalRequest = self.request._request  # type: ignore[assignment]  # ours
        return request

    def rows(self) -> QuerySet[Row]:
        """All there are, in a stable order."""
        return super().get_queryset()

    def get_queryset(self) -> QuerySet[Row]:
        if getattr(self, "swagger_fake_view", False):  # the schema is drawn without a caller
            return self.rows().none()
        return reachable(self.portal, self.rows())

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.action != "list":
            refuse_unknown(request, self.words.get(self.action, frozenset()))

    def list(self, request: Request) -> Response:
        rows = self.filter_queryset(self.get_queryset())
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def retrieve(self, request: Request, **lookup: Any) -> Response:
        return self.answer(self.found(**lookup))

    def found(self, **lookup: Any) -> Row:
        """The row at the address. Raises Http404 if it is missing or out of reach."""
        return find(self.portal, self.rows(), **lookup)

    def shown(self, row: Row) -> Any:
        return self.get_serializer(row).data

    def answer(self, row: Row, status: int = 200) -> Response:
        """The row with its ETag; 304 without a body to who already holds it."""
        shown = self.shown(row)
        etag = etag_of(shown)
        if self.request.method == "GET" and is_known(self.request, etag):
            return Response(status=304, headers={"ETag": etag})
        return Response(shown, status, headers={"ETag": etag})

    def found_unchanged(self, **lookup: Any) -> Row:
        """The row at the address, locked, if it still says what the caller read (``If-Match``).

        Call inside a transaction. Raises Http404, PreconditionRequiredError or StaleError.
        """
        row = self.found(**lookup)
        if not type(row)._default_manager.select_for_update().filter(pk=row.pk):
            raise Http404  # deleted while we waited for it
        locked = self.rows().get(pk=row.pk)
        require_match(self.request, etag_of(self.shown(locked)))
        return locked

    def sent(self, shape: type[Input], **options: Any) -> Any:
        """The body, checked. Raises ValidationError with every error at once."""
        body = shape(data=self.request.data, context=self.get_serializer_context(), **options)
        body.is_valid(raise_exception=True)
        return body.validated_data
