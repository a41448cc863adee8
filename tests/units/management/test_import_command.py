import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import OutputWrapper

from tests.acceptance.county import SAMPLES, make_county
from tests.units.imports.factories import make_category
from tests.units.spreadsheets.workbooks import make_workbook
from units.management.progress import ProgressLine
from units.models import Unit

pytestmark = pytest.mark.django_db

UNIT_HEADER = ["单位编码", "单位名称", "单位类别", "党组织形式"]
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
    assert ("正在读取" in errors.getvalue()) is (screen is Terminal)
    assert ("100%" in errors.getvalue()) is (screen is Terminal)


def test_the_line_goes_when_the_command_ends():
    screen = Terminal()
    with ProgressLine(OutputWrapper(screen)) as line:
        line.step("写入", 1, 4)
        line.step("写入", 4, 4)
    shown = screen.getvalue().split("\r\x1b[K")
    assert [part.split() for part in shown[1:]] == [
        ["写入", f"[{'#' * 7}{'.' * 23}]", "25%", "1/4"],
        ["写入", f"[{'#' * 30}]", "100%", "4/4"],
        [],
    ]


def test_many_steps_are_shown_now_and_then():
    screen = Terminal()
    line = ProgressLine(OutputWrapper(screen))
    for done in range(100_000):
        line.step("核对", done, 100_000)
    assert screen.getvalue().count("核对") <= 201


def test_somebody_else_importing_the_same_is_said_clearly(monkeypatch, tmp_path):
    path = tmp_path / "units.xlsx"
    path.write_bytes(make_workbook([UNIT_HEADER, *(["QS009", "示例局", "局", "党组"],)]))
    make_category("bureau", "局")
    create = Unit.objects.create

    def meanwhile(**values):
        create(**values)
        return create(**values)

    monkeypatch.setattr(Unit.objects, "create", meanwhile)
    with pytest.raises(CommandError, match="没有写入任何内容") as refused:
        call_command("import_units", path)
    assert refused.value.returncode == 1
    assert not Unit.objects.exists()
