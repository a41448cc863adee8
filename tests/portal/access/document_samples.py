"""Forms to download, for the policy test."""

from sessions.models import Status
from tests.portal.access.plan_samples import NO_PLAN, plan_address
from tests.portal.access.record_samples import submitted
from tests.portal.access.roster_samples import NOBODYS, NOWHERE, code
from tests.portal.access.sample import Make, Sample
from tests.portal.access.sit_in_samples import NONE, sit_in


def _session(make: Make = submitted) -> Sample:
    return Sample(make=make, missing=NOBODYS)


DOCUMENT_SAMPLES: dict[tuple[str, str], Sample] = {
    ("form_list", "GET"): Sample(),
    ("blank_form", "GET"): Sample(
        make=lambda user, unit: {"key": "sign_in"}, missing={"key": "no-such-form"}, shared=True
    ),
    ("plan_form", "GET"): Sample(make=plan_address(Status.SUBMITTED), missing=NO_PLAN),
    ("sign_in_form", "GET"): Sample(),
    ("session_sign_in_form", "GET"): _session(),
    ("session_record_form", "GET"): _session(),
    ("session_leave_form", "GET"): _session(),
    ("makeup_form", "GET"): Sample(),
    ("sit_in_form", "GET"): Sample(make=sit_in("fed_back"), missing=NONE),
    ("roster_form", "GET"): Sample(make=code, missing=NOWHERE),
}
