"""A mail backend that writes files: what the portal sends when it has no mail server.

One `.eml` a message, complete or absent, under a name people can read. `EMAIL_URL=filemail:`
(the default) selects it.
"""

import re
from collections.abc import Sequence
from email import message_from_bytes
from email.utils import make_msgid
from pathlib import Path
from typing import cast

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import MIMEMixin

from reports.workbook.atomic import replacing

MAX_NAME_BYTES = 200


class OutboxBackend(BaseEmailBackend):
    """Writes each message into `settings.OUTBOX_DIR`, named after its Message-ID.

    A Message-ID `<2026-06-monthly-QS001.3f9a@host>` gives `2026-06-monthly-QS001.eml`; writing
    the same message again replaces its file. Another message never does: it then keeps what
    follows the dot.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """The number of files written; OSError (DiskFullError for want of room) stops it."""
        folder = Path(settings.OUTBOX_DIR)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            # Read once: without a header of its own Django makes a new Message-ID each time.
            headers = {name.lower(): value for name, value in message.extra_headers.items()}
            message_id = str(headers.get("message-id") or make_msgid(domain="outbox"))
            message.extra_headers["Message-ID"] = message_id
            with replacing(_path(folder, message_id)) as file:
                file.write(wire_format(message))
        return len(email_messages)


def wire_format(message: EmailMessage) -> bytes:
    """The message as it goes over the wire, lines ended by CRLF."""
    return cast(MIMEMixin, message.message()).as_bytes(linesep="\r\n")


def _path(folder: Path, message_id: str) -> Path:
    local = message_id.strip("<>").rpartition("@")[0] or message_id.strip("<>")
    readable = folder / f"{_safe(local.partition('.')[0])}.eml"
    if not readable.exists() or _message_id(readable) == message_id:
        return readable
    return folder / f"{_safe(local)}.eml"


def _safe(name: str) -> str:
    """A file name of letters (Chinese ones too), digits, dots and hyphens, short enough."""
    cleaned = re.sub(r"[^\w.-]", "_", name).lstrip(".") or "mail"
    return cleaned.encode()[:MAX_NAME_BYTES].decode(errors="ignore")


def _message_id(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(8192)
    return str(message_from_bytes(head)["Message-ID"] or "").strip()
