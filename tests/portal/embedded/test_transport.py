import logging

import pytest
from kombu import Consumer, Exchange, Queue
from kombu.exceptions import OperationalError

from portal.embedded.spool import Spool
from portal.embedded.transport import restore
from tests.portal.embedded import hammer
from tests.portal.embedded.hammer import QUEUE


@pytest.fixture
def connection(tmp_path):
    with hammer.connect(tmp_path) as connection:
        yield connection


def test_under_load_every_message_arrives_exactly_once(tmp_path):
    writers, each = 4, 500
    journals = tmp_path / "journals"
    journals.mkdir()
    folder = tmp_path / "queue"
    processes = [hammer.start(hammer.write, folder, n, each) for n in range(writers)]
    processes += [hammer.start(hammer.read, folder, journals / f"{n}.log") for n in range(2)]
    for process in processes:
        process.join(60)
    hammer.read(folder, journals / "last.log")  # whatever came after the readers' last wait
    expected = {f"{writer}-{number}": 1 for writer in range(writers) for number in range(each)}
    assert hammer.journalled(journals) == expected
    assert not list(folder.rglob("*.msg"))


def test_a_killed_readers_message_is_taken_again_after_restore(tmp_path):
    hammer.write(tmp_path, 0, 3)
    held = tmp_path / "held"
    reader = hammer.start(hammer.hold, tmp_path, held)
    while not held.exists():
        reader.join(0.02)
    reader.kill()
    reader.join()
    assert Spool(tmp_path).size(QUEUE) == 2
    assert restore(tmp_path) == 1
    hammer.read(tmp_path, tmp_path / "after.log")
    assert hammer.journalled(tmp_path) == {"0-0": 1, "0-1": 1, "0-2": 1}


@pytest.mark.parametrize(
    "torn",
    [
        b"",
        b'{"body": "e30',
        b"\xff\xfe",
        b"[]",
        b"null",
        b"{}",
        b'{"properties": {"body_encoding": 1}}',
    ],
)
def test_a_torn_file_is_set_aside_and_work_goes_on(tmp_path, connection, torn, caplog):
    spool = Spool(tmp_path)
    spool.put(QUEUE, torn)
    queue = connection.SimpleQueue(QUEUE)
    queue.put({"id": "good"})
    with caplog.at_level(logging.ERROR):
        assert queue.get(timeout=5).payload == {"id": "good"}
    assert [path.read_bytes() for path in spool.broken.iterdir()] == [torn]
    assert "unreadable message" in caplog.text


def test_a_message_handed_back_is_marked_redelivered(connection):
    queue = connection.SimpleQueue(QUEUE)
    queue.put({"id": 1})
    queue.get(timeout=5).requeue()
    again = queue.get(timeout=5)
    assert again.payload == {"id": 1}
    assert again.delivery_info["redelivered"] is True


def test_a_rejected_message_is_gone(tmp_path, connection):
    queue = connection.SimpleQueue(QUEUE)
    queue.put({"id": 1})
    queue.get(timeout=5).reject()
    assert restore(tmp_path) == 0
    assert queue.qsize() == 0


def test_closing_gives_back_what_was_not_acknowledged(tmp_path):
    with hammer.connect(tmp_path) as connection:
        connection.SimpleQueue(QUEUE).put({"id": 1})
        connection.SimpleQueue(QUEUE).get(timeout=5)
        assert Spool(tmp_path).size(QUEUE) == 0
    assert Spool(tmp_path).size(QUEUE) == 1


def test_messages_taken_without_acknowledgement_leave_nothing_claimed(tmp_path, connection):
    queue, seen = Queue("worker.pidbox", no_ack=True), []
    with Consumer(connection, [queue], no_ack=True, callbacks=[lambda body, _: seen.append(body)]):
        connection.Producer().publish({"method": "ping"}, routing_key="worker.pidbox")
        connection.drain_events(timeout=5)
    assert seen == [{"method": "ping"}]
    assert restore(tmp_path) == 0


def test_a_fanout_copy_reaches_each_queue_and_each_is_acknowledged_alone(tmp_path, connection):
    exchange = Exchange("news", type="fanout")
    queues = [Queue(name, exchange)(connection.default_channel) for name in ("a", "b")]
    for queue in queues:
        queue.declare()
    connection.Producer().publish({"id": 1}, exchange=exchange)
    first, second = (queue.get() for queue in queues)
    assert first is not None
    assert second is not None
    first.ack()
    assert restore(tmp_path) == 1


def test_restore_drops_commands_meant_for_the_worker_that_died(tmp_path, connection):
    connection.Producer().publish({"method": "shutdown"}, routing_key="celery@host.celery.pidbox")
    restore(tmp_path)
    assert Spool(tmp_path).size("celery@host.celery.pidbox") == 0


def test_a_full_disk_tells_the_publisher_what_an_absent_redis_would(connection, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OperationalError, match="No space left"):
        connection.SimpleQueue(QUEUE).put({"id": 1})
