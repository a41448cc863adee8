"""The sections of the half-year and the annual report: the one place that names them.

They follow the reports that units really write (opening, situation, practice, results, problems,
next steps); what is required is what reports are returned for when it is missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from sessions.models import UnitReport

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Kind = UnitReport.Kind
BOTH = frozenset({Kind.HALF_YEAR, Kind.ANNUAL})


@dataclass(frozen=True)
class Section:
    """A section: its key in the stored text, and what its page says of it.

    ``required`` are the kinds of report that are incomplete without it; ``required_of`` adds
    unit categories (codes) whose reports always need it. ``hints`` replaces the help text for a
    category.
    """

    key: str
    heading: "StrOrPromise"
    help_text: "StrOrPromise"
    required: frozenset[UnitReport.Kind] = frozenset()
    required_of: frozenset[str] = frozenset()
    hints: Mapping[str, "StrOrPromise"] = field(default_factory=dict)
    rows: int = 6

    def is_required(self, kind: str, category: str) -> bool:
        return kind in self.required or category in self.required_of

    def hint(self, category: str) -> "StrOrPromise":
        return self.hints.get(category, self.help_text)


SECTIONS: tuple[Section, ...] = (
    Section(
        "opening",
        _("前言"),
        _("一段话：在谁的领导和指导下、根据什么通知要求报告。可以不写。"),
        rows=3,
    ),
    Section(
        "situation",
        _("基本情况"),
        _("学了哪些内容、以什么形式学。次数、天数、参学率由系统统计，不必手填。"),
        required=BOTH,
        hints={
            "township": _(
                "党委中心组学了哪些内容、以什么形式学，是否纳入党建工作责任制和意识形态工作"
                "责任制。次数、天数、参学率由系统统计，不必手填。"
            ),
        },
    ),
    Section(
        "practice",
        _("主要做法及特色"),
        _("制度、计划、责任、形式上的做法，有什么特色。"),
        required=BOTH,
        hints={
            "research_office": _("学习与课题研究、服务决策怎样结合，形式上有什么特色。"),
        },
    ),
    Section(
        "results",
        _("成果转化"),
        _("学习怎样推动工作，形成了哪些措施和调研成果。批示、刊发只作记录，不计分。"),
        required=frozenset({Kind.ANNUAL}),
        required_of=frozenset({"research_office"}),
        hints={
            "research_office": _(
                "课题、调研报告及其采纳转化情况。批示、内参、刊发只作记录，不计分，"
                "涉密和未公开的内容不得填写。"
            ),
        },
    ),
    Section(
        "problems",
        _("存在的问题"),
        _("实事求是，写具体问题，不照抄别处的话。"),
        required=BOTH,
    ),
    Section(
        "next_steps",
        _("下一步打算"),
        _("针对问题写下一步怎么做；年度总结的打算可以成为下年计划的项目。"),
        required=BOTH,
    ),
)


def missing_sections(kind: str, category: str, texts: Mapping[str, str]) -> list[Section]:
    """The required sections that have no text yet, in order."""
    return [
        section
        for section in SECTIONS
        if section.is_required(kind, category) and not texts.get(section.key, "").strip()
    ]
