import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import DataError, IntegrityError, OperationalError

from portal.logs.errors import brief, steps

UNIQUE = (
    'duplicate key value violates unique constraint "user_email"\nDETAIL:  Key (email)=(z@x.cn)'
)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ValueError("测甲"), "ValueError"),
        (ValidationError("测甲"), "ValidationError"),
        (DataError('invalid input syntax: "测甲"'), "DataError"),
        (IntegrityError(UNIQUE), f"IntegrityError: {UNIQUE.splitlines()[0]}"),
        (OperationalError("connection refused"), "OperationalError: connection refused"),
        (FileNotFoundError(2, "No such file", "/x/测甲.xlsx"), "FileNotFoundError: No such file"),
        (OSError("测甲"), "OSError"),
        (ImproperlyConfigured("请设置 SECRET_KEY。"), "ImproperlyConfigured: 请设置 SECRET_KEY。"),
    ],
)
def test_an_error_is_told_in_words_that_hold_no_data(error, said):
    assert brief(error) == said


def test_the_first_cause_stands_first_with_the_way_it_took():
    def fail() -> None:
        try:
            int("测甲")
        except ValueError as error:
            raise RuntimeError("测乙") from error

    with pytest.raises(RuntimeError) as caught:
        fail()
    told = steps(caught.value)
    assert [line for line in told if not line.startswith(" ")] == ["ValueError", "RuntimeError"]
    assert told[-1].startswith("  tests/portal/logs/test_errors.py:")
    assert told[-1].endswith(" fail")
