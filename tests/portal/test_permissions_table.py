from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from portal.permissions_table import permissions_table
from units.access.roles import Role
from units.access.rules import Policy, Rule, own_unit


def test_the_table_in_the_documentation_is_the_policy():
    call_command("permissions_table", "--check")


def test_a_table_that_is_not_fresh_is_refused(tmp_path: Path):
    path = tmp_path / "permissions.md"
    call_command("permissions_table", str(path))
    path.write_text(path.read_text("utf-8").replace("—", "✓", 1), "utf-8")
    with pytest.raises(CommandError, match="make docs"):
        call_command("permissions_table", "--check", str(path))


def test_a_row_names_scope_and_states():
    rule = Rule("修改学习记录", own_unit(Role.CLERK), states=frozenset({"draft", "returned"}))
    row = permissions_table(Policy({("session_edit", "POST"): rule})).splitlines()[-1]
    assert "修改学习记录（限：草稿、" in row
    assert row.count("本单位") == 1
    assert row.count("—") == 7
