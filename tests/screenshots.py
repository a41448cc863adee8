"""Pictures of the main pages: ``python -m tests.screenshots [FOLDER]`` (docs/screenshots).

Shows a sample county in a temporary folder whose clock stands at one morning, so that a picture
changes only when its page does. Needs Chromium.
"""

import io
import logging
import os
import re
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import time_machine
from celery import current_app
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, sync_playwright

from tests.services.browser import FLAGS, spills
from tests.units.spreadsheets.workbooks import make_workbook

FOLDER = Path(__file__).parent.parent / "docs" / "screenshots"
NOW = "2026-11-05T10:00:00+08:00"
UNITS = 24
PASSWORD = "Qs-abc-123-def"
CLERK, AUDITOR, ADMIN, SECURITY = "clerk-qs001", "auditor", "admin", "secauditor"
UNIT = "QS001"
# The window's width: the least and the most height of a picture.
SIZES = {1366: (700, 1000), 390: (700, 1500)}
MOST_BYTES = 90_000

LEDGER = (
    ["学习时间", "学习主题", "学习形式", "学习内容", "应到", "实到"],
    [date(2025, 3, 6), "学习宪法", "集体研讨", "宪法序言和总纲", 6, 6],
    ["四月上旬", "学习党章", "集中学习", "党章总纲", 6, 6],
    [date(2025, 5, 9), "学习纪律处分条例", "集中学习", "条例总则", 6, 6],
    [date(2025, 6, 12), "", "集体研讨", "全面推进乡村振兴", 6, 6],
)

Visit = Callable[[Page], None]


def show(page: Page, address: str) -> None:
    """Opens an address; an error page is no picture for the documents."""
    answer = page.goto(address)
    if answer is None or not answer.ok:
        sys.exit(f"{address} was not shown: {answer and answer.status}")


def to(address: str) -> Visit:
    return lambda page: show(page, address)


def first_in(address: str, pattern: str) -> Visit:
    """Opens what the first matching link of a list leads to, whatever its number is."""

    def visit(page: Page) -> None:
        show(page, address)
        found = page.locator("main a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
        show(page, next(each for each in found if re.fullmatch(pattern, each)))

    return visit


def checked_ledger(page: Page) -> None:
    """A ledger with two faults, uploaded and not yet taken."""
    show(page, "/ledger/import/")
    workbook: FilePayload = {
        "name": "2025年学习台账.xlsx",
        "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "buffer": make_workbook(LEDGER),
    }
    page.set_input_files("input[type=file]", files=[workbook])
    page.get_by_role("button", name="上传并检查").click()
    page.wait_for_url(re.compile(r"/ledger/imports/\d+/"))


def returning(page: Page) -> None:
    """The session that waits longest, with the form to return it opened."""
    show(page, "/reviews/")
    page.get_by_role("link", name="从第一件开始").click()
    page.locator("summary", has_text="退回").click()


def compared(page: Page) -> None:
    """The draft of the rules, tried on the records."""
    first_in("/rules/", r"/rules/\d+/")(page)
    page.get_by_role("link", name="试算").first.click()
    page.wait_for_url("**/trial/")


def figures_of_a_report(page: Page) -> None:
    first_in("/unit-reports/", r"/unit-reports/\d+/")(page)
    show(page, f"{page.url}figures/")


# Who sees it: the name of the picture, and how to get there.
VISITS: dict[str | None, dict[str, Visit]] = {
    None: {"sign-in": to("/sign-in/")},
    CLERK: {
        "unit-home": to("/"),
        "session-form": to("/sessions/new/"),
        "session-list": to("/sessions/"),
        "session-detail": first_in("/sessions/?form=discussion", r"/sessions/\d+/"),
        "plan": first_in("/plans/", r"/plans/\d+/"),
        "roster": to("/roster/"),
        "make-ups": to("/makeups/?step=done"),
        "import": checked_ledger,
        "report-figures": figures_of_a_report,
        "archive": to("/archive/"),
        "forms": to("/forms/"),
        "help": to("/help/"),
    },
    AUDITOR: {
        "overview": to("/overview/"),
        "drill-down": to(f"/overview/{UNIT}/monthly_sessions/2026-10/"),
        "trend": to("/overview/trend/"),
        "review": returning,
        "closing": first_in("/closings/", r"/closings/\d+/"),
    },
    ADMIN: {
        "county-home": to("/"),
        "unit-compliance": to(f"/units/{UNIT}/compliance/"),
        "rule-edit": to("/rules/2/edit/"),
        "rule-trial": compared,
        "report-centre": to("/exports/"),
        "mail-run": first_in("/mails/", r"/mails/runs/\d+/"),
        "archives": to("/archives/"),
        "circular": first_in("/circulars/", r"/circulars/\d+/"),
        "assessment": first_in("/assessments/", r"/assessments/\d+/"),
        "turn": to("/turn/"),
    },
    SECURITY: {"audit-trail": to("/trail/")},
}


def close(month: int) -> Visit:
    def visit(page: Page) -> None:
        show(page, f"/closings/preview/?month=2026-{month:02}")
        page.get_by_role("button", name=f"2026年{month}月封账").click()
        page.wait_for_url(re.compile(r"/closings/\d+/"))

    return visit


def begin_circular(page: Page) -> None:
    show(page, "/circulars/")
    page.get_by_role("button", name="起草", exact=True).first.click()
    page.wait_for_url(re.compile(r"/circulars/\d+/"))


def begin_assessment(page: Page) -> None:
    show(page, "/assessments/new/?year=2026")
    page.get_by_role("button", name="建草稿").click()
    page.wait_for_url(re.compile(r"/assessments/\d+/"))


def draft_rules(page: Page) -> None:
    """A new version that asks for more sessions a year, not published."""
    show(page, "/rules/new/")
    page.get_by_role("button", name="建草稿").click()
    page.wait_for_url("**/edit/")
    page.locator("summary", has_text="全年集中学习次数").click()
    page.get_by_label("全年次数").fill("16")
    page.get_by_role("button", name="保存草稿").click()


def ask_for_reports(page: Page) -> None:
    for kind in ("汇总表", "学习台账"):
        show(page, "/exports/")
        page.get_by_role("radio", name=kind).check()
        page.get_by_role("button", name="生成").click()
        page.wait_for_load_state()


def queue_mails(page: Page) -> None:
    """The month's mails, one of them held."""
    show(page, "/mails/upcoming/?run=monthly&period=2026-10")
    page.get_by_role("button", name="立即发送").click()
    page.wait_for_url(re.compile(r"/mails/runs/\d+/"))
    page.get_by_role("checkbox", name=re.compile("^选择 ")).nth(2).check()
    page.get_by_role("button", name="暂缓所选").click()
    page.wait_for_load_state()


def return_one_of_october(page: Page) -> None:
    show(page, "/reviews/?month=2026-10")
    page.locator("main tbody a").first.click()
    page.locator("summary", has_text="退回").click()
    page.get_by_label("补充说明").fill("主题请写明所学篇目。")
    page.get_by_label("学习主题").check()
    page.get_by_role("button", name="确定退回").click()
    page.wait_for_load_state()


WORK: dict[str, list[Visit]] = {
    ADMIN: [
        close(6),
        close(10),
        begin_circular,
        begin_assessment,
        draft_rules,
        ask_for_reports,
        queue_mails,
    ],
    AUDITOR: [return_one_of_october],
}


def work(browser: Browser, address: str) -> None:
    """What the department does before its pages are photographed."""
    for username, steps in WORK.items():
        page = browser.new_page(base_url=address, locale="zh-CN")
        sign_in(page, username)
        for step in steps:
            step(page)
        page.close()
    for name, args in (("run_job", (1,)), ("run_job", (2,)), ("send_chunk", ())):
        current_app.tasks[f"reports.tasks.{name}"](*args)


@contextmanager
def portal(folder: Path) -> Iterator[str]:
    """The sample county, served from a folder; yields its address."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}",
        "VAR_DIR": str(folder),
        "SECRET_KEY": "secret-of-the-screenshots",
        # Playwright keeps an event loop in the thread that works off the queue.
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
    }
    application = get_wsgi_application()
    current_app.loader.import_default_modules()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_sample", units=UNITS, with_logins=PASSWORD, stdout=io.StringIO())
    logging.getLogger("django.server").setLevel(logging.ERROR)
    server = ThreadedWSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
    server.set_app(application)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


def sign_in(page: Page, username: str) -> None:
    show(page, "/sign-in/")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/")


def small_png(picture: bytes) -> bytes:
    """With as many colours as `MOST_BYTES` allow."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as image:
        for colours in (128, 64, 32, 16):
            out = io.BytesIO()
            few = image.convert("RGB").quantize(colours, dither=Image.Dither.NONE)
            few.save(out, "PNG", optimize=True)
            if out.tell() <= MOST_BYTES:
                break
    return out.getvalue()


def picture_of(page: Page, width: int) -> bytes:
    """The page from its top; what sticks to the window's foot stands at the picture's."""
    least, most = SIZES[width]
    page.set_viewport_size({"width": width, "height": least})
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": min(height, most)})
    return page.screenshot(animations="disabled", caret="hide")


def photograph(browser: Browser, address: str, width: int, folder: Path) -> None:
    """Every page at one width of the window."""
    for username, visits in VISITS.items():
        context = browser.new_context(
            base_url=address, viewport={"width": width, "height": SIZES[width][0]}, locale="zh-CN"
        )
        page = context.new_page()
        if username:
            sign_in(page, username)
        for name, visit in visits.items():
            visit(page)
            page.wait_for_load_state("networkidle")
            data = small_png(picture_of(page, width))
            (folder / f"{name}-{width}.png").write_bytes(data)
            remark = "  wider than the window" if spills(page) else ""
            sys.stdout.write(f"{name}-{width}.png  {len(data) / 1000:.0f} KB{remark}\n")
        context.close()


def main() -> None:
    """Writes the pictures of `VISITS` at each of `SIZES`."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    program = shutil.which("chromium")
    if program is None:
        sys.exit("Chromium is missing: install Debian's package chromium")
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="portal-screenshots-") as var,
        time_machine.travel(NOW),
        portal(Path(var)) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        work(browser, address)
        for width in SIZES:
            photograph(browser, address, width, folder)
        browser.close()


if __name__ == "__main__":
    main()
