"""Reading one unit, a row of a list, and judging it by itself."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from units.imports.fields import RowReader
from units.imports.unit_columns import PARTY_BODY_WORDS, YES_NO
from units.models import Category
from units.registering import UnitFacts
from units.spreadsheets.problems import Problem
from units.spreadsheets.tables import Row
from units.spreadsheets.texts import squeezed


@dataclass(frozen=True, slots=True)
class UnitDraft:
    """One row of the list, read and checked by itself; ``parent`` as typed."""

    row: Row
    facts: UnitFacts
    parent: str


class Categories:
    """Categories by name or code; new ones are made only on request.

    ``advice`` says how one is made, to who names one that there is not.
    """

    def __init__(self, *, create: bool, advice: str = "") -> None:
        self.create = create
        self.advice = advice
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
                _("现有类别：%(names)s。") % {"names": names or _("（无）")} + self.advice,
            )
        return self.by_word.get(key)


def read_unit(
    row: Row, categories: Categories, position: int
) -> tuple[UnitDraft | None, list[Problem]]:
    """What the row says of a unit, or everything wrong with it. ``position`` is its place in the
    order where it names none.
    """
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
    facts = UnitFacts(
        code=code,
        name=name,
        short_name=short_name,
        category=category,
        party_body=party_body,
        rank_order=position if rank is None else rank,
        email=email,
        has_group=True if has_group is None else has_group,
        established_on=established,
        abolished_on=abolished,
    )
    return UnitDraft(row=row, facts=facts, parent=parent), []
