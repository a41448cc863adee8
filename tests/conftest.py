import os
from collections import Counter

import pytest
from django.test import TransactionTestCase
from hypothesis import settings

# One browser a process: Playwright cannot be started a second time beside the first.
from tests.services.browser import chromium, page
from tests.services.migrated import (
    django_db_modify_db_settings,
    migrated_file,
    migrated_template,
    shared_folder,
)

__all__ = [
    "chromium",
    "django_db_modify_db_settings",
    "migrated_file",
    "migrated_template",
    "page",
    "shared_folder",
]

# Machines differ in speed; only benchmarks judge time.
settings.register_profile("portal", deadline=None)
settings.load_profile("portal")

# What takes long, longest first. Of two processes the one that began it last would end alone.
LONG = (
    "portal/deployment/test_install.py",
    "portal/access/test_mutants.py",
    "portal/access/test_odd_input.py",
    "portal/access/test_policy.py",
    "portal/embedded/test_launcher.py",
    "portal/browser/test_sign_in.py",
    "acceptance/test_killed_workers.py",
    "faults/test_smoke.py",
    "portal/backups/test_commands.py",
    "portal/test_settings.py",
    "portal/backups/test_drill.py",
    "portal/sample/test_demo.py",
    "portal/embedded/test_worker.py",
    "portal/browser/test_papers.py",
    "acceptance/test_mail_months.py",
    "reports/standings/test_kept.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks `once` what need not run on a second database: it asks none, or drives a browser."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if not _asks_the_database(item) or "chromium" in fixtures:
            item.add_marker("once")
    if "PYTEST_XDIST_WORKER" in os.environ:
        _begin_with_the_longest(items)


def _asks_the_database(item: pytest.Item) -> bool:
    cls = getattr(item, "cls", None)
    return item.get_closest_marker("django_db") is not None or (
        isinstance(cls, type) and issubclass(cls, TransactionTestCase)
    )


def _begin_with_the_longest(items: list[pytest.Item]) -> None:
    """Sorts the modules, not what is in them: those of LONG, then those of most tests."""
    tests = Counter(item.path for item in items)
    ranks = {item.path: _rank(item) for item in items}
    items.sort(key=lambda item: (ranks[item.path], -tests[item.path], item.path))


def _rank(item: pytest.Item) -> int:
    name = item.path.relative_to(item.config.rootpath / "tests").as_posix()
    return LONG.index(name) if name in LONG else len(LONG)


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
