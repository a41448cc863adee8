"""The requests of `benchmarks.api`, in a process of its own with the portal's settings.

Fills the empty database of its settings with as many units as its first argument says. Writes a
line when it is ready, then reads names of requests and answers each with the seconds it took;
`queries of NAME` with the number of statements behind one.
"""

import sys
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import django
import time_machine

django.setup()

# The apps must be loaded before their models are imported.
from django.db import connection  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.page_rounds import HOST, name_units, signed_in  # noqa: E402
from benchmarks.workload import AS_OF, fill  # noqa: E402
from sessions.models import StudySession  # noqa: E402
from sessions.recording.drafts import delete_draft  # noqa: E402
from sessions.recording.due import due_members  # noqa: E402
from tests.faults.forms import NEW, new_form  # noqa: E402
from tests.portal.county import make_assignment, make_user  # noqa: E402
from units.access.roles import Role  # noqa: E402
from units.models import ApiToken, Unit  # noqa: E402
from units.tokens.services import make  # noqa: E402

V1 = "/api/v1"
OUT_OF_REACH = 1_000_000_000
"""Requests a minute. They are counted all the same, as in production."""

Request = Callable[[], Any]


def caller(role: Role, unit: Unit) -> Client:
    """Another system that acts in this role by a token."""
    assignment = make_assignment(make_user(f"program-{role}".lower()), role, unit)
    _token, secret = make(
        assignment=assignment, name="对接", scope=ApiToken.Scope.WRITE, days=30, at=timezone.now()
    )
    return Client(SERVER_NAME=HOST, headers={"Authorization": f"Token {secret}"})


def requests(units: int) -> dict[str, Request]:
    """What may be asked for: of the API, and the pages that show the same."""
    fill(units)
    name_units()
    root, unit = Unit.objects.get(parent=None), Unit.objects.get(code="U000007")
    session = StudySession.objects.filter(unit=unit).order_by("date")[0]
    program, county = caller(Role.CLERK, unit), caller(Role.DEPARTMENT_ADMIN, root)
    clerk, department = signed_in(Role.CLERK, unit), signed_in(Role.DEPARTMENT_ADMIN, root)
    members = list(due_members(unit, AS_OF))
    record = {
        "unit": unit.code, "theme": "学习宪法", "date": AS_OF.isoformat(), "form": "collective",
        "place": "会议室", "chair": "赵一", "content": "宪法序言",
        "attendance": [{"member": entry.pk, "status": "present"} for entry in members],
    }  # fmt: skip
    people = [entry.person_id for entry in members]

    def create() -> Any:
        key = {"Idempotency-Key": str(uuid4())}
        return program.post(f"{V1}/sessions", record, "application/json", headers=key)

    return {
        "list": lambda: county.get(f"{V1}/sessions"),
        "list's page": lambda: department.get("/sessions/"),
        "detail": lambda: program.get(f"{V1}/sessions/{session.pk}"),
        "detail's page": lambda: clerk.get(f"/sessions/{session.pk}/"),
        "create": create,
        "create's page": lambda: clerk.post(NEW, new_form(people, AS_OF)),
        "evaluation": lambda: program.get(f"{V1}/evaluations/{unit.code}"),
        "evaluation's page": lambda: clerk.get(f"/units/{unit.code}/compliance/"),
        "evaluations": lambda: county.get(f"{V1}/evaluations"),
    }


def seconds_for(request: Request) -> float:
    """Of one request. What it made goes again, so that the county stays as it is."""
    newest = StudySession.objects.order_by("-pk")[0].pk
    start = time.perf_counter()
    answer = request()
    seconds = time.perf_counter() - start
    if answer.status_code not in (200, 201):
        said = answer.content.decode()[:500]
        raise RuntimeError(f"{answer.request['PATH_INFO']} answered {answer.status_code}: {said}")
    for made in StudySession.objects.filter(pk__gt=newest):
        delete_draft(session=made)
    return seconds


def queries_of(request: Request) -> int:
    """Statements of one answer, those that begin and end transactions left out."""
    with CaptureQueriesContext(connection) as captured:
        request()
    said = [each["sql"] for each in captured.captured_queries]
    return sum(not sql.startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")) for sql in said)


def main() -> None:
    """Serves until there is nothing more to read."""
    no_limit = override_settings(
        API_READS_PER_MINUTE=OUT_OF_REACH, API_WRITES_PER_MINUTE=OUT_OF_REACH
    )
    with no_limit, time_machine.travel(f"{AS_OF.isoformat()}T10:00:00+08:00"):
        ready = requests(int(sys.argv[1]))
        for request in ready.values():
            seconds_for(request)
        print("ready", flush=True)
        for line in sys.stdin:
            wish, _, name = line.strip().rpartition(" of ")
            number = queries_of if wish == "queries" else seconds_for
            print(number(ready[name]), flush=True)


if __name__ == "__main__":
    main()
