from email import message_from_bytes, policy

import pytest
from django.core.mail import EmailMessage, send_mail

from reports.outbox import OutboxBackend


@pytest.fixture
def outbox(settings, tmp_path):
    settings.EMAIL_BACKEND = "reports.outbox.OutboxBackend"
    settings.OUTBOX_DIR = tmp_path / "outbox"
    return settings.OUTBOX_DIR


def write(message_id: str, body: str = "正文") -> None:
    message = EmailMessage("题目", body, to=["a@qs.example"], headers={"Message-ID": message_id})
    OutboxBackend().send_messages([message])


@pytest.mark.parametrize(
    ("message_id", "name"),
    [
        ("<2026-06-monthly-QS001.3f9a@host>", "2026-06-monthly-QS001.eml"),
        ("<2026-06-monthly-青石.3f9a@host>", "2026-06-monthly-青石.eml"),
        ("<../../etc/passwd.1@host>", "mail.eml"),
        ("<a/b c.1@host>", "a_b_c.eml"),
        (f"<{'镇' * 100}.1@host>", f"{'镇' * 66}.eml"),
    ],
)
def test_a_file_is_named_readably_and_stays_in_the_folder(outbox, message_id, name):
    write(message_id)
    assert [path.name for path in outbox.iterdir()] == [name]


def test_the_same_message_replaces_its_file(outbox):
    write("<m.1@host>", "第一次")
    write("<m.1@host>", "第二次")
    [path] = outbox.iterdir()
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert message.get_content().strip() == "第二次"


def test_another_message_never_replaces_a_file(outbox):
    write("<m.1@host>")
    write("<m.2@host>")
    assert sorted(path.name for path in outbox.iterdir()) == ["m.2.eml", "m.eml"]


def test_a_message_without_an_id_gets_one(outbox):
    send_mail("题目", "正文", None, ["a@qs.example"])
    [path] = outbox.iterdir()
    assert message_from_bytes(path.read_bytes())["Message-ID"].strip().endswith("@outbox>")


def test_a_mail_is_dated_by_the_countys_own_time(outbox):
    write("<m.1@host>")
    [path] = outbox.iterdir()
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert str(message["Date"]).endswith("+0800")
