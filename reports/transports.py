"""How a mail reaches a server: one connection, and the two steps that matter apart.

`offer` is everything before the message itself; whatever goes wrong there, nothing was sent.
`hand_over` is DATA; when it breaks off, nobody knows. Django's own backends do both at once,
which is why SMTP is spoken here step by step, over the connection Django opens.
"""

import smtplib
from typing import NoReturn, Protocol

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend
from django.core.mail.message import sanitize_address
from django.utils.translation import gettext as _

from reports.outbox import OutboxBackend, wire_format

TOO_LARGE = 552
"""The one refusal beside the sender's address that is about the mail."""


class NotSentError(Exception):
    """The mail surely did not go out. The text is the server's, as far as it spoke.

    `permanent` is a refusal for good (5xx); `connection_lost` asks for a new connection, and
    `timed_out` says that the server did not answer in time.
    """

    def __init__(
        self,
        words: str,
        *,
        permanent: bool = False,
        connection_lost: bool = False,
        timed_out: bool = False,
    ) -> None:
        super().__init__(words)
        self.permanent = permanent
        self.connection_lost = connection_lost
        self.timed_out = timed_out


class OutcomeUnknownError(Exception):
    """The connection broke after DATA had begun."""

    def __init__(self, words: str, *, timed_out: bool = False) -> None:
        super().__init__(words)
        self.timed_out = timed_out


class Transport(Protocol):
    """One way of sending; not shared between threads."""

    def open(self) -> None:
        """Connects unless connected; NotSentError if there is no connection to be had."""

    def offer(self, message: EmailMessage) -> None:
        """Sender and recipient (MAIL, RCPT); NotSentError if either is refused.

        ValueError for a message that cannot be written: a line break in a header.
        """

    def withdraw(self) -> None:
        """Takes an offer back (RSET)."""

    def hand_over(self, message: EmailMessage) -> None:
        """The message itself; NotSentError or OutcomeUnknownError unless the server has it."""

    def close(self) -> None:
        """Ends the connection; never fails."""


def configured_transport(timeout: int | None = None) -> Transport:
    """The transport for the backend the settings name; `timeout` in seconds, else theirs."""
    backend = get_connection(timeout=timeout) if timeout else get_connection()
    if isinstance(backend, SmtpBackend):
        return SmtpTransport(backend)
    return BackendTransport(backend)


class SmtpTransport:
    """SMTP over the connection Django's backend opens (TLS, sign-in and EMAIL_TIMEOUT are its)."""

    def __init__(self, backend: SmtpBackend) -> None:
        self._backend = backend
        self._wire: bytes = b""

    @property
    def _server(self) -> smtplib.SMTP:
        if self._backend.connection is None:
            raise NotSentError(_("没有连接邮件服务器。"), connection_lost=True)
        return self._backend.connection

    def open(self) -> None:
        try:
            self._backend.open()
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise NotSentError(
                _words(error), connection_lost=True, timed_out=_timed_out(error)
            ) from error

    def offer(self, message: EmailMessage) -> None:
        encoding = message.encoding or settings.DEFAULT_CHARSET
        sender = sanitize_address(message.from_email, encoding)
        [recipient] = (sanitize_address(address, encoding) for address in message.recipients())
        self._wire = wire_format(message)
        try:
            self._server.ehlo_or_helo_if_needed()
            size = [f"size={len(self._wire)}"] if self._server.has_extn("size") else []
            self._accepted(*self._server.mail(sender, size), of_us=True)
            self._accepted(*self._server.rcpt(recipient))
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise NotSentError(
                _words(error), connection_lost=True, timed_out=_timed_out(error)
            ) from error

    def withdraw(self) -> None:
        if self._backend.connection is None:
            return
        try:
            self._backend.connection.rset()
        except (smtplib.SMTPException, OSError):
            self.close()

    def hand_over(self, message: EmailMessage) -> None:
        try:
            code, reply = self._server.data(self._wire)
        except smtplib.SMTPDataError as error:  # the answer to the command DATA itself
            code, reply = error.smtp_code, _bytes(error.smtp_error)
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise OutcomeUnknownError(_words(error), timed_out=_timed_out(error)) from error
        if 200 <= code < 300:
            return
        if not 400 <= code < 600:
            self.close()
            raise OutcomeUnknownError(_reply(code, reply))
        self._refuse(code, reply)

    def close(self) -> None:
        try:
            self._backend.close()
        except (smtplib.SMTPException, OSError):
            # Already gone; the backend has forgotten the connection before it raised.
            return

    def _accepted(self, code: int, reply: bytes, *, of_us: bool = False) -> None:
        if not 200 <= code < 300:
            self._refuse(code, reply, of_us=of_us)

    def _refuse(self, code: int, reply: bytes, *, of_us: bool = False) -> NoReturn:
        """A refusal leaves the connection usable unless the server says good-bye (421).

        `of_us`: the sender is refused, for want of a sign-in or under a wrong address. That says
        nothing of this mail unless it is too large (552), and is mended while the mails wait.
        """
        if code == 421 or not 400 <= code < 600:
            self.close()
            raise NotSentError(_reply(code, reply), connection_lost=True)
        self.withdraw()
        permanent = code >= 500 and (not of_us or code == TOO_LARGE)
        raise NotSentError(_reply(code, reply), permanent=permanent)


class BackendTransport:
    """Any other backend of Django's interface: files, memory, the console."""

    def __init__(self, backend: BaseEmailBackend) -> None:
        self._backend = backend

    def open(self) -> None:
        self._backend.open()

    def offer(self, message: EmailMessage) -> None:
        """Nobody to ask; but a message that cannot be written must fail before it has begun."""
        message.message()

    def withdraw(self) -> None:
        """Nothing was offered."""

    def hand_over(self, message: EmailMessage) -> None:
        try:
            self._backend.send_messages([message])
        except OSError as error:
            if isinstance(self._backend, OutboxBackend):  # a file is there whole or not at all
                raise NotSentError(_words(error)) from error
            raise OutcomeUnknownError(_words(error)) from error

    def close(self) -> None:
        self._backend.close()


def _timed_out(error: Exception) -> bool:
    """smtplib turns a time-out while it waits for a reply into a disconnection."""
    return isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _reply(error.smtp_code, _bytes(error.smtp_error))
    if _timed_out(error):
        return _("邮件服务器在限定时间内没有答复。")
    return str(error) or type(error).__name__


def _reply(code: int, reply: bytes) -> str:
    return f"{code} {reply.decode(errors='replace')}".strip()


def _bytes(reply: bytes | str) -> bytes:
    return reply if isinstance(reply, bytes) else reply.encode()
