"""The scheme a county may start from: what counties take points off for, mapped to our rules.

Modelled on the assessment tables in use (plan, each missing month or quarter, required contents,
one report a session, half-year report, responsibility systems), with everything that can be
counted taken from the records and three items left to people. The sum is 100.
"""

from decimal import Decimal
from typing import Final, NamedTuple

from reports.models import AssessmentItem
from reports.rules import registry as rules

Kind, Evidence = AssessmentItem.Kind, AssessmentItem.Evidence
GRADE_WORDS: Final = ("优秀", "较好", "一般", "差")
DEFAULT_GRADES: Final = (("优秀", "90"), ("较好", "80"), ("一般", "60"), ("差", "0"))
TITLE: Final = "党委（党组）理论学习中心组学习考评方案"


class DefaultItem(NamedTuple):
    """An item as a scheme holds it; `rule` is '' for one that people judge."""

    project: str
    content: str
    points: str
    deduction: str
    standard: str
    evidence: str
    rule: str = ""


DEFAULT_ITEMS: Final = (
    DefaultItem(
        "计划制订", "年初制订年度学习计划并报备", "10", "10",
        "未在规定日期前报备的，扣完本项。", Evidence.PAPERS, rules.PLAN_FILED,
    ),
    DefaultItem(
        "集中学习", "每月至少开展一次集中学习", "20", "2",
        "每缺一个月扣2分，扣完为止。", Evidence.RECORDS, rules.MONTHLY_SESSIONS,
    ),
    DefaultItem(
        "集中学习", "全年集中学习达到规定次数", "5", "5",
        "未达到规定次数的，扣完本项。", Evidence.RECORDS, rules.ANNUAL_SESSIONS,
    ),
    DefaultItem(
        "集中学习", "全年到会率（参学率）达到规定标准", "10", "10",
        "低于规定标准的，扣完本项。", Evidence.RECORDS, rules.ATTENDANCE_RATE,
    ),
    DefaultItem(
        "集体研讨", "每季度至少开展一次集体研讨", "16", "4",
        "每缺一个季度扣4分，扣完为止。", Evidence.RECORDS, rules.QUARTERLY_DISCUSSIONS,
    ),
    DefaultItem(
        "学习内容", "按要求安排必学内容", "10", "2",
        "每缺一项必学内容扣2分，扣完为止。", Evidence.RECORDS, rules.REQUIRED_TOPICS,
    ),
    DefaultItem(
        "报告和归档", "一学一报", "5", "5",
        "有逾期仍未报送的，扣完本项。", Evidence.RECORDS, rules.REPORTED_ON_TIME,
    ),
    DefaultItem(
        "报告和归档", "报送半年报告", "3", "3",
        "未按期报送的，扣完本项。", Evidence.PAPERS, rules.HALF_YEAR_REPORT,
    ),
    DefaultItem(
        "报告和归档", "报送年度总结", "4", "4",
        "未按期报送的，扣完本项。", Evidence.PAPERS, rules.ANNUAL_REPORT,
    ),
    DefaultItem(
        "报告和归档", "一次一档，规定材料齐备", "5", "5",
        "有逾期仍不齐备的，扣完本项。", Evidence.FILES, rules.SESSION_FILE,
    ),
    DefaultItem(
        "报告和归档", "缺席人员按期补学", "2", "2",
        "有逾期仍未补学的，扣完本项。", Evidence.RECORDS, rules.MAKEUPS_DONE,
    ),
    DefaultItem(
        "责任落实", "中心组学习纳入党建工作责任制和意识形态工作责任制", "3", "0",
        "少一项扣1.5分。", Evidence.PAPERS,
    ),
    DefaultItem(
        "研讨质量", "研讨联系实际，发言有准备，讨论有交流", "4", "0",
        "根据列席旁听和会议记录评定。", Evidence.FILES,
    ),
    DefaultItem(
        "成果转化", "学习成果转化为工作思路和举措", "3", "0",
        "根据实地查看和座谈评定。", Evidence.VISIT,
    ),
)  # fmt: skip


def default_items() -> list[AssessmentItem]:
    """The default items, unsaved and without a scheme."""
    return [
        AssessmentItem(
            position=position,
            project=each.project,
            content=each.content,
            points=Decimal(each.points),
            deduction=Decimal(each.deduction),
            standard=each.standard,
            evidence=each.evidence,
            kind=Kind.DATA if each.rule else Kind.JUDGEMENT,
            rule=each.rule,
        )
        for position, each in enumerate(DEFAULT_ITEMS, start=1)
    ]
