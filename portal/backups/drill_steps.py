"""What a drill does from within the portal it is about. Never on data in use."""

import hashlib
import secrets
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, OneTimeLink, SignIn
from portal.backups.signing_in import signs_in, somebody
from portal.models import BackupRun
from reports.models import Delivery, MailSchedule
from sessions.evidence import storage
from sessions.models import Evidence
from units.models import ApiToken

PIECE = 100_000
ACTION = "drill.commit"
# What a restore changes on purpose (see portal/backups/aftermath.py), and its own records.
SETTLED = frozenset(
    {AuditEvent, ApiToken, BackupRun, Delivery, MailSchedule, OneTimeLink, Session, SignIn}
)


def fill(number: int, _password: str) -> int:
    """Gives so many pieces of evidence a file; how many there were."""
    now = timezone.now()
    pieces = Evidence.objects.filter(file="").order_by("pk")[:number]
    for piece in pieces:
        data = secrets.token_bytes(PIECE)
        piece.file.name = storage.keep(data, ".pdf", now)
        piece.size, piece.sha256 = len(data), hashlib.sha256(data).hexdigest()
        piece.save()
    return len(pieces)


def write(number: int, _password: str) -> int:
    """Commits so many lines of the trail, one by one; how many were acknowledged."""
    for _line in range(number):
        audit.record(action=ACTION, at=timezone.now())
    return number


def count(_number: int, _password: str) -> int:
    return AuditEvent.objects.filter(action=ACTION).count()


def digest(_number: int, _password: str) -> dict[str, str]:
    """A checksum of every row of each table but those a restore changes on purpose."""
    told = {}
    for model in apps.get_models(include_auto_created=True):
        if model not in SETTLED:
            summed = hashlib.sha256()
            for row in model._base_manager.order_by("pk").values_list().iterator():
                summed.update(repr(row).encode())
            told[model._meta.db_table] = summed.hexdigest()
    return told


def sign_in(_number: int, password: str) -> bool:
    user = somebody(timezone.now())
    return user is not None and signs_in(user, password)


STEPS: dict[str, Callable[[int, str], Any]] = {
    step.__name__: step for step in (fill, write, count, digest, sign_in)
}
