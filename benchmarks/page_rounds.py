"""The pages of `benchmarks.pages`, in a process of its own with the portal's settings.

Fills the empty database of its settings with as many units as its first argument says, and with
what the pages named by the others need. Writes a line when it is ready, then reads names of pages
and answers each with the seconds the page took.
"""

import sys
import time
from datetime import timedelta

import django
import time_machine

django.setup()

# The apps must be loaded before their models are imported.
from django.test import Client  # noqa: E402

from benchmarks.workload import AS_OF, fill  # noqa: E402
from sessions.models import Attendance, StudySession  # noqa: E402
from tests.portal.county import PASSWORD, make_assignment, make_user  # noqa: E402
from units.access.roles import Role  # noqa: E402
from units.models import Person, RosterEntry, Unit, UnitName  # noqa: E402

HOST = "127.0.0.1"
LIST = "list-"
MEMBERS = 17
BATCH = 1_000


def signed_in(role: Role, unit: Unit) -> Client:
    """The browser of a new account with this role."""
    user = make_user(f"{role}-{unit.code}".lower())
    make_assignment(user, role, unit)
    client = Client(SERVER_NAME=HOST)
    answer = client.post("/sign-in/", {"username": user.username, "password": PASSWORD})
    if answer.status_code != 302:
        raise RuntimeError(f"{user.username} could not sign in: {answer.status_code}")
    return client


def unit_with_sessions(count: int) -> Unit:
    """A further unit whose year holds so many sessions, each attended by the whole group."""
    root = Unit.objects.get(parent=None)
    code = f"L{count}"
    unit = Unit.objects.create(
        code=code, category=root.category, party_body="committee", parent=root,
        path=f"{root.path}{code}/", rank_order=count,
    )  # fmt: skip
    people = [Person.objects.create(unit=unit, name=f"成员{rank}") for rank in range(MEMBERS)]
    members = [
        RosterEntry.objects.create(person=each, role="member", start_date=AS_OF.replace(year=2020))
        for each in people
    ]
    days = (AS_OF - timedelta(days=number % 330) for number in range(count))
    held = StudySession.objects.bulk_create(
        [
            StudySession(
                unit=unit, theme="专题学习", date=day, end_date=day, form="collective",
                status="accepted",
            )
            for day in days
        ],
        batch_size=BATCH,
    )  # fmt: skip
    Attendance.objects.bulk_create(
        (
            Attendance(session=one, member=each, status="present")
            for one in held
            for each in members
        ),
        batch_size=BATCH,
    )
    return unit


def name_units() -> None:
    """Pages show names, which evaluation does without."""
    UnitName.objects.bulk_create(
        [
            UnitName(unit=each, name=f"{each.code}单位", short_name=each.code)
            for each in Unit.objects.all()
        ],
        batch_size=BATCH,
    )


def pages(units: int, wanted: list[str]) -> dict[str, tuple[Client, str]]:
    """What may be asked for: a browser and the address it opens."""
    fill(units)
    lists = {name: unit_with_sessions(int(name.split("-")[1])) for name in wanted if LIST in name}
    name_units()
    root, one = Unit.objects.get(parent=None), Unit.objects.get(code="U000007")
    department = signed_in(Role.DEPARTMENT_ADMIN, root)
    return {
        "sign-in": (Client(SERVER_NAME=HOST), "/sign-in/"),
        "unit": (signed_in(Role.CLERK, one), "/"),
        "county": (department, "/"),
        "overview": (department, "/overview/?rows=units"),
        "trend": (department, "/overview/trend/"),
        **{name: (signed_in(Role.CLERK, unit), "/sessions/") for name, unit in lists.items()},
    }


def seconds_for(client: Client, address: str) -> float:
    start = time.perf_counter()
    answer = client.get(address)
    seconds = time.perf_counter() - start
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return seconds


def main() -> None:
    """Serves until there is nothing more to read."""
    with time_machine.travel(f"{AS_OF.isoformat()}T10:00:00+08:00"):
        ready = pages(int(sys.argv[1]), sys.argv[2:])
        for name in sys.argv[2:]:
            seconds_for(*ready[name])
        print("ready", flush=True)
        for line in sys.stdin:
            print(seconds_for(*ready[line.strip()]), flush=True)


if __name__ == "__main__":
    main()
