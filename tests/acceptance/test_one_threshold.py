"""Evaluation, workbook and mail read one evaluation: turning a threshold turns all of them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command

from reports.emails.compose import compose
from reports.evaluation import evaluate_unit
from reports.models import Delivery, RuleSet
from reports.periods import Month
from reports.planner import plan_month
from reports.rule_book import rule_set_facts
from reports.rule_sets import change_draft, new_version, publish
from reports.rules.registry import MONTHLY_SESSIONS
from reports.working_days import recorded_calendar
from tests.acceptance.county import AS_OF, import_ledgers, make_county
from units.models import Unit

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 4, 2, tzinfo=UTC)
FEBRUARY = "2月"


def ask_for_two_sessions_a_month() -> None:
    draft = new_version(rule_set=RuleSet.objects.get(), effective_from=date(2026, 1, 1))
    rules = [
        replace(rule, params={**rule.params, "required": 2})
        if rule.key == MONTHLY_SESSIONS
        else rule
        for rule in rule_set_facts(draft).rules
    ]
    change_draft(rule_set=draft, changes={}, rules=rules)
    publish(rule_set=draft, at=NOW, by=None)


def february(unit: Unit) -> str:
    evaluated = evaluate_unit(unit, AS_OF)
    assert evaluated is not None
    return next(
        result.outcome
        for result in evaluated.evaluation.results
        if (result.rule, result.period) == (MONTHLY_SESSIONS, "2026-02")
    )


def missed_in_the_workbook(path: Path) -> str:
    call_command("rollup", as_of=AS_OF.isoformat(), out=str(path))
    sheet = openpyxl.load_workbook(path)["汇总表"]
    column = [cell.value for cell in sheet[3]].index("未达标项")
    return str(sheet.cell(4, column + 1).value or "")


def text_of_the_mail(unit: Unit) -> str:
    delivery = Delivery.objects.get(unit=unit)
    message = compose([delivery.pk])[delivery.pk]
    assert isinstance(message, EmailMultiAlternatives)
    return str(message.body)


@pytest.mark.parametrize("turned", [False, True])
def test_a_turned_threshold_turns_everything(tmp_path, turned):
    root = make_county()
    import_ledgers()
    unit = Unit.objects.get(names__short_name="白水镇")
    if turned:
        ask_for_two_sessions_a_month()
    plan_month(root, Month(2026, 10), now=NOW, calendar=recorded_calendar())
    assert february(unit) == ("missed" if turned else "met")
    assert (FEBRUARY in missed_in_the_workbook(tmp_path / "汇总.xlsx")) is turned
    assert ("2月应" in text_of_the_mail(unit)) is turned
