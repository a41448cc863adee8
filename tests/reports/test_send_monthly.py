import pytest
import time_machine
from django.core.management import CommandError, call_command

from reports.management.commands import send_monthly
from reports.models import Delivery, Evaluation
from tests.reports.emails.make import make_study
from tests.reports.mail import NOW, make_schedule
from units.models import Unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("calls")]


@pytest.fixture
def calls(monkeypatch):
    published: list[str] = []
    monkeypatch.setattr(send_monthly, "wake", published.append)
    return published


def run(*arguments: str, capsys) -> str:
    with time_machine.travel(NOW, tick=False):
        call_command("send_monthly", *arguments)
    return str(capsys.readouterr().out)


def refusal(*arguments: str) -> CommandError:
    with time_machine.travel(NOW, tick=False), pytest.raises(CommandError) as caught:
        call_command("send_monthly", *arguments)
    return caught.value


def test_the_months_mails_are_queued_once(capsys, calls):
    make_study(2)
    assert "新排队 3 封，此前已排队 0 封" in run("--month", "2026-06", capsys=capsys)
    assert calls == ["send_due"]
    assert "新排队 0 封，此前已排队 3 封" in run("--month", "2026-06", capsys=capsys)
    assert Delivery.objects.count() == 3


def test_a_dry_run_counts_and_writes_nothing(capsys, calls):
    make_study(2)
    assert "将新排队 3 封" in run("--month", "2026-06", "--dry-run", capsys=capsys)
    assert not Delivery.objects.exists()
    assert not Evaluation.objects.exists()
    assert calls == []


def test_units_without_an_address_are_named(capsys):
    make_study(2)
    Unit.objects.filter(code="QS002").update(email="")
    told = run("--month", "2026-06", capsys=capsys)
    assert "不能发送的单位 1 个：QS002单位。" in told


@pytest.mark.parametrize(
    ("month", "code", "words"),
    [
        ("2026-07", 1, "2026年7月尚未结束"),
        ("2025-12", 1, "早于本县（区）的起始月份 2026-01"),
        ("2026-13", 2, "无法识别"),
        ("六月", 2, "无法识别"),
    ],
)
def test_a_month_that_cannot_be_is_refused_in_plain_words(month, code, words):
    make_schedule(make_study(1))
    error = refusal("--month", month)
    assert (error.returncode, words in str(error)) == (code, True)
    assert not Delivery.objects.exists()


def test_an_empty_portal_says_what_to_do():
    assert "import_units" in str(refusal("--month", "2026-06"))
