"""Units begin, change and end here, whether a list of them is imported or a program says so."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from units.models import Category, Unit, UnitName
from units.models.unit_name import ALWAYS
from units.spreadsheets.dates import LATEST
from units.spreadsheets.texts import squeezed

PATH_LIMIT = 200


class UnitError(ValueError):
    """What was said of a unit cannot be; the message says why, ``advice`` what to do about
    ``field``, which is named as in UnitFacts.
    """

    def __init__(self, message: str, advice: str = "", field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice
        self.field = field


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What is said of a unit, each fact checked by itself."""

    code: str
    name: str
    short_name: str
    category: Category
    party_body: str
    rank_order: int
    email: str
    has_group: bool
    established_on: date | None
    abolished_on: date | None

    def columns(self) -> dict[str, Any]:
        """Those that stand in the unit's own row; names are dated and stand apart."""
        names = set(self.__dataclass_fields__) - {"name", "short_name"}
        return {name: getattr(self, name) for name in names}


class Register:
    """Every unit there is, by code and by its latest name; two queries."""

    def __init__(self) -> None:
        self.units = {unit.code: unit for unit in Unit.objects.all()}
        self.latest: dict[int, UnitName] = {}
        for unit_name in UnitName.objects.order_by("valid_from"):
            self.latest[unit_name.unit_id] = unit_name
        by_pk = {unit.pk: unit.code for unit in self.units.values()}
        self._names = {squeezed(name.name): by_pk[pk] for pk, name in self.latest.items()}
        self._codes = {squeezed(code): code for code in self.units}
        self._cases = {code.casefold(): code for code in self.units}

    def department(self) -> Unit | None:
        """What a unit stands under that names no other: the one root without a group of its own
        (docs/decisions/0003); None before there is one, and where there are several.
        """
        roots = [
            unit for unit in self.units.values() if unit.parent_id is None and not unit.has_group
        ]
        return roots[0] if len(roots) == 1 else None

    def refuse_clash(self, code: str, name: str) -> None:
        """Raises UnitError if another unit has the name, or a code that hardly differs."""
        # SQLite looks for what stands below a path without regard to case.
        spelt = self._cases.setdefault(code.casefold(), code)
        if spelt != code:
            message = _("编码与“%(code)s”只有大小写不同。") % {"code": spelt}
            raise UnitError(message, _("请改用另一个编码。"), "code")
        holder = self._names.get(squeezed(name), code)
        if holder != code:
            message = _("已有同名单位，编码是 %(code)s。") % {"code": holder}
            raise UnitError(message, _("请核对编码和名称。"), "name")

    def claim(self, code: str, name: str) -> None:
        """From now on the code and the name are taken."""
        self._names[squeezed(name)] = self._codes[squeezed(code)] = code

    def code_of(self, word: str) -> str:
        """The code of the unit that the word names, by code or name; empty if none."""
        return self._codes.get(squeezed(word), self._names.get(squeezed(word), ""))


def path_below(parent: Unit | None, code: str) -> str:
    """Raises UnitError if it is too long to be kept."""
    path = f"{parent.path if parent else ''}{code}/"
    if len(path) > PATH_LIMIT:
        raise UnitError(_("上下级层次太多。"), field="parent")
    return path


def add_unit(*, facts: UnitFacts, parent: Unit | None) -> Unit:
    """Writes a unit that clashes with none; for the caller's transaction.

    Raises UnitError if it stands too deep.
    """
    path = path_below(parent, facts.code)
    unit = Unit.objects.create(parent=parent, path=path, **facts.columns())
    UnitName.objects.create(unit=unit, name=facts.name, short_name=facts.short_name)
    return unit


def register_unit(*, facts: UnitFacts, parent: Unit) -> Unit:
    """A new unit below another one. Raises UnitError."""
    register = Register()
    taken = UnitError(_("已有单位使用这个编码。"), _("请改用另一个编码。"), "code")
    if facts.code in register.units:
        raise taken
    register.refuse_clash(facts.code, facts.name)
    try:
        with transaction.atomic():
            return add_unit(facts=facts, parent=parent)
    except IntegrityError as error:  # somebody else was quicker
        raise taken from error


def change_unit(
    *, unit: Unit, facts: UnitFacts, successor: Unit | None, valid_from: date | None
) -> Unit:
    """Says of a unit what it is; what it is called only from ``valid_from`` on, if that is given.

    A name that begins on a day known already is put right; any other day begins a new one, and
    what was studied before keeps the name of its day. Raises UnitError.
    """
    with transaction.atomic():
        if valid_from is not None:
            Register().refuse_clash(unit.code, facts.name)
            _name(unit, facts, valid_from)
        _refuse_succession(unit, facts, successor)
        for column, value in facts.columns().items():
            setattr(unit, column, value)
        unit.successor = successor
        unit.version += 1
        unit.save()
    return unit


def _name(unit: Unit, facts: UnitFacts, valid_from: date) -> None:
    if not ALWAYS <= valid_from < LATEST:
        message = _("启用日期须在 %(first)s 到 %(last)s 之间。")
        said = {"first": ALWAYS.isoformat(), "last": LATEST.isoformat()}
        raise UnitError(message % said, field="valid_from")
    UnitName.objects.update_or_create(
        unit=unit,
        valid_from=valid_from,
        defaults={"name": facts.name, "short_name": facts.short_name},
    )


def _refuse_succession(unit: Unit, facts: UnitFacts, successor: Unit | None) -> None:
    if successor is None:
        return
    if facts.abolished_on is None:
        message = _("没有撤销的单位没有承接单位。")
        raise UnitError(message, _("请填写撤销日期，或去掉承接单位。"), "successor")
    later: Unit | None = successor
    while later is not None:
        if later.pk == unit.pk:
            message = _("承接单位不能是本单位，也不能又由本单位承接。")
            raise UnitError(message, _("请核对承接单位。"), "successor")
        later = later.successor


def told_of(unit: Unit, facts: UnitFacts) -> dict[str, Any]:
    """The facts as the trail keeps them."""
    parent, successor = unit.parent, unit.successor
    told = {name: getattr(facts, name) for name in facts.__dataclass_fields__}
    return told | {
        "category": facts.category.code,
        "parent": parent.code if parent else None,
        "successor": successor.code if successor else None,
    }
