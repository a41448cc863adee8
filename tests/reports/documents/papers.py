"""Forms as hard to print as they come: long names, thirty people, sixty lines, a theme of 200."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from reports.documents.forms.feedback import feedback_paper
from reports.documents.forms.leave import leave_paper
from reports.documents.forms.makeups import makeup_paper
from reports.documents.forms.plan import plan_paper
from reports.documents.forms.record import record_paper
from reports.documents.forms.roster import roster_paper
from reports.documents.forms.sign_in import sign_in_paper
from reports.sitins.sheet import FeedbackSheet, blank_feedback
from sessions.makeups.rows import MakeupRow
from sessions.models import AnnualPlan, PlanItem
from sessions.printing.contents import RecordSheet, Said, SignInSheet
from sessions.printing.leave import LeaveSlip
from sessions.printing.sheets import SignLine, Turnout
from units.models import Person, RosterEntry

CREATED = datetime(2026, 12, 1, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
DAY = date(2026, 3, 5)
GROUP = "中共青石县经济技术开发区（高新技术产业园区）工作委员会理论学习中心组"
# Two hundred characters; the last stands nowhere else.
THEME = "深入学习领会全会精神，" * 18 + "等讫"
LONG_NAME = "阿卜杜热西提·买买提"


def hard_sign_in() -> bytes:
    lines = [SignLine(f"测{number}", "党组成员、副局长", "出席") for number in range(1, 30)]
    away = SignLine(
        LONG_NAME, "办公室主任", "请假", "上级会议（调训）", "参加专题培训班" * 3, "李甲"
    )
    took_part = Turnout([*lines, away], [line.name for line in lines], [LONG_NAME], leave=1)
    sheet = SignInSheet(GROUP, "2026年3月5日", "三楼", "李甲", THEME, (*lines, away), 30, took_part)
    return sign_in_paper(sheet, created=CREATED)


def hard_record() -> bytes:
    facts = (Said("学习时间", "2026年3月5日"), Said("地点"), Said("主持人"), Said("学习形式"))
    said = (Said("学习主题", THEME), Said("学习内容", "会议强调要认真学习。" * 250, is_tall=True))
    return record_paper(RecordSheet(GROUP, facts, said), created=CREATED)


def hard_leave() -> bytes:
    slip = LeaveSlip(
        GROUP, LONG_NAME, "主任", "成员", "2026年3月5日", THEME, "sick", "住院", "李甲"
    )
    return leave_paper([slip] * 3, created=CREATED)


def hard_makeups() -> bytes:
    rows = [
        MakeupRow(
            number, DAY, THEME, LONG_NAME, "副局长", "缺席", DAY, 0, DAY, "自学材料", DAY,
            "李甲", False,
        )
        for number in range(1, 26)
    ]  # fmt: skip
    return makeup_paper(rows, group=GROUP, chosen="待补学", created=CREATED)


def hard_plan() -> bytes:
    plan = AnnualPlan(year=2026, basis="根据学习规则制定。", approved_by="李甲", approved_on=DAY)
    items = [
        PlanItem(
            plan=plan,
            period=f"2026-{number % 12 + 1:02d}",
            topic=THEME if number == 3 else "学习宪法",
            form="discussion",
            is_discussion=True,
            state="postponed" if number == 5 else "planned",
            note="因防汛延期" if number == 5 else "",
        )
        for number in range(60)
    ]
    return plan_paper(plan, items, group=GROUP, created=CREATED)


def hard_roster(people: int = 30) -> bytes:
    entries = [
        RosterEntry(
            person=Person(name=LONG_NAME if number == 3 else f"测{number}"),
            post="县委副书记、开发区党工委书记、管委会主任" if number == 3 else "副局长",
            portfolio="分管农业农村、生态环境、安全生产工作，协助抓招商引资" if number == 3 else "",
            role="member",
            start_date=DAY,
            appointment_no="青组干〔2026〕12号",
        )
        for number in range(1, people + 1)
    ]
    return roster_paper(entries, group=GROUP, day=DAY, created=CREATED)


def hard_feedback() -> bytes:
    said = tuple((label, "个别发言准备不充分。" * 30) for label, _ in blank_feedback().said)
    sheet = FeedbackSheet(said, "青石县财政局", "2026年6月3日", THEME, "李甲", "30 / 28", "测听")
    return feedback_paper(sheet, created=CREATED)


HARD: dict[str, Callable[[], bytes]] = {
    "sign_in": hard_sign_in,
    "record": hard_record,
    "leave": hard_leave,
    "makeups": hard_makeups,
    "plan": hard_plan,
    "roster": hard_roster,
    "feedback": hard_feedback,
}
