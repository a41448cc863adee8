"""The drill itself, as small as it gets: the acceptance of everything together."""

import pytest
from django.core.management import CommandError, call_command

from tests.portal.backups.portal import Portal


def test_a_lost_portal_comes_back_whole_and_lets_people_in(tmp_path):
    portal = Portal(tmp_path)
    portal.data.mkdir()
    said = portal.does("restore_drill", "--units=1", "--files=3", "--commits=5")
    assert "全部文件和表内容与备份时刻一致，登录成功" in said
    assert "5 笔没有恢复" in said
    assert not list(portal.folder.glob("backups*"))


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["restore_drill", "--step=write", "--number=1"], "临时数据"),
        (["inspect_restored"], "试恢复"),
    ],
)
def test_its_steps_refuse_data_in_use(command, said):
    with pytest.raises(CommandError, match=said):
        call_command(*command)
