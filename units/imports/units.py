"""The list of units comes in."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from units.imports.report import ImportReport, ImportRun
from units.imports.unit_columns import UNIT_COLUMNS
from units.imports.unit_drafts import Categories, UnitDraft, read_unit
from units.models import Unit, UnitName
from units.registering import Register, UnitError, add_unit, path_below
from units.spreadsheets.problems import Problem
from units.spreadsheets.reader import Sheet
from units.spreadsheets.texts import squeezed


def import_units(
    *,
    sheets: Iterable[Sheet],
    run: ImportRun,
    create_categories: bool = False,
) -> ImportReport:
    """Take in every unit list of a workbook, all or nothing unless the run wants the good rows
    alone.

    A unit that is there already and the same counts as unchanged; one that differs is a problem,
    because renaming, merging and abolition are dated acts of their own. A new one with a group but
    without a superior stands under the department, else nobody would see it. An unknown category
    is a problem unless ``create_categories``.
    """
    report = ImportReport()
    tables = report.tables_among(
        sheets,
        UNIT_COLUMNS,
        one_of=("name", "code"),
        without=_("没有找到单位名单的表头。"),
        advice=_("表头须在前 10 行内，有“单位编码”“单位名称”“单位类别”“党组织形式”四列。"),
    )
    with transaction.atomic():
        drafts: list[UnitDraft] = []
        advice = _("新类别请先建立，或导入时加 --create-categories。")
        categories = Categories(create=create_categories, advice=advice)
        for table in tables:
            report.take(table)
            if not table.is_complete:
                continue
            for row in run.followed(_("核对"), table.rows(), len(table.sheet.rows)):
                report.read += 1
                draft, problems = read_unit(row, categories, report.read)
                report.problems.extend(problems)
                if draft:
                    drafts.append(draft)
        _write(drafts, report, run)
        report.settle(run, action="import_units")
    return report


def _write(drafts: list[UnitDraft], report: ImportReport, run: ImportRun) -> None:
    """Parents first; what hangs on a unit that cannot be taken is refused with it."""
    register = Register()
    department = register.department()
    waiting: list[UnitDraft] = []
    first: dict[str, UnitDraft] = {}
    for draft in drafts:
        code = draft.facts.code
        if code in first:
            message = _("编码与第 %(row)s 行重复。") % {"row": first[code].row.number}
            advice = _("请改正编码，或删去重复的行。")
            report.problems.append(draft.row.problem("code", message, advice))
            continue
        try:
            register.refuse_clash(code, draft.facts.name)
        except UnitError as error:
            report.problems.append(_problem(draft, error))
            continue
        first[code] = draft
        register.claim(code, draft.facts.name)
        waiting.append(draft)
    while waiting:
        later: list[UnitDraft] = []
        for draft in run.followed(_("写入"), waiting, len(waiting)):
            parent = register.units.get(register.code_of(draft.parent))
            if draft.parent and parent is None:
                later.append(draft)
                continue
            if not draft.parent and draft.facts.has_group:
                parent = department
            _write_one(draft, register, parent, report)
        if len(later) == len(waiting):
            report.problems.extend(_orphan(draft) for draft in later)
            break
        waiting = later


def _problem(draft: UnitDraft, error: UnitError) -> Problem:
    return draft.row.problem(error.field, error.message, error.advice)


def _orphan(draft: UnitDraft) -> Problem:
    return draft.row.problem(
        "parent",
        _("没有上级单位“%(parent)s”，或上级单位本身有误。") % {"parent": draft.parent},
        _("请填上级单位的编码，并改正上级单位所在的行。"),
    )


def _write_one(
    draft: UnitDraft, register: Register, parent: Unit | None, report: ImportReport
) -> None:
    facts, row = draft.facts, draft.row
    known = register.units.get(facts.code)
    try:
        path = path_below(parent, facts.code)
        if known is None:
            register.units[facts.code] = add_unit(facts=facts, parent=parent)
    except UnitError as error:
        report.problems.append(_problem(draft, error))
        return
    if known is None:
        report.created += 1
        report.note(row.sheet, row.number, _("可以导入"))
        return
    differing = _differing(draft, known, path, register.latest.get(known.pk))
    if differing:
        message = _("单位 %(code)s 已存在，但%(what)s不同。") % {
            "code": facts.code,
            "what": "、".join(differing),
        }
        report.problems.append(row.problem("code", message, _("请在单位页面更正。")))
        return
    report.unchanged += 1
    report.note(row.sheet, row.number, _("已存在"))


def _differing(draft: UnitDraft, unit: Unit, path: str, name: UnitName | None) -> list[str]:
    """Which columns say something else than the portal; blank optional ones say nothing."""
    facts = draft.facts
    pairs = [
        (_("单位名称"), squeezed(facts.name), squeezed(name.name) if name else ""),
        (_("单位类别"), facts.category.pk, unit.category_id),
        (_("党组织形式"), facts.party_body, unit.party_body),
        (_("上级单位"), path if draft.parent else unit.path, unit.path),
        (_("成立日期"), facts.established_on or unit.established_on, unit.established_on),
        (_("撤销日期"), facts.abolished_on or unit.abolished_on, unit.abolished_on),
    ]
    return [what for what, new, old in pairs if new != old]
