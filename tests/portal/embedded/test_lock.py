import os
import subprocess
import sys

import pytest

from portal.embedded.lock import FolderInUseError, FolderLock


def test_a_second_holder_is_refused_with_the_first_ones_number(tmp_path):
    FolderLock(tmp_path / "lock")
    with pytest.raises(FolderInUseError, match=f"{tmp_path} 正由另一个.*进程号 {os.getpid()}"):
        FolderLock(tmp_path / "lock")


def test_a_released_lock_can_be_taken_again(tmp_path):
    FolderLock(tmp_path / "lock").release()
    FolderLock(tmp_path / "lock").release()


def test_a_child_that_inherited_the_lock_keeps_it(tmp_path):
    lock = FolderLock(tmp_path / "lock")
    wait = [sys.executable, "-c", "input()"]
    with subprocess.Popen(wait, stdin=subprocess.PIPE, pass_fds=[lock.fileno()]) as child:
        lock.release()
        with pytest.raises(FolderInUseError):
            FolderLock(tmp_path / "lock")
        child.communicate(b"\n")
    FolderLock(tmp_path / "lock").release()
