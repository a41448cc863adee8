from collections.abc import Sequence

import pytest
from django.test import TransactionTestCase
from hypothesis import settings

# One browser a process: Playwright cannot be started a second time beside the first.
from tests.services.browser import chromium, page

__all__ = ["chromium", "page"]

# Machines differ in speed; only benchmarks judge time.
settings.register_profile("portal", deadline=None)
settings.load_profile("portal")


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Marks `once` what need not run on a second database: it asks none, or drives a browser."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if not _asks_the_database(item) or "chromium" in fixtures:
            item.add_marker("once")


def _asks_the_database(item: pytest.Item) -> bool:
    cls = getattr(item, "cls", None)
    return item.get_closest_marker("django_db") is not None or (
        isinstance(cls, type) and issubclass(cls, TransactionTestCase)
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Names the programs for want of which tests were left out (see tests/services/missing.py)."""
    reasons = {
        report.longrepr[2].removeprefix("Skipped: ")
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple) and " is missing: " in report.longrepr[2]
    }
    if reasons:
        terminalreporter.section("left out on this machine")
        for reason in sorted(reasons):
            terminalreporter.line(reason)
