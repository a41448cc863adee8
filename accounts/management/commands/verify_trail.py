"""Checks that nobody touched the audit trail; for a system timer or by hand."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.audit import follow_chain
from accounts.heads import missing_heads, verdict


class Command(BaseCommand):
    """Exit code 0 if the trail is whole, 1 with a sentence if it is not."""

    help = "校验审计日志：逐条核对校验链，并与每小时的留底（TRAIL_HEADS）对照。"

    def handle(self, *args: Any, **options: Any) -> None:
        chain, missing = follow_chain(), missing_heads()
        said = verdict(chain, missing)
        if chain.broken_at is not None or missing:
            raise CommandError("\n".join(said))
        self.stdout.write("\n".join(said))
