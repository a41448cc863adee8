"""Tells the room of study sessions by what the department reviews, and until when."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.dispatch import receiver

from reports.rule_book import rule_books
from reports.rules.facts import RuleSetFacts
from reports.rules.registry import SESSION_FILE, Params
from reports.working_days import recorded_calendar
from sessions.reviews.terms import REVIEW_WORKDAYS, ReviewTerms
from sessions.signals import review_book_asked
from units.models import Unit


class CountyBook:
    """The rule sets in force today, and the working calendar; two queries."""

    def __init__(self, years: Collection[int], today: dt.date) -> None:
        self._books = rule_books(years, today)
        self._calendar = recorded_calendar()
        self._today = today

    @property
    def overdue_before(self) -> dt.date:
        """The day after which the working days allowed are over today."""
        day = self._today
        for _ in range(REVIEW_WORKDAYS):
            day -= dt.timedelta(days=1)
            while not self._calendar.is_workday(day):
                day -= dt.timedelta(days=1)
        return day

    def terms(self, unit: Unit, year: int) -> ReviewTerms:
        """By the rule set that binds the unit; the defaults where none is published."""
        book = self._books.get(year)
        bound = book.applicable(unit.pk, unit.category_id) if book else None
        facts = bound.facts if bound else RuleSetFacts(year, ())
        correct_by = self._calendar.add_workdays(self._today, facts.correction_workdays)
        if bound is None:
            return ReviewTerms(correct_by)
        return ReviewTerms(correct_by, facts.min_speakers, wanted_kinds(facts))


def wanted_kinds(facts: RuleSetFacts) -> frozenset[str]:
    """The kinds of evidence the rule asks of every session; none where it is off."""
    for rule in facts.rules:
        if rule.key == SESSION_FILE and rule.enabled:
            return Params.of(rule, facts.year).words("required_kinds")
    return frozenset()


@receiver(review_book_asked, dispatch_uid="review_book")
def book(years: Collection[int], today: dt.date, **_: Any) -> CountyBook:
    """Everything a page of reviews asks."""
    return CountyBook(years, today)
