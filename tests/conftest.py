import pytest
from hypothesis import settings

# Machines differ in speed; only benchmarks judge time.
settings.register_profile("portal", deadline=None)
settings.load_profile("portal")


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
