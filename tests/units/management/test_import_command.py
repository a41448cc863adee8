import io
from datetime import date

import pytest
from django.core.management import call_command

from tests.acceptance.county import SAMPLES, make_county

pytestmark = pytest.mark.django_db

LEDGER = str(SAMPLES / "乡镇台账-白水镇.xlsx")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("screen", [Terminal, io.StringIO])
def test_a_terminal_sees_what_is_being_done(screen):
    make_county()
    errors = screen()
    call_command(
        "import_ledger",
        LEDGER,
        unit="QS001",
        with_roster=True,
        on=date(2026, 10, 31),
        stderr=errors,
    )
    assert ("正在核对" in errors.getvalue()) is (screen is Terminal)
