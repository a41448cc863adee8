"""Does the portal work on restored data? Asked in a process of its own, set up on a copy.

Nothing here may run on the data in use: it gives an account another password.
"""

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from accounts.audit import follow_chain
from accounts.heads import missing_heads, verdict
from accounts.lockout import release
from accounts.models import User
from accounts.passwords import set_password
from portal.backups.contents import contents_of, file_columns
from portal.backups.signing_in import signs_in, somebody


@dataclass(frozen=True)
class Finding:
    """``migrated``: the copy was older than the program and was brought up to it.

    ``faults`` are sentences, ``missing`` files that rows name and the media folder lacks.
    ``signed_in`` is whether an account could sign in; None if there is none that might.
    """

    migrated: bool
    lines: int
    missing: list[str]
    signed_in: bool | None
    faults: list[str]

    def told(self) -> dict[str, Any]:
        return asdict(self)


def inspect(*, now: datetime) -> Finding:
    """Migrations, audit trail, files, and a sign-in as over the network."""
    faults = []
    migrated = pending_migrations()
    if migrated:
        call_command("migrate", verbosity=0, interactive=False)
    if pending_migrations():
        faults.append(_("恢复出的数据库还有未执行的结构变更。"))
    chain, missing_lines = follow_chain(), missing_heads()
    if chain.broken_at is not None or missing_lines:
        faults += verdict(chain, missing_lines)
    user = somebody(now)
    signed_in = _can_sign_in(user, now) if user else None
    if signed_in is False:
        faults.append(_("在恢复出的数据上无法登录。"))
    return Finding(migrated, chain.lines, _missing_files(), signed_in, faults)


def pending_migrations() -> bool:
    """As `migrate --check` asks."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _missing_files() -> list[str]:
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        named = contents_of(cursor, tables, file_columns()).named
    return sorted(name for name in named if not (Path(settings.MEDIA_ROOT) / name).is_file())


def _can_sign_in(user: User, now: datetime) -> bool:
    """With a password of the trial's own: nobody's is known."""
    password = f"Trial-{secrets.token_urlsafe(24)}-7a"
    set_password(user=user, password=password, at=now)
    release(user.username)
    return signs_in(user, password)
