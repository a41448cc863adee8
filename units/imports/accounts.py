"""A list of people becomes accounts. Nobody gets a role here: that takes two persons (decision 9).

Who has an account already under the same name counts as unchanged and gets no second link.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.administering import create_account
from accounts.models import User
from units.administration.forms import AccountForm
from units.imports.report import ImportReport, ImportRun
from units.spreadsheets.reader import Sheet
from units.spreadsheets.tables import EXAMPLE_MARK, Column, Row
from units.spreadsheets.templates import Template, TemplateColumn
from units.spreadsheets.texts import plain

ACCOUNT_COLUMNS = (
    Column("full_name", ("姓名",), required=True),
    Column("username", ("用户名", "登录名", "账号"), required=True),
    Column("unit", ("单位", "单位名称")),
    Column("email", ("电子邮箱", "邮箱", "电子邮件")),
)


@dataclass(frozen=True)
class Invited:
    """A new account, the unit its row names, and the token by which its owner sets a password."""

    user: User
    unit: str
    token: str


def import_accounts(
    *, sheets: Iterable[Sheet], run: ImportRun
) -> tuple[ImportReport, list[Invited]]:
    """Creates an account for each row, all or nothing unless the run wants the good rows alone.

    Nobody is invited who was not written: the tokens of an import that was undone are not given.
    """
    report, invited = ImportReport(), list[Invited]()
    tables = report.tables_among(
        sheets,
        ACCOUNT_COLUMNS,
        one_of=[column.key for column in ACCOUNT_COLUMNS],
        without=_("没有找到账号名单的表头。"),
        advice=_("表头须在前 10 行内，有“姓名”“用户名”两列。"),
    )
    with transaction.atomic():
        for table in tables:
            report.take(table)
            if not table.is_complete:
                continue
            for row in run.followed(_("核对"), table.rows(), len(table.sheet.rows)):
                report.read += 1
                _take(row, report, invited, run.at)
        report.settle(run, action="import_accounts")
    return report, invited if report.written else []


def _take(row: Row, report: ImportReport, invited: list[Invited], at: datetime) -> None:
    said = {column.key: plain(row[column.key]) for column in ACCOUNT_COLUMNS}
    standing = User.objects.filter(username__iexact=said["username"]).first()
    if standing is not None and standing.full_name == said["full_name"]:
        if standing.pk in {each.user.pk for each in invited}:
            report.problems.append(row.problem("username", _("表中有两行相同的用户名。")))
            return
        report.unchanged += 1
        return
    form = AccountForm(said)
    if not form.is_valid():
        report.problems += [
            row.problem(key, str(error)) for key, errors in form.errors.items() for error in errors
        ]
        return
    user, token = create_account(at=at, **form.cleaned_data)
    audit.record(
        action="account.create",
        at=at,
        object_type=user._meta.label_lower,
        object_id=user.pk,
        after={"username": user.username, "full_name": user.full_name},
    )
    invited.append(Invited(user, said["unit"], token))
    report.created += 1


def account_template() -> Template:
    """The blank list of people."""
    return Template(
        sheet="账号名单",
        title="学习管理平台账号名单",
        columns=(
            TemplateColumn("姓名", _("一人一号，不要几人合用。"), "张示例", required=True),
            TemplateColumn(
                "用户名",
                _("登录用，建立后不能更改。以字母开头，例如姓名拼音。"),
                "zhangshili",
                required=True,
            ),
            TemplateColumn("单位", _("只用于分发链接，不授予任何角色。"), "青石县示例镇"),
            TemplateColumn("电子邮箱", _("只用于发送提醒邮件；可以不填。")),
            TemplateColumn("备注", _("可不填。"), EXAMPLE_MARK, width=30),
        ),
        guide=(
            _("列的先后可以调整，不用的列可以删去，列名请不要改。"),
            _("示例行不会导入，可以删去。"),
            _("重复导入同一份名单不会增加账号，也不会再给链接。"),
        ),
    )
