"""A county whose mails of June are queued, and people who see to them."""

from django.test import Client

from accounts.models import User
from reports.models import Delivery
from tests.portal.county import make_assignment, make_user
from tests.reports.emails.make import make_study, queue
from tests.reports.mail import make_schedule
from units.access.roles import Role
from units.models import Unit


def make_people(root: Unit) -> dict[str, User]:
    people = {}
    for role in (Role.AUDITOR, Role.DEPARTMENT_ADMIN, Role.COUNTY_LEADER, Role.SYSTEM_ADMIN):
        people[str(role)] = make_user(role)
        make_assignment(people[role], role, root)
    people["clerk"] = make_user("clerk")
    make_assignment(people["clerk"], Role.CLERK, Unit.objects.get(code="QS001"))
    return people


def browser_of(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def make_queued(units: int = 2) -> dict[str, User]:
    """The mails of June are queued, nobody has sent them."""
    root = make_study(units)
    make_schedule(root)
    queue(root)
    return make_people(root)


def mail_of(code: str) -> Delivery:
    return Delivery.objects.get(unit__code=code)
