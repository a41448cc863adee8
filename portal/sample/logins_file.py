"""The sample's sign-ins, kept beside its data so that every start can print them again."""

import secrets
from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _

NAME = "sample-logins.txt"


def new_password() -> str:
    """A password of this installation alone, good enough for the strictest of its roles."""
    return f"Qs-{secrets.token_hex(3)}-{secrets.token_hex(3)}"


def keep(folder: Path, password: str, lines: Sequence[str]) -> None:
    """Writes who may sign in with the password; readable by the owner of the folder only."""
    file = folder / NAME
    file.touch(mode=0o600)
    head = _("示例账号（密码均为 %(password)s）：") % {"password": password}
    file.write_text("\n".join([head, *(f"  {line}" for line in lines), ""]), encoding="utf-8")


def kept(folder: Path) -> list[str]:
    """The lines written; none where no sample with sign-ins was loaded."""
    file = folder / NAME
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []
