"""What other programs said goes into logs and onto the operator's page: without rows."""

import pytest

from portal.backups import elsewhere, postgresql

DUMP = """pg_restore: while PROCESSING TOC:
pg_restore: error: COPY failed for table "units_member": ERROR:  duplicate key value
DETAIL:  Key (name)=(测甲) already exists.
CONTEXT:  COPY units_member, line 3: "7\t测甲"
"""
OUR_OWN = "SystemCheckError\nCommandError: 磁盘空间不足，没有写成。\n"
CRASH = """Traceback (most recent call last):
  File "x.py", line 1, in f
ValueError: 测甲
"""


def test_postgresqls_own_lines_are_kept():
    said = postgresql.complaint("pg_restore", DUMP)
    assert said == "\n".join(DUMP.splitlines()[:2])


@pytest.mark.parametrize(
    ("said", "kept"),
    [(OUR_OWN, "磁盘空间不足，没有写成。"), (CRASH, "ValueError: …"), ("", "")],
)
def test_of_a_command_the_sentence_is_kept(said, kept):
    assert elsewhere.complaint(said) == kept
