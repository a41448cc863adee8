"""A county with something to tell: QS001 behind in May, QS002 that studied every month."""

from email import message_from_bytes, policy
from email.message import EmailMessage as Parsed

from django.core.mail import EmailMultiAlternatives

from reports import planner
from reports.emails.compose import compose
from reports.models import Delivery
from reports.national_calendar import national_calendar
from reports.outbox import wire_format
from reports.periods import Month
from tests.reports.mail import NOW, make_county
from tests.reports.records import make_entry, make_rules, make_session
from units.models import Unit

JUNE = Month(2026, 6)
MEMBER = "测甲〇〇七"


def make_study(units: int = 2) -> Unit:
    """The root of a county with rules, members (QS001's first is MEMBER) and sessions."""
    root = make_county(units)
    make_rules(title="青石县考核规则")
    for unit in Unit.objects.with_group():
        for rank in range(3):
            name = MEMBER if (unit.code, rank) == ("QS001", 0) else f"{unit.code}成员{rank}"
            make_entry(unit, name, role="member" if rank else "leader")
        for month in range(1, 7):
            if (unit.code, month) != ("QS001", 5):
                day = f"2026-{month:02}-10"
                make_session(unit, day, theme="金丝雀主题", statuses=["absent"])
    return root


def queue(root: Unit) -> None:
    planner.plan_month(root, JUNE, now=NOW, calendar=national_calendar())


def message_to(code: str) -> EmailMultiAlternatives:
    """The composed message of a unit's delivery, or what prevented it."""
    delivery = Delivery.objects.get(unit__code=code)
    message = compose([delivery.id])[delivery.id]
    if isinstance(message, Exception):
        raise message
    assert isinstance(message, EmailMultiAlternatives)
    return message


def parsed(message: EmailMultiAlternatives) -> Parsed:
    """As a mail program reads it."""
    return message_from_bytes(wire_format(message), _class=Parsed, policy=policy.default)


def texts(message: EmailMultiAlternatives) -> tuple[str, str]:
    """The plain and the HTML body."""
    read = parsed(message)
    plain, html = read.get_body(("plain",)), read.get_body(("html",))
    assert plain is not None
    assert html is not None
    return plain.get_content(), html.get_content()
