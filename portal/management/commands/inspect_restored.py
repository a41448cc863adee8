"""Looks at restored data from within; run by the trial on a copy, never by hand."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.backups.inspecting import inspect
from portal.backups.trial import ANSWER, SCRATCH


class Command(BaseCommand):
    help = "由试恢复调用：检查恢复出的副本能否使用。不能在正式数据上运行。"

    def handle(self, *args: Any, **options: Any) -> None:
        if not Path(settings.VAR_DIR).name.startswith(SCRATCH):
            raise CommandError(_("这个命令会改账号密码，只由试恢复在副本上运行。"))
        finding = inspect(now=timezone.now())
        self.stdout.write(ANSWER + json.dumps(finding.told(), ensure_ascii=False))
