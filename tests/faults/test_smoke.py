"""Keeps the fault suite from rotting: every module loads, and the quick ones run very small.

The rest start workers or web servers of their own, which takes longer than a test may:
`make faults SCALE=0` runs all of them with their smallest numbers.
"""

import shutil
import subprocess
import sys

import pytest

from tests.faults.scenario import Measured, Outcome, Scenario, table
from tests.services.missing import missing_service
from tests.services.redis import BINARY

QUICK = ("senders killed", "ends of months", "clock jumps", "double submits")
LEAST = 20
"""Scenarios there are, so that none is forgotten in a module nobody lists."""


@pytest.fixture(scope="module")
def said() -> str:
    """What the suite prints for the quick scenarios, after the names of all."""
    if shutil.which(BINARY) is None:
        missing_service("Redis", f"install {BINARY}")
    command = [sys.executable, "-m", "tests.faults", "--scale", "0", "--list", "--only", *QUICK]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.once
def test_every_module_loads(said):
    assert sum(line.startswith("R") for line in said.splitlines()) >= LEAST


@pytest.mark.once
@pytest.mark.parametrize("name", QUICK)
def test_the_quick_ones_pass(said, name):
    [row] = [line for line in said.splitlines() if f" {name} | " in line][-1:]
    assert "| 0 | 0 | 0 |" in row
    assert "| pass |" in row


@pytest.mark.parametrize(
    "outcome", [Outcome("", duplicates=1), Outcome("", lost=1), Outcome("", errors=1)]
)
def test_one_of_anything_is_a_failure(outcome):
    assert not outcome.passed
    assert "FAIL" in table([Measured(Scenario("x", "R1", lambda *_: outcome), outcome, 1.0)])


def test_a_broken_expectation_is_told():
    outcome = Outcome("1 kill")
    outcome.expect(False, "a mail is falsely called sent")
    assert outcome.broken == ["a mail is falsely called sent"]
    assert not outcome.passed
