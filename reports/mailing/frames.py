"""A mail's own HTML inside a page: shown as it will be, able to do nothing."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeAlias

from csp.decorators import csp_replace
from django.core.mail import EmailMultiAlternatives
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.clickjacking import xframe_options_sameorigin

View: TypeAlias = Callable[..., HttpResponse]

# Mails carry their styles in themselves, as mail programs want it; scripts, forms and everything
# from elsewhere stay out, and the sandbox takes the document every right of this site.
_POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["data:"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
    "frame-ancestors": ["'self'"],
    "sandbox": True,
}


def framed(view: View) -> Callable[..., HttpResponseBase]:
    """Lets our own pages, and nobody else, show the answer in a frame."""

    @wraps(view)
    def inner(*args: Any, **kwargs: Any) -> HttpResponse:
        return view(*args, **kwargs)

    return xframe_options_sameorigin(csp_replace(_POLICY)(inner))


def html_of(message: EmailMultiAlternatives) -> str:
    """The HTML body."""
    return next(str(part[0]) for part in message.alternatives if part[1] == "text/html")
