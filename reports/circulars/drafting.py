"""Writing a circular: begun from a closed month, changed point by point, given up."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from reports.circulars.basis import Basis, CircularError, take_basis, words_of
from reports.circulars.moving import move, tell
from reports.circulars.problems import JUDGED
from reports.circulars.situation import Situation
from reports.circulars.wording import default_title
from reports.models import Circular, CircularEvent, CircularPassage
from reports.sitins.services import Act
from units.models import Unit

Kind, Section, Naming = CircularEvent.Kind, CircularPassage.Section, CircularPassage.Naming
ADDRESSEE = "各乡镇党委，各街道党工委，县直各单位党委（党组）"


def begin_circular(*, root: Unit, sender: str, year: int, period: str, act: Act) -> Circular:
    """A draft with the figures of the closed month and a point for each problem they show.

    Where a circular of the same period is in force, the draft names it as the one it takes the
    place of. Raises CircularError if the month is not closed or a draft is in hand already.
    """
    basis = take_basis(root, year, period, act.at)
    try:
        with transaction.atomic():
            return _begin(root, sender, year, period, basis, act)
    except IntegrityError as error:
        if not _in_hand(root, year, period).exists():
            raise
        said = _("%s通报已在起草或审定中，请接着办理，不必另起一份。") % words_of(year, period)
        raise CircularError(said) from error


def _in_hand(root: Unit, year: int, period: str) -> Any:
    return Circular.objects.in_hand().filter(root=root, year=year, period=period)


def _begin(root: Unit, sender: str, year: int, period: str, basis: Basis, act: Act) -> Circular:
    same = Circular.objects.in_force().filter(root=root, year=year, period=period)
    circular = Circular.objects.create(
        root=root,
        year=year,
        period=period,
        supersedes=same.first(),
        title=default_title(sender, year, period),
        addressee=ADDRESSEE,
        sender=sender,
        **basis.as_values(),
    )
    _add_problems(circular, basis.situation, known=())
    tell(circular, Kind.DRAFT, act, basis.closing.checksum)
    return circular


@transaction.atomic
def edit_head(*, circular: Circular, values: Mapping[str, Any], act: Act) -> None:
    """Another title, addressee, sender or word about the situation."""
    move(circular, Kind.EDIT, act, _("标题、主送和总体情况"), **values)


@transaction.atomic
def write_passage(
    *,
    circular: Circular,
    passage: CircularPassage,
    values: Mapping[str, Any],
    units: Collection[Unit],
    act: Act,
) -> None:
    """Adds a point to the text, or changes one."""
    for name, value in values.items():
        setattr(passage, name, value)
    move(circular, Kind.EDIT, act, str(passage))
    passage.save()
    passage.units.set(units)


@transaction.atomic
def remove_passage(*, circular: Circular, passage: CircularPassage, act: Act) -> None:
    """Takes a point out of the text."""
    move(circular, Kind.EDIT, act, _("删去：%s") % passage)
    passage.delete()


@transaction.atomic
def take_over(*, circular: Circular, basis: Basis, act: Act) -> None:
    """Takes the figures of the closing that stands now, after the month was closed anew.

    Points of problems the new figures do not show are taken out, those they show for the first
    time added; a unit that is not behind a problem any more is not named for it.
    """
    move(circular, Kind.TAKE_OVER, act, basis.closing.checksum, **basis.as_values())
    passages = circular.passages.filter(section=Section.PROBLEM)
    for passage in passages.exclude(problem__in=JUDGED):
        missed = [each.unit_id for each in basis.situation.behind(passage.problem).missed]
        if missed:
            passage.units.set(passage.units.filter(pk__in=missed))
        else:
            gone = _("新的数据中没有这类问题，删去：%s") % f"{passage} {passage.text}".strip()
            tell(circular, Kind.EDIT, act, gone)
            passage.delete()
    _add_problems(circular, basis.situation, list(passages.values_list("problem", flat=True)))


@transaction.atomic
def discard(*, circular: Circular, reason: str, act: Act) -> None:
    """Gives a draft up; it stays on record with the reason."""
    move(circular, Kind.DISCARD, act, reason)


def _add_problems(circular: Circular, situation: Situation, known: Collection[str]) -> None:
    """A point for each problem somebody shows; nobody is named unless the author says so."""
    CircularPassage.objects.bulk_create(
        CircularPassage(
            circular=circular,
            section=Section.PROBLEM,
            problem=problem,
            position=place,
            naming=Naming.NONE,
        )
        for place, problem in enumerate(CircularPassage.Problem.values)
        if situation.behind(problem).missed and problem not in known
    )
