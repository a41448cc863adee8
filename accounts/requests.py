"""What our middleware adds to a request, so that the rest may rely on it."""

from django.http import HttpRequest

from accounts.models import SignIn


class AccountRequest(HttpRequest):
    """A request after the middleware of this room.

    ``sign_in`` is there for users signed in by a browser only; ``acting_as`` are the columns
    ``role`` and ``unit_code`` of the audit trail, once it is known in which role the user acts,
    and ``api_token`` for somebody who acts by one.
    """

    id: str
    sign_in: SignIn
    acting_as: dict[str, str]
