import os
import time

import pytest

from portal.embedded.spool import ABANDONED_AFTER_SECONDS, Claim, Spool


def take(spool: Spool) -> Claim:
    claim = spool.take("celery")
    assert claim is not None
    return claim


@pytest.fixture
def spool(tmp_path):
    return Spool(tmp_path)


def test_messages_come_in_the_order_they_were_put(spool):
    for number in range(20):
        spool.put("celery", b"%d" % number)
    assert [take(spool).body for _ in range(20)] == [b"%d" % number for number in range(20)]


def test_two_readers_never_take_the_same_message(spool, tmp_path):
    other = Spool(tmp_path)
    spool.put("celery", b"a")
    spool.put("celery", b"b")
    first, second = take(spool), take(other)
    assert (first.body, second.body) == (b"a", b"b")
    assert spool.take("celery") is None
    assert other.take("celery") is None


def test_a_message_done_is_gone_and_may_be_done_twice(spool):
    spool.put("celery", b"a")
    claim = take(spool)
    spool.done(claim.tag)
    spool.done(claim.tag)
    assert spool.restore() == 0
    assert spool.take("celery") is None


def test_a_message_given_back_keeps_its_place_and_says_so(spool):
    spool.put("celery", b"first")
    spool.put("celery", b"second")
    spool.give_back(take(spool).tag)
    again = take(Spool(spool.root))
    assert (again.body, again.redelivered) == (b"first", True)


def test_a_late_give_back_does_not_bring_a_finished_message_to_life(spool):
    spool.put("celery", b"a")
    claim = take(spool)
    spool.done(claim.tag)
    spool.give_back(claim.tag)
    assert spool.size("celery") == 0


def test_restore_returns_what_dead_readers_held(spool):
    for body in (b"a", b"b", b"c"):
        spool.put("celery", body)
    spool.take("celery")
    spool.take("celery")
    after = Spool(spool.root)
    assert after.restore() == 2
    assert [take(after).body for _ in range(3)] == [b"a", b"b", b"c"]


def test_restore_removes_only_drafts_their_writer_abandoned(spool):
    old, fresh = spool.incoming / "old", spool.incoming / "fresh"
    old.touch()
    fresh.touch()
    long_ago = time.time() - ABANDONED_AFTER_SECONDS - 60
    os.utime(old, (long_ago, long_ago))
    spool.restore()
    assert list(spool.incoming.iterdir()) == [fresh]


@pytest.mark.parametrize("queue", ["..", "../../outside", "a/b", "", "celery@host.celery.pidbox"])
def test_no_queue_name_leads_out_of_the_folder(spool, tmp_path, queue):
    spool.put(queue, b"a")
    assert all(spool.ready in path.parents for path in tmp_path.rglob("*.msg"))
    assert [claim.body for claim in [spool.take(queue)] if claim] == [b"a"]


def test_a_draft_that_cannot_be_finished_leaves_nothing_behind(spool, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        spool.put("celery", b"a")
    assert list(spool.incoming.iterdir()) == []
    assert spool.size("celery") == 0


def test_purge_counts_what_waited_and_leaves_what_is_claimed(spool):
    for body in (b"a", b"b", b"c"):
        spool.put("celery", body)
    spool.take("celery")
    assert spool.purge("celery") == 2
    assert spool.restore() == 1
