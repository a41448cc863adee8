from collections import Counter
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend
from django.db import connection

from reports import delivery
from reports.models import Delivery
from reports.sending import send_chunk
from reports.transports import SmtpTransport
from tests.reports.mail import NOW, Clock, make_deliveries, plain_composer
from tests.services.smtp import Server, black_hole, free_port, smtp_server

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server(settings):
    with smtp_server() as running:
        speak_smtp(settings, running.port)
        yield running


def speak_smtp(settings, port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_TIMEOUT = 0.5


def send(clock: Clock | None = None) -> Counter[str]:
    return send_chunk(clock=clock or Clock(), composer=plain_composer)


def states() -> dict[str, str]:
    return dict(Delivery.objects.values_list("recipient", "state"))


def test_each_recipient_ends_in_the_state_the_server_gave_him(server: Server):
    outcomes = {
        "a@qs.example": "sent",
        "refused550@qs.example": "bounced",
        "later451@qs.example": "retry",
        "baddata552@qs.example": "bounced",
        "latedata452@qs.example": "retry",
        "drop@qs.example": "unknown",
        "goodbye421@qs.example": "retry",
        "slow@qs.example": "retry",
        "slowdata@qs.example": "unknown",
        "z@qs.example": "sent",
    }
    make_deliveries(list(outcomes))
    assert send() == Counter(outcomes.values())
    assert states() == outcomes
    assert [address for address, _ in server.received if "slow" not in address] == [
        "a@qs.example",
        "z@qs.example",
    ]


def test_a_bounce_keeps_the_words_of_the_server(server: Server):
    [row] = make_deliveries(["refused550@qs.example"])
    send()
    row.refresh_from_db()
    assert row.server_words == "550 5.1.1 no such user"
    assert (row.attempts, row.lease_token) == (1, "")


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("530 5.7.0 authentication required", "retry"),
        ("553 5.7.1 sender rejected", "retry"),
        ("552 5.3.4 message too big", "bounced"),
    ],
)
def test_a_refusal_of_the_sender_waits_to_be_mended(server: Server, answer, state):
    server.handler.refuses_sender = answer
    make_deliveries(["a@qs.example", "b@qs.example"])
    assert send() == {state: 2}
    assert {row.server_words for row in Delivery.objects.all()} == {answer}


def test_one_refusal_in_ten_leaves_the_others_alone(server: Server):
    make_deliveries([f"{'refused550' if n % 10 == 0 else 'unit'}@u{n}.example" for n in range(120)])
    total = sum((send() for _ in range(5)), Counter())
    assert total == {"sent": 108, "bounced": 12}
    assert len(server.received) == 108
    assert server.connections == 5


def test_a_chunk_takes_twenty_five_mails_over_one_connection(server: Server):
    make_deliveries([f"unit@u{n}.example" for n in range(30)])
    assert send() == {"sent": 25}
    assert server.connections == 1
    assert send() == {"sent": 5}
    assert send() == {}
    assert server.connections == 2


def test_the_message_id_stays_over_attempts(server: Server):
    [row] = make_deliveries(["a@qs.example"])
    send()
    Delivery.objects.update(state="queued")
    send()
    assert server.message_ids() == [row.message_id] * 2


def test_temporary_refusals_come_again_after_5_30_120_minutes_for_a_day(server: Server):
    make_deliveries(["later451@qs.example"])
    clock = Clock()
    waits = []
    while send(clock) == {"retry": 1}:
        due = Delivery.objects.get().next_try_at
        assert due is not None
        assert send(clock) == {}
        waits.append((due - clock.now) // timedelta(minutes=1))
        clock.now = due
    assert waits[:4] == [5, 30, 120, 120]
    assert sum(waits) <= 24 * 60
    assert states() == {"later451@qs.example": "bounced"}
    assert "451 4.7.1 greylisted" in Delivery.objects.get().server_words


def test_a_silent_server_is_left_alone_after_one_connection(settings):
    make_deliveries([f"unit@u{n}.example" for n in range(30)])
    clock = Clock()
    with black_hole() as port:
        speak_smtp(settings, port)
        assert send(clock) == {"put_back": 25}
        assert send(clock) == {}
    assert set(Delivery.objects.values_list("state", "attempts")) == {("queued", 0)}
    clock.move(minutes=5)
    assert delivery.due(clock.now).count() == 30


def test_five_time_outs_in_a_row_stop_the_chunk(server: Server):
    make_deliveries([f"slow@u{n}.example" for n in range(5)] + ["a@qs.example"])
    assert send() == {"retry": 5, "put_back": 1}
    assert states()["a@qs.example"] == "queued"


def test_an_absent_server_loses_nothing(settings):
    make_deliveries(["a@qs.example"])
    speak_smtp(settings, port := free_port())
    clock = Clock()
    for _ in range(300):  # more than 24 hours of five minutes
        assert send(clock) == {"put_back": 1}
        clock.move(minutes=5)
    with smtp_server(port):
        assert send(clock) == {"sent": 1}


def test_a_refusal_after_a_day_without_a_server_is_only_the_first(server: Server):
    make_deliveries(["later451@qs.example"])
    clock = Clock()
    clock.move(days=2)
    assert send(clock) == {"retry": 1}
    clock.move(minutes=5)
    assert send(clock) == {"retry": 1}


def test_a_server_that_ends_used_connections_is_connected_to_again(server: Server):
    make_deliveries([f"unit@u{n}.example" for n in range(5)])
    server.handler.mails_a_connection = 2
    assert send() == {"sent": 5}
    assert server.connections == 3


def test_a_mail_that_cannot_be_built_is_held_and_stops_no_other(server: Server):
    broken, _ = make_deliveries(["a@qs.example", "b@qs.example"])

    def composer(ids):
        return plain_composer(ids) | {broken.id: KeyError("figures")}

    assert send_chunk(clock=Clock(), composer=composer) == {"held": 1, "sent": 1}
    assert states() == {"a@qs.example": "held", "b@qs.example": "sent"}


@pytest.mark.parametrize("backend", ["smtp.EmailBackend", "locmem.EmailBackend"])
def test_a_header_that_would_break_out_is_held_and_stops_no_other(
    settings, server: Server, backend
):
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}"
    make_deliveries(["a@qs.example\nBcc: b@other.example", "c@qs.example"])
    assert send() == {"held": 1, "sent": 1}
    assert states()["c@qs.example"] == "sent"


def test_a_crash_of_the_composer_gives_every_mail_back():
    make_deliveries(["a@qs.example", "b@qs.example"])

    def composer(ids):
        raise RuntimeError("no database")

    with pytest.raises(RuntimeError):
        send_chunk(clock=Clock(), composer=composer)
    assert delivery.due(NOW).count() == 2


def test_a_mail_held_while_it_was_claimed_is_not_sent(server: Server):
    make_deliveries(["a@qs.example", "b@qs.example"])

    def composer(ids):
        Delivery.objects.filter(recipient="a@qs.example").update(state="held", lease_token="")
        return plain_composer(ids)

    assert send_chunk(clock=Clock(), composer=composer) == {"sent": 1}
    assert [address for address, _ in server.received] == ["b@qs.example"]


def test_sending_is_committed_before_the_message_leaves(server: Server):
    make_deliveries(["a@qs.example"])
    seen = []

    class Watched(SmtpTransport):
        def hand_over(self, message):
            seen.append((Delivery.objects.get().state, connection.in_atomic_block))
            super().hand_over(message)

    transport = Watched(SmtpBackend())
    send_chunk(clock=Clock(), transport=transport, composer=plain_composer)
    assert seen == [("sending", False)]


def test_files_are_sent_like_mails(settings, tmp_path):
    settings.EMAIL_BACKEND = "reports.outbox.OutboxBackend"
    settings.OUTBOX_DIR = tmp_path
    make_deliveries(["a@qs.example", "b@qs.example"])
    assert send() == {"sent": 2}
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "2026-06-monthly-QS001.eml",
        "2026-06-monthly-QS002.eml",
    ]


def test_an_outbox_that_cannot_be_written_is_tried_again(settings, tmp_path):
    settings.EMAIL_BACKEND = "reports.outbox.OutboxBackend"
    settings.OUTBOX_DIR = tmp_path / "file" / "outbox"
    (tmp_path / "file").write_text("in the way")
    make_deliveries(["a@qs.example"])
    assert send() == {"retry": 1}


def test_another_backend_of_django_sends_too(mailoutbox):
    make_deliveries(["a@qs.example"])
    assert send() == {"sent": 1}
    [message] = mailoutbox
    assert isinstance(message, EmailMessage)
