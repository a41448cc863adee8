"""The handbook of the rules (`docs/rules.md`), written from the registry so that it stays true.

`python -m reports.rules.handbook docs/rules.md` writes the page; with `--check` nothing is
written, and the exit code is 1 if the page is not as it would be written.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from reports.rules.defaults import default_rule_set
from reports.rules.reasons import REASON_LABELS
from reports.rules.registry import (
    DATE,
    FAMILY_LABELS,
    LOCKED_ITEMS,
    PARAM_KIND_LABELS,
    RULES,
    ParamSpec,
    RuleSpec,
)
from reports.rules.words import (
    ADVISORY,
    AT_RISK,
    ATTENTION,
    BEHIND,
    COUNTS_AS_LABELS,
    EVIDENCE_LABELS,
    LEAVE_COUNTS_AS,
    LEAVE_LABELS,
    MEASURE_LABELS,
    MET,
    MET_LATE,
    MISSED,
    NOT_APPLICABLE,
    ON_TRACK,
    OUTCOME_LABELS,
    PENDING,
    REQUIRED,
    SEVERITY_LABELS,
    STANDING_LABELS,
    STATUS_LABELS,
    WAIVED,
    WARN_DAYS,
    WARN_LABELS,
)

_ANY_YEAR: Final = 2026
_TEXT: Final = Path(__file__).parent / "text"
_OUTCOME_TEXT: Final = {
    NOT_APPLICABLE: (
        "没有可要求的内容：单位未在时段内全程存续、没有应到人次、"
        "没有须承担任务的成员、没有发生需检查的事项"
    ),
    WAIVED: "有批准的豁免；实际值照常显示",
    MET: "已达到要求",
    MET_LATE: "文件、必学内容和逐次事项在期限之后完成",
    MISSED: "未达到要求且已定论（见第 6 节“定论”）",
    AT_RISK: "未达到要求、未定论，且距最后一天不超过预警天数；或处于更正期",
    PENDING: "未达到要求，时间尚有余；或只待宣传部审核",
}

_STANDING_TEXT: Final = {
    NOT_APPLICABLE: "所有事项都不适用或已豁免",
    BEHIND: f"有性质为“{SEVERITY_LABELS[REQUIRED]}”的事项未达标",
    ATTENTION: (
        f"有事项预警，或有性质为“{SEVERITY_LABELS[ADVISORY]}”的事项未达标，"
        "或有学习、应报送的计划或报告处于退回状态"
    ),
    ON_TRACK: "其他情形",
}


def handbook() -> str:
    """The whole page as Markdown."""
    parts = [
        _prose("opening"),
        *_rule_parts(),
        *_shared_parts(),
        *_verdict_parts(),
        _prose("closing"),
    ]
    return "\n\n".join(parts) + "\n"


def _prose(name: str) -> str:
    return (_TEXT / f"{name}.md").read_text(encoding="utf-8").strip()


def _rule_parts() -> Iterator[str]:
    yield "## 2. 考核事项"
    rows = (
        (
            f"`{spec.key}`",
            spec.title,
            SEVERITY_LABELS[spec.severity],
            "启用" if spec.enabled else "停用",
            spec.requirement,
            spec.actual,
        )
        for spec in RULES.values()
    )
    yield _table(("键", "事项", "性质", "默认", "要求", "实际值"), rows)
    for family, label in FAMILY_LABELS.items():
        yield f"### {label}"
        yield from (_rule(spec) for spec in RULES.values() if spec.family == family)


def _rule(spec: RuleSpec) -> str:
    lines = [f"**{spec.title}**（`{spec.key}`）。依据：{spec.source}。"]
    if spec.params:
        rows = (
            (
                f"`{param.name}`",
                param.title,
                PARAM_KIND_LABELS[param.kind],
                _default(param),
                param.text,
            )
            for param in spec.params
        )
        lines.append(_table(("参数", "名称", "取值", "默认", "说明"), rows))
    else:
        lines.append("没有参数：内容、起始日期和截止日期在“必学内容”中逐项规定。")
    return "\n\n".join(lines)


def _default(param: ParamSpec) -> str:
    if isinstance(param.default, tuple):
        return "、".join(EVIDENCE_LABELS[kind] for kind in param.default)
    if param.kind == DATE:
        month, _, day = str(param.default).partition("-")
        return f"{int(month)}月{int(day)}日"
    return MEASURE_LABELS.get(str(param.default), str(param.default))


def _shared_parts() -> Iterator[str]:
    shared = default_rule_set(_ANY_YEAR)
    yield "## 3. 规则集的共同参数"
    counted = "、".join(STATUS_LABELS[status] for status in sorted(shared.counted_statuses))
    rows = (
        ("`min_speakers`", "集体研讨的最少发言人数（不同的应到成员）", str(shared.min_speakers)),
        ("`counted_statuses`", "计入的审核状态；可改为仅“已审核”", counted),
        (
            "`min_service_days`",
            "承担个人任务的最少在职天数（自然日）",
            str(shared.min_service_days),
        ),
        ("`correction_workdays`", "退回后的更正期（工作日）", str(shared.correction_workdays)),
        (
            "`settle_workdays`",
            "时段结束后等待报送的期限（工作日）",
            str(shared.settle_workdays),
        ),
    )
    yield _table(("参数", "含义", "默认"), rows)
    yield (
        "几套规则都适用于一个单位时，专为该单位发布的优先于其类别的，类别的优先于通用的；同类的取统计"
        "截止日以前最近生效的一套，生效日期相同的取较新的版本。"
    )
    yield "请假如何计算（`leave_counts_as`）："
    yield _table(
        ("类别", "键", "默认"),
        (
            (LEAVE_LABELS[kind], f"`{kind}`", COUNTS_AS_LABELS[counts_as])
            for kind, counts_as in LEAVE_COUNTS_AS.items()
        ),
    )
    yield "提前多少个自然日预警（`warn_days`）："
    yield _table(
        ("事项", "键", "默认"),
        ((WARN_LABELS[name], f"`{name}`", str(days)) for name, days in WARN_DAYS.items()),
    )


def _verdict_parts() -> Iterator[str]:
    yield "## 4. 结论"
    yield "每个事项在每个时段有一个结论，按下表自上而下判定："
    yield _table(
        ("结论", "键", "何时"),
        ((OUTCOME_LABELS[key], f"`{key}`", text) for key, text in _OUTCOME_TEXT.items()),
    )
    yield "单位状态（不排名）："
    yield _table(
        ("状态", "键", "何时"),
        ((STANDING_LABELS[key], f"`{key}`", text) for key, text in _STANDING_TEXT.items()),
    )
    yield "每个结论都列出计入和未计入的记录及原因："
    yield _table(
        ("原因", "键"), ((label, f"`{reason}`") for reason, label in REASON_LABELS.items())
    )
    yield "## 5. 计分"
    locked = "、".join(LOCKED_ITEMS.values())
    yield (
        "规则集可以为各事项规定分值和扣分：得分＝分值－扣分×未达标的时段数，每个事项扣完为止，"
        f"不出现负分；逐次事项全年只算一个时段。按国家规定，{locked}一律不得计分，"
        "要求照片作为必备材料的事项也不得计分。默认不计分；不按月、按季排名。"
    )


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main(arguments: Sequence[str]) -> int:
    """Write or check the page; the exit code."""
    parser = argparse.ArgumentParser(description="Write the handbook of the rules.")
    parser.add_argument("path", type=Path)
    parser.add_argument("--check", action="store_true", help="only say whether it is up to date")
    options = parser.parse_args(arguments)
    page = handbook()
    if not options.check:
        options.path.write_text(page, encoding="utf-8")
        return 0
    if options.path.is_file() and options.path.read_text(encoding="utf-8") == page:
        return 0
    sys.stderr.write(
        f"{options.path} 与程序不一致，请运行 python -m reports.rules.handbook {options.path}\n"
    )
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
