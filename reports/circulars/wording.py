"""The circular in words: page and Word file print these same sentences."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from reports.circulars.basis import words_of
from reports.circulars.problems import JUDGED
from reports.circulars.situation import Share, Situation, situation_from_json
from reports.models import Circular, CircularPassage
from reports.rules.words import STANDING_LABELS

Section, Problem, Naming = (
    CircularPassage.Section,
    CircularPassage.Problem,
    CircularPassage.Naming,
)
HEADINGS: Final = ("总体情况", "好的做法", "存在的问题", "下一步要求")
RATES_NOTE: Final = "到会率为实到人次与应计人次之比，参学率含已确认的补学人次，均按人次合计计算"


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a section: its heading, its paragraph, and the passage it was made from."""

    title: str
    text: str
    passage: CircularPassage


@dataclass(frozen=True, slots=True)
class Text:
    """The whole circular but its head, its signature and its attachment."""

    opening: str
    situation: Sequence[str]
    practices: Sequence[Point]
    problems: Sequence[Point]
    requirements: Sequence[Point]

    def sections(self) -> Sequence[tuple[str, Sequence[Point]]]:
        """The sections people write, in order."""
        return tuple(
            zip(HEADINGS[1:], (self.practices, self.problems, self.requirements), strict=True)
        )


def default_title(sender: str, year: int, period: str) -> str:
    """`中共青石县委宣传部关于2026年上半年……学习情况的通报`."""
    words = words_of(year, period)
    return f"{sender}关于{words}党委（党组）理论学习中心组学习情况的通报"


def annex_title(year: int, period: str) -> str:
    """What the attachment is called."""
    return f"{words_of(year, period)}党委（党组）理论学习中心组学习情况汇总表"


def text_of(
    circular: Circular, passages: Iterable[CircularPassage], names: Mapping[int, str]
) -> Text:
    """The circular's text; ``names`` are the units' names of that time by id."""
    situation = situation_from_json(circular.situation)
    points: dict[str, list[Point]] = {section: [] for section in Section.values}
    for passage in passages:
        points[passage.section].append(_point(passage, situation, names))
    return Text(
        opening=opening_of(circular),
        situation=[*situation_sentences(situation, circular), *circular.remarks.splitlines()],
        practices=points[Section.PRACTICE],
        problems=points[Section.PROBLEM],
        requirements=points[Section.REQUIREMENT],
    )


def opening_of(circular: Circular) -> str:
    """The paragraph before the first heading; it names the circular this one takes the place of."""
    words = words_of(circular.year, circular.period)
    opening = f"现将{words}党委（党组）理论学习中心组学习情况通报如下。"
    old = circular.supersedes
    if old is None:
        return opening
    return f"{opening}《{old.title}》（{old.number}）自本通报印发之日起由本通报代替。"


def situation_sentences(situation: Situation, circular: Circular) -> list[str]:
    """The figures in sentences, a paragraph each; what is not asked for, and what did not happen,
    is left out.
    """
    day = circular.closing.as_of
    as_of = f"截至{day.year}年{day.month}月{day.day}日"
    told = (
        _standings(situation, as_of),
        _study(situation),
        _months(situation),
        _plans(situation),
        _topics(situation),
        _reporting(situation),
    )
    return [sentence for sentence in told if sentence]


def named(passage: CircularPassage, situation: Situation, names: Mapping[int, str]) -> list[str]:
    """The units a problem names, in official order."""
    chosen = {unit.pk for unit in passage.units.all()}
    if passage.problem in JUDGED:
        return [name for key, name in names.items() if key in chosen]
    missed = situation.behind(passage.problem).missed
    everybody = passage.naming == Naming.ALL
    return [names[each.unit_id] for each in missed if everybody or each.unit_id in chosen]


def _standings(situation: Situation, as_of: str) -> str:
    parts = [f"{STANDING_LABELS[key]}{number}个" for key, number in situation.standings.items()]
    return f"{as_of}，纳入统计的单位{situation.units}个，其中{'、'.join(parts)}。"


def _study(situation: Situation) -> str:
    figures = situation.figures
    if not figures.sessions:
        return "尚无计入统计的集中学习。"
    discussed = (
        f"其中集体研讨{figures.discussions}次" if figures.discussions else "没有开展集体研讨"
    )
    held = f"共开展集中学习{figures.sessions}次，{discussed}，累计{situation.days}天"
    if not figures.due:
        return f"{held}。"
    left_out = f"（其中{figures.excluded}人次按规定不计入比率）" if figures.excluded else ""
    if not figures.base:
        return f"{held}；应到{figures.due}人次{left_out}，不计算到会率和参学率。"
    made_up = f"已补学{figures.made_up}人次，" if figures.made_up else ""
    to_make_up = f"，待补学{situation.to_make_up}人次" if situation.to_make_up else ""
    return (
        f"{held}；应到{figures.due}人次{left_out}，实到{figures.present}人次，"
        f"到会率{situation.attendance}；{made_up}参学率{situation.participation}{to_make_up}。"
        f"{RATES_NOTE}。"
    )


def _months(situation: Situation) -> str:
    told = []
    if situation.months:
        told.append(f"达到每月集中学习次数要求的单位：{_shares(situation.months)}")
    if situation.quarters:
        told.append(f"达到每季集体研讨次数要求的单位：{_shares(situation.quarters)}")
    return f"{'；'.join(told)}。" if told else ""


def _plans(situation: Situation) -> str:
    parts = [f"{word}的{number}个" for word, number in situation.plans.items()]
    return f"年度学习计划{'、'.join(parts)}。"


def _topics(situation: Situation) -> str:
    if not situation.topics:
        return ""
    parts = [
        f"“{share.label}”应学{share.asked}个单位，已学{share.met}个" for share in situation.topics
    ]
    return f"必学内容学习情况：{'；'.join(parts)}。"


def _reporting(situation: Situation) -> str:
    mended = situation.mended
    sessions = (
        f"学习迟报{situation.late}次" if situation.late else "",
        f"退回待重报{situation.returned}次" if situation.returned else "",
    )
    parts = [
        "，".join(filter(None, sessions)),
        _put_right("退回学习、计划和报告", "件", "更正重报", mended.returned, mended.mended),
        _put_right("发现需整改的问题", "个", "销号", mended.findings, mended.closed),
    ]
    told = "；".join(filter(None, parts))
    return f"{told}。" if told else ""


def _put_right(what: str, measure: str, word: str, number: int, done: int) -> str:
    if not number:
        return ""
    said = f"已{word}{done}{measure}" if done else f"尚未{word}"
    return f"{what}{number}{measure}，{said}"


def _shares(shares: Sequence[Share]) -> str:
    return "、".join(f"{share.label}{share.met}个（应学{share.asked}个）" for share in shares)


def _point(passage: CircularPassage, situation: Situation, names: Mapping[int, str]) -> Point:
    if passage.section == Section.PROBLEM:
        return _problem(passage, situation, names)
    if passage.section == Section.PRACTICE:
        chosen = {unit.pk for unit in passage.units.all()}
        units = "、".join(name for key, name in names.items() if key in chosen)
        return Point(passage.title, f"{units}：{passage.text}" if units else passage.text, passage)
    due = passage.due
    until = f"（{due.year}年{due.month}月{due.day}日前完成）" if due else ""
    return Point(passage.title, passage.text + until, passage)


def _problem(passage: CircularPassage, situation: Situation, names: Mapping[int, str]) -> Point:
    title = passage.title or str(passage.get_problem_display())
    units = "、".join(named(passage, situation, names))
    return Point(title, "".join((*_counted(passage, situation, units), passage.text)), passage)


def _counted(passage: CircularPassage, situation: Situation, units: str) -> list[str]:
    """How many units show the problem, with the names that are to be named."""
    if passage.problem in JUDGED:
        return [f"{units}。"] if units else []
    behind = situation.behind(passage.problem)
    told = [f"共{len(behind.missed)}个单位"]
    if units:
        told.append("：" if passage.naming == Naming.ALL else "，包括")
        told.append(units)
    told.append("。")
    if behind.pending:
        told.append(f"另有{len(behind.pending)}个单位尚未完成、仍在办理期限内。")
    return told
