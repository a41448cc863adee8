"""The list of units comes in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from units.imports.fields import RowReader
from units.imports.report import ImportReport, ImportRun
from units.imports.unit_columns import PARTY_BODY_WORDS, UNIT_COLUMNS, YES_NO
from units.models import Category, Unit, UnitName
from units.spreadsheets.problems import Problem
from units.spreadsheets.reader import Sheet
from units.spreadsheets.tables import Row, find_table
from units.spreadsheets.texts import squeezed

PATH_LIMIT = 200


@dataclass(frozen=True, slots=True)
class UnitDraft:
    """One row of the list, read and checked by itself; ``parent`` as typed."""

    row: Row
    code: str
    name: str
    short_name: str
    category: Category
    party_body: str
    parent: str
    rank_order: int
    email: str
    has_group: bool
    established_on: date | None
    abolished_on: date | None


def import_units(
    *,
    sheets: Iterable[Sheet],
    run: ImportRun,
    create_categories: bool = False,
) -> ImportReport:
    """Take in every unit list of a workbook, all or nothing unless the run wants the good rows
    alone.

    A unit that is there already and the same counts as unchanged; one that differs is a problem,
    because renaming, merging and abolition are dated acts of their own. An unknown category is a
    problem unless ``create_categories``.
    """
    report = ImportReport()
    sheets = list(sheets)
    tables = [table for sheet in sheets if (table := find_table(sheet, UNIT_COLUMNS))]
    tables = [table for table in tables if "name" in table.columns or "code" in table.columns]
    taken = {table.sheet.name for table in tables}
    report.ignored_sheets = [sheet.name for sheet in sheets if sheet.name not in taken]
    if not tables:
        report.problems.append(_no_table(sheets))
    with transaction.atomic():
        drafts: list[UnitDraft] = []
        categories = _Categories(create=create_categories)
        for table in tables:
            report.take(table)
            if not table.is_complete:
                continue
            for row in run.followed(_("核对"), table.rows(), len(table.sheet.rows)):
                report.read += 1
                draft, problems = _read(row, categories, report.read)
                report.problems.extend(problems)
                if draft:
                    drafts.append(draft)
        _write(drafts, report, run)
        report.settle(run, action="import_units")
    return report


class _Categories:
    """Categories by name or code; new ones are made only on request."""

    def __init__(self, *, create: bool) -> None:
        self.create = create
        self.by_word: dict[str, Category] = {}
        for category in Category.objects.all():
            self.by_word[category.code] = self.by_word[squeezed(category.name)] = category

    def find(self, reader: RowReader) -> Category | None:
        word = reader.text("category", 60, required=True)
        key = squeezed(word)
        if word and key not in self.by_word and self.create:
            number = Category.objects.count() + 1
            self.by_word[key] = Category.objects.create(
                code=f"category-{number}", name=word, rank_order=number
            )
        if word and key not in self.by_word:
            names = "、".join(sorted({category.name for category in self.by_word.values()}))
            reader.refuse(
                "category",
                _("没有“%(word)s”这个单位类别。") % {"word": word},
                _("现有类别：%(names)s。新类别请先建立，或导入时加 --create-categories。")
                % {"names": names or _("（无）")},
            )
        return self.by_word.get(key)


def _read(
    row: Row, categories: _Categories, position: int
) -> tuple[UnitDraft | None, list[Problem]]:
    reader = RowReader(row)
    if reader.problems:
        return None, reader.problems
    code = reader.text("code", 30, required=True)
    if set(code) & set("/ \\"):
        reader.refuse("code", _("编码里不能有空格和斜线。"), _("请只用字母、数字和短横线。"))
    name = reader.text("name", 100, required=True)
    short_name = reader.text("short_name", 40) or name[:40]
    category = categories.find(reader)
    party_body = reader.choice("party_body", PARTY_BODY_WORDS, required=True)
    rank = reader.count("rank")
    has_group = reader.choice("has_group", YES_NO)
    email = reader.text("email", 254)
    if email:
        try:
            validate_email(email)
        except ValidationError:
            reader.refuse(
                "email", _("邮箱地址“%(email)s”不完整。") % {"email": email}, _("请核对。")
            )
    established, abolished = reader.day("established"), reader.day("abolished")
    if established and abolished and abolished <= established:
        reader.refuse("abolished", _("撤销日期不晚于成立日期。"), _("请核对两个日期。"))
    parent = reader.text("parent", 100)
    if reader.problems or category is None or party_body is None:
        return None, reader.problems
    return UnitDraft(
        row=row,
        code=code,
        name=name,
        short_name=short_name,
        category=category,
        party_body=party_body,
        parent=parent,
        rank_order=position if rank is None else rank,
        email=email,
        has_group=True if has_group is None else has_group,
        established_on=established,
        abolished_on=abolished,
    ), []


def _write(drafts: list[UnitDraft], report: ImportReport, run: ImportRun) -> None:
    """Parents first; what hangs on a unit that cannot be taken is refused with it."""
    units = {unit.code: unit for unit in Unit.objects.all()}
    codes = {squeezed(unit.code): unit.code for unit in units.values()}
    latest: dict[int, UnitName] = {}
    for unit_name in UnitName.objects.order_by("valid_from"):
        latest[unit_name.unit_id] = unit_name
    by_pk = {unit.pk: unit.code for unit in units.values()}
    names = {squeezed(name.name): by_pk[pk] for pk, name in latest.items()}
    cases = {code.casefold(): code for code in units}
    waiting: list[UnitDraft] = []
    first: dict[str, UnitDraft] = {}
    for draft in drafts:
        problem = _clash(draft, first, names, cases)
        if problem:
            report.problems.append(problem)
            continue
        first[draft.code] = draft
        names[squeezed(draft.name)] = codes[squeezed(draft.code)] = draft.code
        waiting.append(draft)
    while waiting:
        later: list[UnitDraft] = []
        for draft in run.followed(_("写入"), waiting, len(waiting)):
            parent_code = codes.get(squeezed(draft.parent), names.get(squeezed(draft.parent), ""))
            if draft.parent and parent_code not in units:
                later.append(draft)
                continue
            _write_one(draft, units, units.get(parent_code), latest, report)
        if len(later) == len(waiting):
            report.problems.extend(_orphan(draft) for draft in later)
            break
        waiting = later


def _clash(
    draft: UnitDraft, first: dict[str, UnitDraft], names: dict[str, str], cases: dict[str, str]
) -> Problem | None:
    if draft.code in first:
        message = _("编码与第 %(row)s 行重复。") % {"row": first[draft.code].row.number}
        return draft.row.problem("code", message, _("请改正编码，或删去重复的行。"))
    # SQLite looks for what stands below a path without regard to case.
    spelt = cases.setdefault(draft.code.casefold(), draft.code)
    if spelt != draft.code:
        message = _("编码与“%(code)s”只有大小写不同。") % {"code": spelt}
        return draft.row.problem("code", message, _("请改用另一个编码。"))
    holder = names.get(squeezed(draft.name), draft.code)
    if holder != draft.code:
        message = _("已有同名单位，编码是 %(code)s。") % {"code": holder}
        return draft.row.problem("name", message, _("请核对编码和名称。"))
    return None


def _orphan(draft: UnitDraft) -> Problem:
    return draft.row.problem(
        "parent",
        _("没有上级单位“%(parent)s”，或上级单位本身有误。") % {"parent": draft.parent},
        _("请填上级单位的编码，并改正上级单位所在的行。"),
    )


def _write_one(
    draft: UnitDraft,
    units: dict[str, Unit],
    parent: Unit | None,
    latest: dict[int, UnitName],
    report: ImportReport,
) -> None:
    path = f"{parent.path if parent else ''}{draft.code}/"
    if len(path) > PATH_LIMIT:
        report.problems.append(draft.row.problem("parent", _("上下级层次太多。")))
        return
    known = units.get(draft.code)
    if known is None:
        unit = Unit.objects.create(
            code=draft.code,
            category=draft.category,
            party_body=draft.party_body,
            parent=parent,
            path=path,
            rank_order=draft.rank_order,
            has_group=draft.has_group,
            email=draft.email,
            established_on=draft.established_on,
            abolished_on=draft.abolished_on,
        )
        units[draft.code] = unit
        UnitName.objects.create(unit=unit, name=draft.name, short_name=draft.short_name)
        report.created += 1
        report.note(draft.row.sheet, draft.row.number, _("可以导入"))
        return
    differing = _differing(draft, known, path, latest.get(known.pk))
    if differing:
        message = _("单位 %(code)s 已存在，但%(what)s不同。") % {
            "code": draft.code,
            "what": "、".join(differing),
        }
        report.problems.append(draft.row.problem("code", message, _("请在单位页面更正。")))
        return
    report.unchanged += 1
    report.note(draft.row.sheet, draft.row.number, _("已存在"))


def _differing(draft: UnitDraft, unit: Unit, path: str, name: UnitName | None) -> list[str]:
    """Which columns say something else than the portal; blank optional ones say nothing."""
    pairs = [
        (_("单位名称"), squeezed(draft.name), squeezed(name.name) if name else ""),
        (_("单位类别"), draft.category.pk, unit.category_id),
        (_("党组织形式"), draft.party_body, unit.party_body),
        (_("上级单位"), path if draft.parent else unit.path, unit.path),
        (_("成立日期"), draft.established_on or unit.established_on, unit.established_on),
        (_("撤销日期"), draft.abolished_on or unit.abolished_on, unit.abolished_on),
    ]
    return [what for what, new, old in pairs if new != old]


def _no_table(sheets: list[Sheet]) -> Problem:
    return Problem(
        sheet=sheets[0].name if sheets else "",
        row=0,
        column="",
        title="",
        value="",
        message=_("没有找到单位名单的表头。"),
        advice=_("表头须在前 10 行内，有“单位编码”“单位名称”“单位类别”“党组织形式”四列。"),
    )
