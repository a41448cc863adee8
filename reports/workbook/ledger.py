"""The sheets that list what is on record: 学习台账 and 成员学习情况."""

from collections.abc import Iterator

from reports.workbook.data import RollupData, SessionRow, rate
from reports.workbook.spec import CellKind, ColumnSpec

Row = tuple[object, ...]
K = CellKind

LEDGER_COLUMNS = (
    ColumnSpec("序号", 6, K.INTEGER),
    ColumnSpec("单位", 18, K.WRAPPED),
    ColumnSpec("学习时间", 11, K.DATE),
    ColumnSpec("半天数", 5, K.INTEGER),
    ColumnSpec("地点", 12, K.WRAPPED),
    ColumnSpec("学习主题", 26, K.WRAPPED),
    ColumnSpec("学习内容", 30, K.WRAPPED),
    ColumnSpec("学习形式", 12, K.CENTRED),
    ColumnSpec("主持人", 8, K.CENTRED),
    ColumnSpec("重点发言人", 12, K.WRAPPED),
    ColumnSpec("应到", 5, K.INTEGER),
    ColumnSpec("实到", 5, K.INTEGER),
    ColumnSpec("请假", 5, K.INTEGER),
    ColumnSpec("缺席", 5, K.INTEGER),
    ColumnSpec("到会率", 9, K.PERCENT),
    ColumnSpec("补学人数", 6, K.INTEGER),
    ColumnSpec("列席人数", 6, K.INTEGER),
    ColumnSpec("对应计划", 16, K.WRAPPED),
    ColumnSpec("报送日期", 11, K.DATE),
    ColumnSpec("审核状态", 8, K.CENTRED),
)
MEMBER_COLUMNS = (
    ColumnSpec("序号", 6, K.INTEGER),
    ColumnSpec("单位", 24, K.WRAPPED),
    ColumnSpec("姓名", 10, K.CENTRED),
    ColumnSpec("职务", 28, K.WRAPPED),
    ColumnSpec("中心组职务", 11, K.CENTRED),
    ColumnSpec("应学次数", 9, K.INTEGER),
    ColumnSpec("实学次数", 9, K.INTEGER),
    ColumnSpec("补学次数", 9, K.INTEGER),
    ColumnSpec("到会率", 10, K.PERCENT),
    ColumnSpec("参学率", 10, K.PERCENT),
    ColumnSpec("重点发言(次)", 10, K.INTEGER),
    ColumnSpec("心得体会(篇)", 10, K.INTEGER),
    ColumnSpec("调研报告(篇)", 10, K.INTEGER),
)


def ledger_rows(data: RollupData) -> Iterator[Row]:
    """One row a session, as they come."""
    for number, session in enumerate(data.sessions, start=1):
        yield ledger_row(number, session)


def ledger_row(number: int, session: SessionRow) -> Row:
    """One session, numbered, under the columns of the ledger."""
    return (
        number,
        session.unit,
        session.date,
        session.half_days,
        session.place,
        session.theme,
        session.content,
        session.form,
        session.chair,
        session.speakers,
        session.due,
        session.present,
        session.leave,
        session.absent,
        rate(session.present, session.due - session.excluded),
        session.made_up,
        session.guests,
        session.plan_item,
        session.submitted_on,
        session.status,
    )


def member_rows(data: RollupData) -> Iterator[Row]:
    """One row a member, as they come."""
    for number, member in enumerate(data.members, start=1):
        yield (
            number,
            member.unit,
            member.name,
            member.post,
            member.role,
            member.base,
            member.present,
            member.made_up,
            rate(member.present, member.base),
            rate(member.present + member.made_up, member.base),
            member.key_speeches,
            member.reflections,
            member.research,
        )
