"""One chunk of mails over one connection: claim, build, offer, commit `sending`, hand over, mark.

No database transaction is open while a server is spoken to. Whatever happens to one mail ends
that mail only; whatever happens to the server ends the chunk and gives the rest back.
"""

import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from reports import delivery
from reports.emails.compose import Composed, compose
from reports.models import Delivery
from reports.transports import (
    NotSentError,
    OutcomeUnknownError,
    Transport,
    configured_transport,
)

logger = logging.getLogger(__name__)

TIMEOUTS_ALLOWED = 5
"""So many mails in a row without an answer in time, and the server is left alone."""

State = Delivery.State
Clock = Callable[[], datetime]


class ServerUnavailableError(Exception):
    """No use going on with this chunk; `everybody` should leave the server alone for a while."""

    def __init__(self, words: str, *, everybody: bool) -> None:
        super().__init__(words)
        self.everybody = everybody


def send_chunk(
    *,
    clock: Clock,
    transport: Transport | None = None,
    composer: Callable[[Sequence[int]], Mapping[int, Composed]] = compose,
) -> Counter[str]:
    """Sends up to a chunk of the mails that are due; how many ended in which state.

    `held` are those that could not be put together, `put_back` those the server was not asked
    about. Empty when nothing was due. May run any number of times at once.
    """
    token, ids = delivery.claim(now=clock())
    if not ids:
        return Counter()
    chunk = _Chunk(token, clock, transport or configured_transport())
    try:
        composed = composer(ids)
        for position, delivery_id in enumerate(ids):
            try:
                chunk.send(delivery_id, composed[delivery_id])
            except ServerUnavailableError as error:
                chunk.give_up(ids[position:], error)
                break
    finally:
        chunk.mark()
        chunk.transport.close()
        delivery.put_back(ids, token, until=None)
    return chunk.ended


class _Chunk:
    """The claimed mails, their connection and what has become of them."""

    def __init__(self, token: str, clock: Clock, transport: Transport) -> None:
        self.transport = transport
        self.ended: Counter[str] = Counter()
        self._token = token
        self._clock = clock
        self._timeouts = 0
        self._used = False
        self._sent: dict[int, datetime] = {}  # taken by the server, not yet marked

    def send(self, delivery_id: int, message: EmailMessage | Exception) -> None:
        """Takes one mail to the end of this attempt."""
        if isinstance(message, Exception):
            self._hold(delivery_id, message)
            return
        try:
            self._offer(message)
        except NotSentError as error:
            self._not_sent(delivery_id, error, begun=False)
            return
        except ValueError as error:  # a header or an address no mail can carry
            self.mark()
            self.transport.withdraw()
            self._hold(delivery_id, error)
            return
        sent, self._sent = self._sent, {}
        if not delivery.begin(delivery_id, self._token, now=self._clock(), sent=sent):
            self.transport.withdraw()  # somebody else has it now, or a person holds it
            return
        try:
            self.transport.hand_over(message)
        except NotSentError as error:
            self._not_sent(delivery_id, error, begun=True)
        except OutcomeUnknownError as error:
            words = _("正文开始传送后连接中断，无法确认对方是否收到。%s") % error
            delivery.mark_unknown(delivery_id, self._token, words=words)
            self.ended[State.UNKNOWN] += 1
            self._count_timeout(timed_out=error.timed_out, words=str(error))
        else:
            self._sent[delivery_id] = self._clock()
            self.ended[State.SENT] += 1
            self._timeouts = 0

    def mark(self) -> None:
        """Marks what the server took; `begin` does the same for the mail before."""
        sent, self._sent = self._sent, {}
        for delivery_id, at in sent.items():
            delivery.mark_sent(delivery_id, self._token, now=at)

    def give_up(self, ids: Sequence[int], error: ServerUnavailableError) -> None:
        """Gives back what the server was not asked about, for a later hour."""
        until = self._clock() + delivery.PAUSE
        if error.everybody:
            delivery.pause_all(until=until)
        words = _("暂时无法使用邮件服务器，稍后再试：%s") % error
        self.ended["put_back"] = delivery.put_back(ids, self._token, until=until, words=words)
        logger.warning("mail server unavailable, %s mails put back", self.ended["put_back"])

    def _offer(self, message: EmailMessage) -> None:
        """Connects where needed; a used connection the server has ended is opened once anew."""
        self._connect()
        try:
            self.transport.offer(message)
        except NotSentError as error:
            self.mark()
            if not self._used or not error.connection_lost or error.timed_out:
                raise
            self._connect()
            self.transport.offer(message)
        finally:
            self._used = True

    def _connect(self) -> None:
        try:
            self.transport.open()
        except NotSentError as error:
            raise ServerUnavailableError(str(error), everybody=error.timed_out) from error

    def _not_sent(self, delivery_id: int, error: NotSentError, *, begun: bool) -> None:
        self.mark()
        if error.permanent:
            delivery.mark_bounced(delivery_id, self._token, words=str(error), begun=begun)
            self.ended[State.BOUNCED] += 1
        else:
            delivery.mark_refused_for_now(
                delivery_id, self._token, now=self._clock(), words=str(error), begun=begun
            )
            self.ended[State.RETRY] += 1
        self._count_timeout(timed_out=error.timed_out, words=str(error))

    def _count_timeout(self, *, timed_out: bool, words: str) -> None:
        self._timeouts = self._timeouts + 1 if timed_out else 0
        if self._timeouts >= TIMEOUTS_ALLOWED:
            raise ServerUnavailableError(words, everybody=True)

    def _hold(self, delivery_id: int, error: Exception) -> None:
        words = _("邮件内容生成失败，已暂缓发送；查明原因后可放行。（%s）") % type(error).__name__
        delivery.mark_unbuilt(delivery_id, self._token, words=words)
        self.ended[State.HELD] += 1
        logger.error("mail %s could not be built", delivery_id, exc_info=error)
