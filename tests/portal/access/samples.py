"""For every route and method: an object to call it about, and a body it accepts.

``make`` creates an object of a person in a unit and names it as the address does. ``canary``, for
lists, creates one and gives the words by which it would show.
"""

from django.utils import timezone

from accounts import audit
from accounts.models import SignIn, User
from accounts.one_time_links import create_link
from portal.models import Feedback
from tests.portal.access.account_samples import ACCOUNT_SAMPLES
from tests.portal.access.api_plan_samples import API_PLAN_SAMPLES
from tests.portal.access.api_report_samples import API_REPORT_SAMPLES
from tests.portal.access.api_session_samples import API_SESSION_SAMPLES
from tests.portal.access.api_unit_samples import API_UNIT_SAMPLES
from tests.portal.access.archive_samples import ARCHIVE_SAMPLES
from tests.portal.access.assessment_samples import ASSESSMENT_SAMPLES
from tests.portal.access.circular_samples import CIRCULAR_SAMPLES
from tests.portal.access.closing_samples import CLOSING_SAMPLES
from tests.portal.access.document_samples import DOCUMENT_SAMPLES
from tests.portal.access.entry_samples import ENTRY_SAMPLES
from tests.portal.access.evidence_samples import EVIDENCE_SAMPLES
from tests.portal.access.export_samples import EXPORT_SAMPLES
from tests.portal.access.hint_samples import HINT_SAMPLES
from tests.portal.access.hold_samples import HOLD_SAMPLES
from tests.portal.access.ledger_samples import LEDGER_SAMPLES
from tests.portal.access.mail_samples import MAIL_SAMPLES
from tests.portal.access.makeup_samples import MAKEUP_SAMPLES
from tests.portal.access.overview_samples import OVERVIEW_SAMPLES
from tests.portal.access.plan_samples import PLAN_SAMPLES
from tests.portal.access.record_samples import RECORD_SAMPLES
from tests.portal.access.report_notice_samples import REPORT_NOTICE_SAMPLES
from tests.portal.access.review_samples import REVIEW_SAMPLES
from tests.portal.access.roster_samples import ROSTER_SAMPLES
from tests.portal.access.rulebook_samples import RULEBOOK_SAMPLES
from tests.portal.access.sample import Sample
from tests.portal.access.sit_in_samples import SIT_IN_SAMPLES
from tests.portal.access.token_samples import TOKEN_SAMPLES
from tests.portal.access.turn_samples import TURN_SAMPLES
from tests.portal.access.unit_report_samples import UNIT_REPORT_SAMPLES
from tests.portal.access.yearly_samples import YEARLY_SAMPLES
from tests.portal.county import PASSWORD, make_assignment, make_user
from units.access.roles import Role
from units.models import Unit

NEW_PASSWORD = "Baiyun-7431-shanxi"


def make_feedback(author: User, unit: Unit) -> Feedback:
    return Feedback.objects.create(
        author=author, unit=unit, text=f"金丝雀{author.pk}在{unit.code}", written_at=timezone.now()
    )


def feedback_address(author: User, unit: Unit) -> dict[str, object]:
    return {"pk": make_feedback(author, unit).pk}


def sign_in_address(user: User, unit: Unit) -> dict[str, object]:
    now = timezone.now()
    return {"pk": SignIn.objects.create(user=user, at=now, seen_at=now, idle_minutes=30).pk}


def assignment_address(user: User, unit: Unit) -> dict[str, object]:
    return {"pk": make_assignment(user, Role.CLERK, unit, start_date=timezone.localdate()).pk}


def link_address(user: User, unit: Unit) -> dict[str, object]:
    return {"token": create_link(user=make_user("guest"), at=timezone.now())}


def trail_canary(user: User, unit: Unit) -> str:
    """The mark of a line that the security auditor supervises and one the administrator does."""
    mark = f"canary-{unit.code}"
    for actor in (user, User.objects.get(username="security_auditor")):
        audit.record(action=mark, at=timezone.now(), actor=actor, unit_code=unit.code)
    return mark


NOBODYS = {"pk": 10**9}
SETUP = Sample(missing={"token": "x"}, is_over=True)
ITEM = Sample(make=feedback_address, missing=NOBODYS)
UNIT = Sample(make=lambda user, unit: {"code": unit.code}, missing={"code": "QS999"})
LINK = Sample(make=link_address, missing={"token": "x"})
CHANGE = {"old_password": PASSWORD, "new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}

SAMPLES: dict[tuple[str, str], Sample] = {
    ("healthz", "GET"): Sample(),
    ("metrics", "GET"): Sample(is_over=True),  # nobody has told the portal a token
    ("operation", "GET"): Sample(),
    ("sign_in", "GET"): Sample(),
    ("sign_in", "POST"): Sample(body={"username": "clerk", "password": PASSWORD}),
    ("own_password", "GET"): LINK,
    ("own_password", "POST"): LINK,
    ("first_administrators", "GET"): SETUP,
    ("first_administrators", "POST"): SETUP,
    ("sign_out", "POST"): Sample(),
    ("sign_out_everywhere", "POST"): Sample(),
    ("password_change", "GET"): Sample(),
    ("password_change", "POST"): Sample(body=CHANGE),
    ("profile", "GET"): Sample(),
    ("end_sign_in", "POST"): Sample(make=sign_in_address, missing=NOBODYS),
    ("choose_role", "GET"): Sample(),
    ("switch_role", "POST"): Sample(make=assignment_address, missing=NOBODYS),
    ("home", "GET"): Sample(),
    ("help", "GET"): Sample(),
    ("feedback", "GET"): Sample(canary=lambda user, unit: make_feedback(user, unit).text),
    ("feedback", "POST"): Sample(body={"text": "打印时少一列", "page": "/"}),
    ("feedback_item", "GET"): ITEM,
    ("feedback_item", "POST"): Sample(
        make=feedback_address, missing=NOBODYS, body={"answer": "已改。"}
    ),
    ("trail", "GET"): Sample(canary=trail_canary),
    ("api_events", "GET"): Sample(canary=trail_canary),
    ("trail_export", "GET"): Sample(),
    ("trail_verify", "POST"): Sample(),
    ("unit_list", "GET"): Sample(canary=lambda user, unit: f">{unit.code}</td>"),
    ("unit_detail", "GET"): UNIT,
    ("unit_compliance", "GET"): UNIT,
    **ACCOUNT_SAMPLES,
    **API_PLAN_SAMPLES,
    **API_REPORT_SAMPLES,
    **API_SESSION_SAMPLES,
    **API_UNIT_SAMPLES,
    **ARCHIVE_SAMPLES,
    **ASSESSMENT_SAMPLES,
    **CIRCULAR_SAMPLES,
    **CLOSING_SAMPLES,
    **DOCUMENT_SAMPLES,
    **EVIDENCE_SAMPLES,
    **ENTRY_SAMPLES,
    **EXPORT_SAMPLES,
    **HINT_SAMPLES,
    **HOLD_SAMPLES,
    **MAIL_SAMPLES,
    **MAKEUP_SAMPLES,
    **OVERVIEW_SAMPLES,
    **PLAN_SAMPLES,
    **RECORD_SAMPLES,
    **REPORT_NOTICE_SAMPLES,
    **REVIEW_SAMPLES,
    **ROSTER_SAMPLES,
    **RULEBOOK_SAMPLES,
    **SIT_IN_SAMPLES,
    **LEDGER_SAMPLES,
    **TOKEN_SAMPLES,
    **TURN_SAMPLES,
    **UNIT_REPORT_SAMPLES,
    **YEARLY_SAMPLES,
}
