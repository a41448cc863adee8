"""The main job once, from an empty folder to workbook and mails, through a real worker."""

import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.embedded.lock import FolderInUseError
from portal.embedded.worker import WorkerError, running_worker
from portal.sample import logins_file, main_job
from portal.sample.main_job import MainJob, Watch
from portal.sample.writer import load_sample_county
from reports import planner
from reports.models import Delivery, Job
from units.models import Unit

LONGEST_SECONDS = 600.0


class Command(BaseCommand):
    help = "首次运行时装入示例县，然后完成最近一个整月的汇总表和月度邮件；可重复执行，邮件不重发。"
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--units",
            type=int,
            default=main_job.SAMPLE_UNITS,
            help="首次装入的示例单位数（默认 120）",
        )
        parser.add_argument(
            "--seconds",
            type=float,
            default=LONGEST_SECONDS,
            help="最多等待后台任务的秒数（默认 600）",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        self._set_up(options["units"])
        doing = self._start()
        self._wait(doing, options["seconds"])
        self._report(doing)

    def _set_up(self, units: int) -> None:
        if Unit.objects.exists():
            return
        if units < 1:
            raise CommandError("--units 必须是正整数。")
        request = main_job.request_for(timezone.localdate(), units=units)
        self._say(f"首次运行：装入示例县，{request.units} 个单位……")
        password = logins_file.new_password()
        logins = load_sample_county(request, password=password)
        logins_file.keep(settings.VAR_DIR, password, logins.lines())

    def _start(self) -> MainJob:
        root = next(iter(planner.roots()), None)
        month = main_job.last_full_month(root, timezone.localdate()) if root else None
        if root is None or month is None:
            raise CommandError("还没有可汇总的学习记录：请先导入单位、名册和台账。")
        try:
            doing = main_job.start(root, month, now=timezone.now())
        except planner.NotDueError as error:
            raise CommandError(str(error)) from error
        planned = doing.planned
        self._say(f"{month.label}：新排队邮件 {planned.queued} 封。")
        if planned.already:
            self._say(f"此前已排队 {planned.already} 封，不重复发送。")
        if planned.without_address:
            self._say(f"没有可用邮箱、不能发送的单位 {len(planned.without_address)} 个。")
        return doing

    def _wait(self, doing: MainJob, seconds: float) -> None:
        """A worker of our own, or the one of the portal that runs on this folder already."""
        watch = Watch(doing, clock=timezone.now, tell=self._tell)
        try:
            with running_worker() as worker:
                worker.wait_until(watch, seconds=seconds)
        except FolderInUseError:
            self._say("门户正在运行，由它的后台进程完成。")
            deadline = time.monotonic() + seconds
            while not watch():
                if time.monotonic() > deadline:
                    raise CommandError("后台任务未能按时完成，请查看门户的运行日志。") from None
                time.sleep(0.2)
        except WorkerError as error:
            raise CommandError(f"{error}。再次运行本命令即可继续，邮件不会重发。") from error
        finally:
            if sys.stderr.isatty():
                self.stderr.write("")

    def _report(self, doing: MainJob) -> None:
        """What came of it. Mails that only a person may send again are told, and no failure."""
        job, mails = doing.job, doing.mails
        if job.state != Job.State.DONE:
            raise CommandError(f"汇总表未能生成：{job.error or job.get_state_display()}")
        self._say(f"\n{doing.month.label}学习情况（截至 {doing.month.last.isoformat()}）")
        for line in main_job.standings_table(doing.root, doing.month.last):
            self._say(line)
        self._say(f"\n汇总表：{settings.EXPORTS_DIR / job.file}")
        sent = mails.get(Delivery.State.SENT, 0)
        where = f"：{settings.OUTBOX_DIR}/*.eml" if "outbox" in settings.EMAIL_BACKEND else ""
        self._say(f"邮件：已发 {sent} 封{where}")
        for state, number in sorted(mails.items()):
            if state != Delivery.State.SENT:
                self._say(f"　　　另有 {number} 封{Delivery.State(state).label}，见邮件台账。")
        for line in logins_file.kept(settings.VAR_DIR):
            self._say(line)

    def _tell(self, words: str) -> None:
        """Progress: one line that changes on a terminal, nothing in a log."""
        if sys.stderr.isatty():
            self.stderr.write(f"\r\x1b[K{words}", ending="")
            self.stderr.flush()

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()
