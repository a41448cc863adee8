"""Which addresses a mail may go to, and the Message-IDs it goes under.

Checked before anything is queued: a line break in a header would let a text write headers of
its own, and Django refuses such a message only when it is built.
"""

import re
import secrets
from email.utils import parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from reports.models import MailKind
from units.models import Unit

_WORDS = {
    MailKind.MONTHLY_UNIT: "monthly",
    MailKind.MONTHLY_DEPARTMENT: "department",
    MailKind.REMINDER: "reminder",
}
_LONGEST_DOMAIN = 50


def usable(address: str) -> bool:
    """Whether a mail can be addressed so: one plain address, nothing that could end a header."""
    if not address.isprintable():
        return False
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True


def make_message_id(kind: MailKind, period: str, unit: Unit) -> str:
    """`<2026-06-monthly-QS001.3f9a…@host>`: readable, unique, and the mail's for ever."""
    code = re.sub(r"[^A-Za-z0-9_-]", "", unit.code) or f"u{unit.pk}"
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    if not domain.isascii() or not 0 < len(domain) <= _LONGEST_DOMAIN:
        domain = "study-portal"
    return f"<{period}-{_WORDS[kind]}-{code}.{secrets.token_hex(6)}@{domain}>"
