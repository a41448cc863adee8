"""A trail whose end was cut off is found out by what was noted outside the database."""

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from accounts import audit
from accounts.heads import missing_heads, note_head
from accounts.models import AuditEvent
from accounts.tasks import note_trail_head

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 7, 1, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def heads(settings, tmp_path):
    settings.TRAIL_HEADS = str(tmp_path / "heads.log")
    return tmp_path / "heads.log"


def record_lines(count: int) -> list[AuditEvent]:
    return [audit.record(action="session.submit", at=NOW, object_id=n) for n in range(count)]


def test_nothing_is_noted_of_an_empty_trail(heads):
    assert not note_head(at=NOW)
    assert missing_heads() == []
    assert not heads.exists()


def test_the_same_end_is_noted_once(heads):
    record_lines(1)
    assert [note_head(at=NOW), note_head(at=NOW)] == [True, False]
    record_lines(1)
    note_trail_head()
    assert len(heads.read_text().splitlines()) == 2


def test_a_cut_end_leaves_a_whole_chain_and_a_missing_line(capsys):
    lines = record_lines(3)
    note_head(at=NOW)
    call_command("verify_trail")
    assert "链校验一致：共 3 条" in capsys.readouterr().out
    cut = lines[2].pk
    lines[2].delete()
    assert audit.follow_chain().broken_at is None
    assert missing_heads() == [cut]
    with pytest.raises(CommandError, match="有 1 条留底对不上"):
        call_command("verify_trail")


def test_a_line_written_in_place_of_the_cut_one_is_another():
    lines = record_lines(2)
    note_head(at=NOW)
    cut = lines[1].pk
    AuditEvent.objects.filter(pk=cut).update(digest="another")
    assert missing_heads() == [cut]


def test_a_changed_line_is_named_by_the_command():
    lines = record_lines(2)
    AuditEvent.objects.filter(pk=lines[0].pk).update(action="x")
    with pytest.raises(CommandError, match=f"第 1 条断开：编号 {lines[0].pk}"):
        call_command("verify_trail")
