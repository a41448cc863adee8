"""What a report says of practice, results and problems, as far as the records tell.

批示, articles and awards are told as facts of the year; nothing here is scored.
"""

from collections.abc import Iterator

from reports.yearly.figures import Row, YearFigures
from reports.yearly.phrases import day, joined, listed, several
from reports.yearly.spans import ANNUAL, HALF_YEAR


def practice(figures: YearFigures) -> Iterator[str]:
    """主要做法: plan, the leader's part, problems solved."""
    yield _plan(figures)
    chaired = figures.chaired_by_leader.value
    if chaired:
        yield f"组长切实履行第一责任人责任，亲自主持集中学习{chaired}次。"
    if figures.problems_solved.value:
        solved = dict.fromkeys(row.note.rstrip("。；") for row in figures.problems_solved.rows)
        named = "；".join(list(solved)[:4]) + ("等" if len(solved) > 4 else "")
        number = figures.problems_solved.value
        yield f"坚持每次突出一个主题、解决一个实际问题，推动解决实际问题{number}个：{named}。"
    if figures.sit_ins.value:
        yield f"接受县委宣传部巡听旁听{figures.sit_ins.value}次。"


def _plan(figures: YearFigures) -> str:
    if not figures.plan.value:
        return ""
    plan = figures.plan.rows[0]
    approved = f"，由{plan.note}" if plan.note else ""
    states = {figure.key: figure.value for figure in figures.plan_items}
    total = sum(states.values())
    said = f"年初制定《{plan.name.strip('《》')}》{approved}"
    words = (("items_done", "已完成"), ("items_adjusted", "调整"), ("items_postponed", "延期"),
             ("items_cancelled", "取消"), ("items_planned", "尚未开展"))  # fmt: skip
    counted = "、".join(f"{word}{states[key]}项" for key, word in words if states[key])
    outside = figures.unplanned.value
    more = f"计划外及时跟进学习{outside}次" if outside and counted else ""
    half = "上半年" if figures.about.kind == HALF_YEAR else ""
    return joined((said, f"{half}安排学习{total}项，{counted}" if total else "", more))


def results(figures: YearFigures) -> Iterator[str]:
    """成果转化: outcomes by kind, with level, carrier and what they were turned into."""
    kinds = {figure.key.removeprefix("outcome_"): figure for figure in figures.outcomes}
    yield _remarks(figures)
    for kind, verb in (
        ("research_topic", "开展课题研究"),
        ("internal_reference", "报送内参"),
        ("article", "发表理论文章"),
        ("award", "获奖"),
        ("measure", "形成转化举措"),
        ("site_meeting", "召开现场会"),
        ("external_result", "外部考核评价结果"),
    ):
        figure = kinds[kind]
        if figure.value:
            named = "；".join(f"{row.name}{_about(row)}" for row in figure.rows)
            yield f"{verb}{figure.value}{figure.measure}：{named}。"
    if figures.converted.value:
        yield f"以上成果中已转化运用{figures.converted.value}项。"


def _remarks(figures: YearFigures) -> str:
    """`得到市领导批示肯定2次（其中主要领导1次）`, the higher level first."""
    principal = {row.id for row in figures.remarks_by_principal.rows}
    said = []
    for remarks in figures.remarks:
        among = sum(row.id in principal for row in remarks.rows)
        high = f"（其中主要领导{among}次）" if among else ""
        said.append(f"得到{remarks.label}肯定{remarks.value}次{high}")
    return joined(said)


def _about(row: Row) -> str:
    when = day(row.on) if row.on else ""
    return f"（{'，'.join(part for part in (when, row.note) if part)}）"


def problems(figures: YearFigures) -> Iterator[str]:
    """存在的问题: what was returned or found, and whether it was put right; at the year's end also
    who is short of what each should do in it.
    """
    returned, mended = figures.returned.value, figures.mended.value
    if returned:
        rest = "已全部更正后重新报送" if mended == returned else (
            f"已更正重新报送{mended}件" if mended else "尚未重新报送"
        )  # fmt: skip
        yield f"报送的材料有{returned}件被退回更正，{rest}。"
    found, closed = figures.findings.value, figures.findings_closed.value
    if found:
        rest = "已全部整改销号" if closed == found else (
            f"已整改销号{closed}个，其余正在整改" if closed else "正在整改"
        )  # fmt: skip
        named = listed((row.name.rstrip("。；") for row in figures.findings.rows), 3)
        yield f"检查发现问题{found}个（{named}），{rest}。"
    short = several((figures.speakers_short, figures.reflections_short))
    if short and figures.about.kind == ANNUAL:
        yield f"截至{day(figures.about.as_of)}，{'，'.join(short)}。"
