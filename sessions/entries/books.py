"""The two kinds of entries, each with its words, its form and its addresses."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from sessions.entries.forms import EntryForm, OutcomeForm, PersonalRecordForm
from sessions.entries.services import Entry
from sessions.models import Outcome, PersonalRecord

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Book:
    """``key`` begins the names of the routes and of the audit trail's actions."""

    key: str
    model: type[Entry]
    form: type[EntryForm]
    title: "StrOrPromise"
    who: "StrOrPromise"
    name: "StrOrPromise"
    note: "StrOrPromise"

    @property
    def rows(self) -> Any:
        return self.model.objects.all()

    @property
    def kinds(self) -> list[tuple[str, Any]]:
        return list(self.model.Kind.choices)


PERSONAL = Book(
    "personal",
    PersonalRecord,
    PersonalRecordForm,
    _("个人学习"),
    _("成员"),
    _("题目"),
    _(
        "心得体会和调研报告按现行规则计篇数；自学只作登记。不要求上传笔记，不统计学习时长，"
        "都不计分、不排名。"
    ),
)
OUTCOMES = Book(
    "outcome",
    Outcome,
    OutcomeForm,
    _("学习成果"),
    _("完成人"),
    _("成果名称"),
    _(
        "课题、批示、内参、文章、获奖、转化举措和外部考核评价结果只作登记备查，一律不计分、不排名："
        "按整治形式主义为基层减负的规定，领导批示、文章刊发等不得作为考核内容。"
    ),
)
