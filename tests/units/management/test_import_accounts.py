"""Accounts from a list: links for their owners, roles for nobody."""

import stat

import pytest
from django.core.management import CommandError, call_command

from accounts.models import AuditEvent, User
from tests.units.spreadsheets.workbooks import make_workbook
from units.imports.accounts import account_template
from units.models import Assignment, RoleProposal
from units.spreadsheets.templates import build

pytestmark = pytest.mark.django_db

HEADER = ["姓名", "用户名", "单位", "电子邮箱"]
FIRST, SECOND = ["测甲", "cejia", "示例镇", ""], ["测乙", "ceyi", "示例局", "yi@example.gov"]


@pytest.fixture
def take(tmp_path):
    """Imports rows; the lines of the links' file, none if there is no such file."""

    def take(*rows, **options) -> list[str]:
        path, links = tmp_path / "accounts.xlsx", tmp_path / "links.txt"
        path.write_bytes(make_workbook([HEADER, *rows]))
        links.unlink(missing_ok=True)
        try:
            call_command("import_accounts", path, links=links, **options)
        finally:
            assert not links.exists() or stat.S_IMODE(links.stat().st_mode) == 0o600
        return links.read_text().splitlines() if links.exists() else []

    return take


def test_everybody_gets_a_link_and_nobody_a_role(take, client):
    lines = [line.split("\t") for line in take(FIRST, SECOND)]
    assert [line[:3] for line in lines] == [
        ["示例镇", "测甲", "cejia"],
        ["示例局", "测乙", "ceyi"],
    ]
    assert client.get("/" + lines[0][3].split("/", 3)[3]).status_code == 200
    assert not any(user.has_usable_password() for user in User.objects.all())
    assert not Assignment.objects.exists()
    assert not RoleProposal.objects.exists()
    assert AuditEvent.objects.filter(action="account.create").count() == 2


def test_taken_again_only_who_is_new_gets_a_link(take):
    take(FIRST)
    assert len(take(FIRST, SECOND)) == 1


@pytest.mark.parametrize(
    "bad",
    [
        ["测丙", "CEJIA", "", ""],
        FIRST,
        ["测丙", "1c", "", ""],
        ["测丙", "", "", ""],
        ["", "cebing", "", ""],
        ["测丙", "cebing", "", "no address"],
    ],
)
def test_one_bad_row_and_nobody_is_invited(take, tmp_path, bad):
    with pytest.raises(CommandError, match="没有写入任何内容"):
        take(FIRST, bad)
    assert not User.objects.exists()
    assert not (tmp_path / "links.txt").exists()


def test_a_dry_run_invites_nobody(take):
    assert take(FIRST, dry_run=True) == []
    assert not User.objects.exists()


def test_links_overwrite_no_file(tmp_path):
    path, links = tmp_path / "accounts.xlsx", tmp_path / "links.txt"
    path.write_bytes(make_workbook([HEADER, FIRST]))
    links.write_text("kept")
    with pytest.raises(CommandError, match="写不了"):
        call_command("import_accounts", path, links=links)
    assert (links.read_text(), User.objects.count()) == ("kept", 0)


def test_the_blank_list_is_read_without_its_example(tmp_path, capsys):
    path = tmp_path / "accounts.xlsx"
    path.write_bytes(build(account_template()))
    call_command("import_accounts", path, links=tmp_path / "links.txt")
    assert "读取 0 个账号" in capsys.readouterr().out
