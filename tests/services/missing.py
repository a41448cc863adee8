"""What the machine lacks is named at the end of the run, and is a failure where CI=true."""

import os
from typing import NoReturn

import pytest

MISSING: dict[str, str] = {}


def missing_service(name: str, remedy: str) -> NoReturn:
    """Skips the test for want of a program; under CI=true it fails instead."""
    MISSING[name] = remedy
    sentence = f"{name} is missing: {remedy}"
    if os.environ.get("CI") == "true":
        pytest.fail(sentence)
    pytest.skip(sentence)
