"""The rules there are: one entry for each stable key, with every parameter explained.

Forms, the handbook and validation read this table; what a rule computes is in its family.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from reports.rules.facts import RuleFacts
from reports.rules.words import ADVISORY, PARTICIPATION, REQUIRED

COUNT: Final = "count"
RATE: Final = "rate"
DATE: Final = "date"
DAYS: Final = "days"
WORKDAYS: Final = "workdays"
KINDS: Final = "kinds"
MEASURE: Final = "measure"
PARAM_KIND_LABELS: Final[dict[str, str]] = {
    COUNT: "正整数",
    RATE: "大于 0、不超过 1 的小数",
    DATE: "日期（默认值写作“月-日”，落在规则所属年度）",
    DAYS: "自然日数",
    WORKDAYS: "工作日数",
    KINDS: "材料种类",
    MEASURE: "到会率或参学率",
}

SESSIONS: Final = "sessions"
RATES: Final = "rates"
QUOTAS: Final = "quotas"
DOCUMENTS: Final = "documents"
FOLDED: Final = "folded"
TOPICS: Final = "topics"
FAMILY_LABELS: Final[dict[str, str]] = {
    SESSIONS: "学习次数和天数",
    RATES: "到会率和参学率",
    QUOTAS: "个人任务",
    DOCUMENTS: "文件报送",
    FOLDED: "逐次事项（按年汇总）",
    TOPICS: "必学内容",
}

MONTHLY_SESSIONS: Final = "monthly_sessions"
QUARTERLY_DISCUSSIONS: Final = "quarterly_discussions"
ANNUAL_SESSIONS: Final = "annual_sessions"
ANNUAL_DAYS: Final = "annual_days"
ATTENDANCE_RATE: Final = "attendance_rate"
SPEECHES_PER_MEMBER: Final = "speeches_per_member"
REFLECTIONS_PER_MEMBER: Final = "reflections_per_member"
RESEARCH_PER_MEMBER: Final = "research_per_member"
REPORTED_ON_TIME: Final = "reported_on_time"
MAKEUPS_DONE: Final = "makeups_done"
REQUIRED_TOPICS: Final = "required_topics"
PLAN_FILED: Final = "plan_filed"
HALF_YEAR_REPORT: Final = "half_year_report"
ANNUAL_REPORT: Final = "annual_report"
SESSION_FILE: Final = "session_file"

NATIONAL_RULE: Final = "《中国共产党党委（党组）理论学习中心组学习规则》"
COMMON_PRACTICE: Final = "各地实施办法的通行要求"


@dataclass(frozen=True, slots=True)
class ParamSpec:
    """A parameter: `default` is as stored in a rule set, a date without its year.

    `unit` is what a number counts; '' where the kind says so or there is none.
    """

    name: str
    kind: str
    default: int | str | tuple[str, ...]
    title: str
    text: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """One rule: its default weight in judgement, its parameters and where it comes from."""

    key: str
    title: str
    family: str
    severity: str
    params: tuple[ParamSpec, ...]
    requirement: str
    actual: str
    source: str
    enabled: bool = True
    points_allowed: bool = True


def _required(default: int, title: str, text: str, unit: str = "次") -> ParamSpec:
    return ParamSpec("required", COUNT, default, title, text, unit)


def _due(default: str) -> ParamSpec:
    return ParamSpec("due", DATE, default, "截止日期", "当日报送仍算按时，次日起算逾期。")


_SPECS: Final = (
    RuleSpec(
        PLAN_FILED,
        "年度计划报备",
        DOCUMENTS,
        REQUIRED,
        (_due("01-31"),),
        "在截止日期前报送年度学习计划",
        "有效报送日期；未报送或退回未重报时为空",
        f"{NATIONAL_RULE}关于年度学习计划的规定；截止日期按{COMMON_PRACTICE}",
    ),
    RuleSpec(
        MONTHLY_SESSIONS,
        "每月集中学习",
        SESSIONS,
        REQUIRED,
        (_required(1, "每月次数", "每个自然月应开展的集中学习次数。"),),
        "每月集中学习不少于规定次数",
        "当月计入的学习次数",
        COMMON_PRACTICE,
    ),
    RuleSpec(
        QUARTERLY_DISCUSSIONS,
        "每季集体研讨",
        SESSIONS,
        REQUIRED,
        (_required(1, "每季次数", "每个季度应开展的集体研讨次数。"),),
        "每季度集体研讨不少于规定次数",
        "当季计入的集体研讨次数",
        f"{NATIONAL_RULE}：集体学习研讨每季度不少于一次",
    ),
    RuleSpec(
        ANNUAL_SESSIONS,
        "全年集中学习次数",
        SESSIONS,
        REQUIRED,
        (_required(12, "全年次数", "全年应开展的次数；年中成立、撤销或有豁免月份的按月折算。"),),
        "全年集中学习不少于规定次数（按完整月份折算，向上取整）",
        "本年计入的学习次数",
        COMMON_PRACTICE,
    ),
    RuleSpec(
        ANNUAL_DAYS,
        "全年集中学习天数",
        SESSIONS,
        ADVISORY,
        (
            _required(
                12, "全年天数", "全年应学习的天数，两个半天为一天；折算办法同全年次数。", "天"
            ),
        ),
        "全年集中学习不少于规定天数（按完整月份折算，向上取整）",
        "本年计入学习的半天数之和除以 2",
        COMMON_PRACTICE,
        enabled=False,
    ),
    RuleSpec(
        ATTENDANCE_RATE,
        "到会率/参学率",
        RATES,
        REQUIRED,
        (
            ParamSpec("required", RATE, "0.90", "最低比率", "按分数精确比较，89.96% 不算 90%。"),
            ParamSpec("measure", MEASURE, PARTICIPATION, "口径", "参学率含已确认的补学。"),
            ParamSpec(
                "min_sessions",
                COUNT,
                3,
                "起算次数",
                "计入的学习达到这一次数后，低于标准才预警。",
                "次",
            ),
        ),
        "全年比率不低于规定标准",
        "［分子，应到基数］，单位为人次",
        COMMON_PRACTICE,
    ),
    RuleSpec(
        SPEECHES_PER_MEMBER,
        "每人重点发言",
        QUOTAS,
        ADVISORY,
        (_required(1, "每人次数", "每名在职成员全年应作重点发言的次数。"),),
        "每名成员全年重点发言不少于规定次数",
        "尚未完成的人数",
        COMMON_PRACTICE,
    ),
    RuleSpec(
        REFLECTIONS_PER_MEMBER,
        "每人心得体会",
        QUOTAS,
        ADVISORY,
        (_required(1, "每人篇数", "每名在职成员全年应提交的心得体会篇数。", "篇"),),
        "每名成员全年心得体会不少于规定篇数",
        "尚未完成的人数",
        COMMON_PRACTICE,
    ),
    RuleSpec(
        RESEARCH_PER_MEMBER,
        "每人调研报告",
        QUOTAS,
        ADVISORY,
        (_required(1, "每人篇数", "每名在职成员全年应提交的调研报告篇数。", "篇"),),
        "每名成员全年调研报告不少于规定篇数",
        "尚未完成的人数",
        COMMON_PRACTICE,
        enabled=False,
    ),
    RuleSpec(
        REPORTED_ON_TIME,
        "一学一报",
        FOLDED,
        ADVISORY,
        (ParamSpec("workdays", WORKDAYS, 5, "报送期限", "从学习最后一天起算，首次报送的期限。"),),
        "每次学习结束后在期限内首次报送",
        "逾期仍未报送的次数",
        COMMON_PRACTICE,
    ),
    RuleSpec(
        MAKEUPS_DONE,
        "补学按期完成",
        FOLDED,
        ADVISORY,
        (ParamSpec("days", DAYS, 30, "补学期限", "从学习当日起算，缺席人员完成补学的期限。"),),
        "每名缺席人员在期限内补学并经确认",
        "逾期仍未补学的人次",
        "补学制度的通行要求；期限由县（区）自定",
    ),
    RuleSpec(
        REQUIRED_TOPICS,
        "必学内容",
        TOPICS,
        ADVISORY,
        (),
        "在规定时间内至少安排一次与该内容关联的学习",
        "自起始日起与该内容关联的计入次数",
        f"{NATIONAL_RULE}关于学习内容的规定和县（区）学习提示",
    ),
    RuleSpec(
        HALF_YEAR_REPORT,
        "半年报告",
        DOCUMENTS,
        ADVISORY,
        (_due("07-10"),),
        "在截止日期前报送半年学习情况报告",
        "有效报送日期；未报送或退回未重报时为空",
        COMMON_PRACTICE,
    ),
    RuleSpec(
        ANNUAL_REPORT,
        "年度总结",
        DOCUMENTS,
        REQUIRED,
        (_due("12-20"),),
        "在截止日期前报送年度学习情况总结",
        "有效报送日期；未报送或退回未重报时为空",
        COMMON_PRACTICE,
    ),
    RuleSpec(
        SESSION_FILE,
        "一次一档",
        FOLDED,
        ADVISORY,
        (
            ParamSpec(
                "required_kinds", KINDS, ("minutes", "sign_in"), "必备材料", "缺一种即为不齐。"
            ),
            ParamSpec("workdays", WORKDAYS, 5, "归档期限", "从学习最后一天起算，材料齐备的期限。"),
        ),
        "每次计入的学习在期限内备齐规定材料",
        "逾期仍不齐备的次数",
        COMMON_PRACTICE,
    ),
)
RULES: Final[Mapping[str, RuleSpec]] = {spec.key: spec for spec in _SPECS}

LOCKED_ITEMS: Final[Mapping[str, str]] = {
    "photos": "照片数量",
    "study_notes": "学习笔记",
    "meeting_papers": "会议和文件数量",
    "instructions": "领导批示",
    "published_articles": "刊发文章",
}
"""What no county may score, by national rule (《整治形式主义为基层减负若干规定》)."""

LOCKED_EVIDENCE: Final = frozenset({"photo"})
"""Evidence a rule may not require while it carries points: that would score photos."""


def default_params(spec: RuleSpec, year: int) -> dict[str, int | str | tuple[str, ...]]:
    """The defaults of a rule's parameters for a year, dates in full ISO form."""
    return {
        param.name: f"{year:04d}-{param.default}" if param.kind == DATE else param.default
        for param in spec.params
    }


@dataclass(frozen=True, slots=True)
class Params:
    """The parameters of one rule in one year: what the rule set says, over the defaults."""

    values: Mapping[str, object]

    @classmethod
    def of(cls, rule: RuleFacts, year: int) -> "Params":
        """The rule's own values over the registry's; KeyError for a key not in the registry."""
        return cls({**default_params(RULES[rule.key], year), **rule.params})

    def number(self, name: str) -> int:
        """A whole number; ValueError or TypeError for anything else."""
        value = self.values[name]
        if not isinstance(value, int):
            raise TypeError(f"参数 {name} 应为整数。")
        return value

    def day(self, name: str) -> dt.date:
        """A date; ValueError for anything else."""
        return dt.date.fromisoformat(str(self.values[name]))

    def text(self, name: str) -> str:
        """A word or a decimal as text."""
        return str(self.values[name])

    def words(self, name: str) -> frozenset[str]:
        """A set of words."""
        value = self.values[name]
        if not isinstance(value, list | tuple | set | frozenset):
            raise TypeError(f"参数 {name} 应为列表。")
        return frozenset(str(word) for word in value)
