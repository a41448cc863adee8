"""What a report says of how often, how long and with whom a group studied (基本情况).

The wording follows reports that units really write; a figure of 0 is left out, or said so.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from reports.yearly.figures import Count, YearFigures
from reports.yearly.phrases import joined, listed, per_cent, several, span
from reports.yearly.study import NO_THEME

BODIES: Final[Mapping[str, str]] = {
    "committee": "党委",
    "working_committee": "党工委",
    "leading_group": "党组",
    "sub_group": "分党组",
    "organ_committee": "机关党委",
    "branch": "党支部",
}
TOWNSHIP: Final = "township"
RESEARCH: Final = "research_office"


def body(figures: YearFigures) -> str:
    """`党委中心组`, `党组中心组`."""
    return BODIES.get(figures.about.party_body, "") + "中心组"


def times(figures: YearFigures) -> Iterator[str]:
    """（一）次数、天数和参学情况."""
    if not figures.sessions.value:
        yield f"{span(figures)}，{body(figures)}尚无计入统计的集中学习。"
        return
    yield _numbers(figures)
    yield _months(figures)
    yield _rates(figures)


def _numbers(figures: YearFigures) -> str:
    group, sessions, days = body(figures), figures.sessions.shown, figures.days.shown
    if figures.about.category == TOWNSHIP:
        said = f"{span(figures)}，{group}已组织集中学习{sessions}次，累计{days}天"
    elif figures.about.category == RESEARCH:
        said = f"{span(figures)}，共开展{sessions}次{group}理论学习，累计{days}天"
    else:
        said = f"{span(figures)}，{group}组织集中学习{sessions}次，学习时间累计{days}天"
    asked = figures.asked.year_days
    required = f"（全年要求不少于{asked}天）" if asked else ""
    discussions = figures.discussions.value
    discussed = f"其中集体研讨{discussions}次" if discussions else "其间没有开展集体研讨"
    return joined((said + required, discussed))


def _months(figures: YearFigures) -> str:
    asked, met, due = figures.asked.month_sessions, figures.months_met, figures.months_due
    if not asked or not due.value:
        return ""
    if met.value == due.value:
        reached = f"{due.value}个月全部达到" if due.value > 1 else f"{_months_of(due)}达到"
        return f"坚持每月安排不少于{asked}次集中学习，{reached}规定次数。"
    missed = _months_of(due, but=met)
    reached = f"应完成的{due.value}个月中有{met.value}个月达到规定次数，" if met.value else ""
    short = "没有达到" if met.value else "没有达到规定次数"
    return f"按照每月集中学习不能少于{asked}次的要求，{reached}{missed}{short}。"


def _months_of(figure: Count, but: Count | None = None) -> str:
    """`3月、4月和6月`."""
    left_out = but.rows if but else ()
    return listed((row.name.partition("年")[2] for row in figure.rows if row not in left_out), 12)


def _rates(figures: YearFigures) -> str:
    attendance, participation, asked = figures.attendance, figures.participation, figures.asked
    if attendance.value.fraction is None:
        return ""
    parts = [
        f"应到{figures.due.value}人次",
        f"按规定不计入应到{figures.excluded.value}人次" if figures.excluded.value else "",
        f"实到{figures.present.value}人次",
        f"到会率{attendance.shown}",
    ]
    said = joined(parts, "；")
    made_up = figures.made_up.value
    learnt = f"缺席人员已补学{made_up}人次，" if made_up else ""
    measured = attendance if asked.measure == attendance.label else participation
    least, rate = asked.rate, measured.value.fraction
    if least is None or rate is None:
        return f"{said}{learnt}参学率达到{participation.shown}。"
    named = "" if measured is participation else attendance.label
    required = f"{per_cent(least)}以上的要求。"
    if rate < least:
        return f"{said}{learnt}参学率为{participation.shown}，{named}没有达到{required}"
    return f"{said}{learnt}参学率达到{participation.shown}，{named}达到{required}"


def contents(figures: YearFigures) -> Iterator[str]:
    """（二）学习内容."""
    topics = [figure for figure in figures.topics if figure.value]
    if topics:
        levels = "；".join(_level(figure) for figure in topics)
        yield f"组织学习规定内容{sum(figure.value for figure in topics)}项：{levels}。"
    if figures.materials.value:
        number = figures.materials.value
        named = listed(row.name for row in figures.materials.rows)
        counted = f"{number}种书目、文件" if number > 1 else ""
        yield f"坚持读原著、学原文、悟原理，研读{named}{counted}。"
    if figures.content_groups:
        groups = listed((figure.label for figure in figures.content_groups), 9)
        number = len(figures.content_groups)
        yield f"学习内容涵盖{groups}" + (f"等{number}个方面。" if number > 1 else "。")
    if figures.own_themes.value:
        themes = (row.name for row in figures.own_themes.rows if row.name != NO_THEME)
        named = listed((f"“{theme}”" for theme in themes), 4)
        told = (f"结合本单位工作自选专题学习{figures.own_themes.value}次", named and f"包括{named}")
        yield joined(told)
    if figures.offline.value:
        yield f"另有{figures.offline.value}次学习的内容不宜上网，材料以纸质归档。"


def _level(figure: Count) -> str:
    level = figure.label.removesuffix("学习内容")
    return f"{level}{figure.value}项，为{listed((row.name for row in figure.rows), 5)}"


def forms(figures: YearFigures) -> Iterator[str]:
    """（三）学习形式."""
    if figures.forms:
        own = ["个人自学"] if figures.self_study.value else []
        ways = listed([figure.label for figure in figures.forms] + own, 7)
        counted = "、".join(several(figures.forms))
        way = (
            f"采取{ways}相结合的方式" if len(figures.forms) + len(own) > 1 else f"采取{ways}的方式"
        )
        yield f"{way}组织学习，其中{counted}。"
    yield _wider(figures)
    yield _in_and_out(figures)
    if figures.joint.value:
        partners = listed(name for row in figures.joint.rows for name in row.note.split("、"))
        yield f"与{partners}开展联学{figures.joint.value}次。"
    if figures.adjacent.value:
        named = listed((row.name for row in figures.adjacent.rows), 3)
        yield (
            f"此外开展{named}等相关活动{figures.adjacent.value}次，"
            "与中心组学习分开登记，不计入以上次数和天数。"
        )


def _wider(figures: YearFigures) -> str:
    scopes = several(figures.expanded)
    guests = several(figures.guests)
    if not scopes and not guests:
        return ""
    said = [f"视情扩大学习范围，{'、'.join(scopes)}" if scopes else ""]
    return joined([*said, "、".join(guests)])


def _in_and_out(figures: YearFigures) -> str:
    """“走出去与请进来”."""
    lectures, visits = figures.lectures, figures.site_visits
    out = invited = ""
    if visits.value:
        places = listed((row.note for row in visits.rows), 4)
        out = f"坚持“走出去”，{f'深入{places}' if places else ''}考察调研{visits.value}次。"
    if lectures.value:
        who = listed((row.name for row in figures.lecturers.rows), 5)
        invited = f"坚持“请进来”，{f'邀请{who}' if who else ''}辅导授课{lectures.value}次。"
    return out + invited


def speeches(figures: YearFigures) -> Iterator[str]:
    """（四）研讨发言和个人学习."""
    said = several((figures.key_speeches, figures.exchange_speeches))
    if said:
        texts = figures.speech_texts.value
        prepared = f"有{texts}次学习的书面发言材料已归档" if texts else ""
        yield joined((f"中心组成员作{'、'.join(said)}", prepared))
        yield _everybody(figures)
    written = several((figures.reflections, figures.research))
    if written:
        leaders = figures.leader_reflections.value
        led = f"其中组长带头撰写心得体会{leaders}篇" if leaders else ""
        yield joined((f"成员撰写{'、'.join(written)}", led))
    if figures.self_study.value:
        named = listed((row.name for row in figures.self_study.rows), 5)
        yield f"成员利用业余时间自主开展个人自学{figures.self_study.value}人次，包括{named}。"


def _everybody(figures: YearFigures) -> str:
    asked, short = figures.asked.speeches, figures.speakers_short.value
    if asked is None:
        return ""
    met = figures.speakers_met.value
    if short:
        done = f"{met}名成员完成不少于{asked}次重点发言" if met else ""
        rest = f"{short}名成员尚未完成" + ("" if met else f"不少于{asked}次重点发言")
        return joined((done, rest))
    if not met:
        return ""
    if met == figures.members.value:
        return f"每人都安排了不少于{asked}次重点发言，共有{met}名成员完成。"
    # Who has left, or has not served long enough, is not asked to.
    return f"{met}名成员完成不少于{asked}次重点发言。"
