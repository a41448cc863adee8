"""Changes of single entries of a roster.

``seen`` and ``confirmed`` as in ``roster_change``, which also says what is raised besides
RosterError. Facts follow entries that are saved (see reports), so entries are saved one by one.
"""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils.translation import gettext as _

from units.models import Person, RosterEntry, Unit
from units.roster.changing import RosterError, roster_change

NOTE_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Office:
    """What an entry says about somebody's office; the term is half-open."""

    role: str
    post: str
    rank_order: int
    start_date: date
    end_date: date | None = None
    appointment_no: str = ""
    note: str = ""
    portfolio: str = ""


def office_of(entry: RosterEntry) -> Office:
    return Office(**{name: getattr(entry, name) for name in Office.__dataclass_fields__})


def add_entry(
    *, unit: Unit, name: str, distinction: str, office: Office, seen: str, confirmed: str = ""
) -> RosterEntry:
    """Begins a term. A name with its distinction is one person of the unit, new or known."""
    with roster_change(unit, seen=seen, confirmed=confirmed):
        person, _new = Person.objects.get_or_create(unit=unit, name=name, distinction=distinction)
        _refuse_empty(office.start_date, office.end_date)
        _refuse_overlap(person, office.start_date, office.end_date)
        return RosterEntry.objects.create(person=person, **asdict(office))


def added(*, unit: Unit, name: str, distinction: str, office: Office) -> RosterEntry | None:
    """The entry that says exactly this already, as after a second click."""
    theirs = RosterEntry.objects.of_unit(unit).filter(person__name=name)
    return theirs.filter(person__distinction=distinction, **asdict(office)).first()


def end_term(
    *, entry: RosterEntry, on: date, document_no: str = "", seen: str, confirmed: str = ""
) -> RosterEntry:
    """Ends a term: the day is the first one without it. The document goes into the note."""
    with roster_change(entry.person.unit, seen=seen, confirmed=confirmed):
        entry = _locked(entry)
        _refuse_empty(entry.start_date, on, "end_date")
        _refuse_overlap(entry.person, entry.start_date, on, but=entry)
        entry.end_date = on
        if document_no:
            said = _("免职文号：%s") % document_no
            entry.note = "；".join(part for part in (entry.note, said) if part)
            if len(entry.note) > NOTE_LIMIT:
                raise RosterError(_("备注已满，请把文号写短一些。"), "document_no")
        entry.save()
        return entry


def change_office(
    *, entry: RosterEntry, office: Office, seen: str, confirmed: str = ""
) -> RosterEntry:
    """From ``office.start_date`` the person holds another office, as long as the old one was to
    last; the old entry ends on that day and keeps telling what was before."""
    with roster_change(entry.person.unit, seen=seen, confirmed=confirmed):
        entry = _locked(entry)
        on, until = office.start_date, entry.end_date
        if on <= entry.start_date or (until is not None and on >= until):
            raise RosterError(_("变动日期须在原任期之内，且晚于任职起。"), "start_date")
        entry.end_date = on
        entry.save()
        values = asdict(office) | {"end_date": until}
        return RosterEntry.objects.create(person=entry.person, **values)


def correct_entry(
    *, entry: RosterEntry, office: Office, seen: str, confirmed: str = ""
) -> RosterEntry:
    """Says what the entry should have said all along."""
    with roster_change(entry.person.unit, seen=seen, confirmed=confirmed):
        entry = _locked(entry)
        _refuse_empty(office.start_date, office.end_date)
        _refuse_overlap(entry.person, office.start_date, office.end_date, but=entry)
        for name, value in asdict(office).items():
            setattr(entry, name, value)
        entry.save()
        return entry


def remove_entry(*, entry: RosterEntry, seen: str, confirmed: str = "") -> None:
    """Takes an entry off that should never have been there; the person too, if nothing is left.

    Refused once the entry attended or spoke: records keep their member.
    """
    with roster_change(entry.person.unit, seen=seen, confirmed=confirmed):
        entry = _locked(entry)
        try:
            with transaction.atomic():
                entry.delete()
        except ProtectedError as error:
            message = _("这段任期已有出勤或发言记录，不能删除；请更正起止日期。")
            raise RosterError(message) from error
        if not entry.person.entries.exists():
            _forget(entry.person)


def name_person(
    *, person: Person, name: str, distinction: str, seen: str, confirmed: str = ""
) -> Person:
    """Corrects a name, or tells somebody apart from others of the same name."""
    with roster_change(person.unit, seen=seen, confirmed=confirmed):
        namesakes = Person.objects.filter(unit=person.unit, name=name, distinction=distinction)
        if namesakes.exclude(pk=person.pk).exists():
            message = _("本单位已有“%s”，请填写不同的同名区分。")
            raise RosterError(message % name, "distinction")
        person.name, person.distinction = name, distinction
        person.save(update_fields=["name", "distinction"])
        return person


def _locked(entry: RosterEntry) -> RosterEntry:
    return RosterEntry.objects.select_for_update().select_related("person").get(pk=entry.pk)


def _refuse_empty(start: date, end: date | None, field: str = "end_date") -> None:
    if end is not None and end <= start:
        raise RosterError(_("任职止须晚于任职起（%s）。") % start.isoformat(), field)


def _refuse_overlap(
    person: Person, start: date, end: date | None, but: RosterEntry | None = None
) -> None:
    others = person.entries.filter(Q(end_date__isnull=True) | Q(end_date__gt=start))
    if end is not None:
        others = others.filter(start_date__lt=end)
    if but is not None:
        others = others.exclude(pk=but.pk)
    other = others.order_by("start_date").first()
    if other is not None:
        until = other.end_date.isoformat() if other.end_date else _("今")
        raise RosterError(
            _("与“%(name)s”%(start)s至%(end)s的任期重叠。确为同名的两人，请填写同名区分。")
            % {"name": person.name, "start": other.start_date.isoformat(), "end": until},
            "start_date",
        )


def _forget(person: Person) -> None:
    """Whoever wrote anything stays known."""
    try:
        with transaction.atomic():
            person.delete()
    except ProtectedError:
        return
