"""Pages of a list."""

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request

from units.access.numbers import sent_number

LARGEST_PAGE = 200


class Pages(PageNumberPagination):
    """``{count, next, previous, results}``; ``page`` from 1, ``page_size`` at most 200."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = LARGEST_PAGE

    def get_page_size(self, request: Request) -> int | None:
        """Raises ValidationError for a size that is none, instead of taking another one."""
        sent = request.query_params.get("page_size")
        if sent is None:
            return self.page_size
        size = sent_number(sent)
        if size is None or not 1 <= size <= LARGEST_PAGE:
            raise ValidationError(
                {"page_size": [_("每页条数是 1 到 %s 之间的整数。") % LARGEST_PAGE]}
            )
        return size
