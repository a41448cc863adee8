"""A county with rules, two units that study, and somebody for every role."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.test import Client

from tests.portal.county import County, make_county
from tests.reports.records import make_entry, make_rules, make_session

JUNE = dt.date(2026, 6, 30)


def make_studying_county(*, members: int = 4, rules: bool = True) -> County:
    """甲局 (own) has studied twice, 乙局 (sister) once with a theme of its own."""
    county = make_county()
    if rules:
        make_rules()
    for unit, name in ((county.own, "甲员"), (county.sister, "乙员")):
        for number in range(members):
            make_entry(unit, f"{name}{number}", role="member" if number else "leader")
    make_session(county.own, "2026-03-10", form="discussion", speakers=2, theme="春耕备耕")
    make_session(county.own, "2026-04-08", statuses=["absent"], theme="防汛抗旱")
    make_session(county.sister, "2026-03-11", theme="乙局自己的主题")
    return county


def browser_of(county: County, who: str) -> Client:
    browser = Client()
    browser.force_login(county[who])
    browser.get("/help/")
    return browser


def on_the_day(monkeypatch: pytest.MonkeyPatch, day: dt.date = JUNE) -> None:
    """The pages believe it is that day."""
    clock = SimpleNamespace(localdate=lambda: day)
    for pages in ("compliance", "overview"):
        monkeypatch.setattr(f"reports.{pages}.views.timezone", clock)
