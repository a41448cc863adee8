"""A form the portal could not take just now, carried by the page that says so.

What was typed would otherwise be gone: pages are kept out of caches, so a browser that goes back
asks for an empty form.
"""

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import get_token

SECRET_WORDS = ("password", "secret", "otp", "username")
"""A form with a field of such a name is never written back into a page."""
CSRF_FIELD = "csrfmiddlewaretoken"
MAX_FIELDS, MAX_CHARACTERS = 2_000, 1_000_000


def kept_form(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of the form that was sent, in order; empty if there is none that may be shown.

    Asks no database. Files are not among them: nobody can put them back into a form.
    """
    if request.method != "POST":
        return []
    try:
        lists = list(request.POST.lists())
    except (OSError, ValueError, BadRequest, SuspiciousOperation, MultiPartParserError):
        return []  # it broke off, or was none
    if any(word in name.lower() for name, _values in lists for word in SECRET_WORDS):
        return []
    fields = [(name, str(value)) for name, values in lists for value in values]
    length = sum(len(name) + len(value) for name, value in fields)
    return fields if len(fields) <= MAX_FIELDS and length <= MAX_CHARACTERS else []


def form_again(request: HttpRequest) -> dict[str, object]:
    """What a page needs to offer the form under a new token against forgery, for whoever signed in
    meanwhile; empty where nothing was filled in.
    """
    kept = [(name, value) for name, value in kept_form(request) if name != CSRF_FIELD]
    return {"token": get_token(request), **offered(request, kept)} if kept else {}


def offered(request: HttpRequest, kept: list[tuple[str, str]]) -> dict[str, object]:
    """What a page needs to offer these fields to be sent where they were meant to go."""
    return {
        "kept": kept,
        "request_path": request.get_full_path(),
        "has_files": bool(request.FILES),
    }
