"""The policy test must notice every slip: in the declarations, in a scope, in a new address."""

import pytest
from django.db.models import Q
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path

from accounts.models import AuditEvent
from portal.access import POLICY
from portal.urls import urlpatterns as declared
from tests.portal.access.matrix import faults
from tests.portal.access.mutants import mutants_of
from tests.portal.access.routes import walk

pytestmark = [pytest.mark.django_db, pytest.mark.once]

DJANGOS_OWN = "django.contrib.auth.middleware.LoginRequiredMiddleware"


@pytest.fixture
def policy_alone(settings):
    """Without Django's second line, so that the policy has to hold by itself."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != DJANGOS_OWN]


@pytest.mark.parametrize("key", list(POLICY), ids=" ".join)
def test_every_slip_in_a_declaration_is_caught(key, scene, policy_alone, monkeypatch):
    survivors = []
    for name, mutated, actors in mutants_of(POLICY, key):
        monkeypatch.setattr("portal.access.POLICY", mutated)
        try:
            found = next(faults(scene, POLICY, [key], actors), None)
        except Exception as crash:  # a page that breaks is noticed too
            found = repr(crash)
        if found is None:
            survivors.append(name)
    assert survivors == []


def test_there_are_as_many_slips_as_promised():
    assert sum(1 for key in POLICY for _ in mutants_of(POLICY, key)) >= 150


def keys_of(*routes: str) -> list[tuple[str, str]]:
    return [key for key in POLICY if key[0] in routes]


@pytest.mark.parametrize(
    ("scope", "route"),
    [
        ("units.querysets.UnitQuerySet.visible_to", "unit_detail"),
        ("units.querysets.UnitQuerySet.visible_to", "unit_list"),
        ("units.querysets.AssignmentQuerySet.owned_by", "switch_role"),
        ("units.querysets.AssignmentQuerySet.administered_by", "role_revoke"),
        ("units.administration.reading.AccountQuerySet.administered_by", "account_list"),
        ("units.administration.reading.AccountQuerySet.administered_by", "account_detail"),
        ("units.querysets.PersonQuerySet.visible_to", "roster_person"),
        ("units.querysets.RosterQuerySet.visible_to", "roster_end"),
        ("units.querysets.ImportUploadQuerySet.visible_to", "roster_import_page"),
        ("units.querysets.ImportUploadQuerySet.visible_to", "ledger_import_page"),
        ("accounts.querysets.SignInQuerySet.owned_by", "end_sign_in"),
        ("portal.querysets.FeedbackQuerySet.visible_to", "feedback"),
        ("portal.querysets.FeedbackQuerySet.visible_to", "feedback_item"),
        ("portal.querysets.FeedbackQuerySet.owned_by", "feedback"),
        ("portal.querysets.FeedbackQuerySet.owned_by", "feedback_item"),
        ("sessions.querysets.StudySessionQuerySet.visible_to", "session_list"),
        ("sessions.querysets.StudySessionQuerySet.visible_to", "session_edit"),
        ("sessions.querysets.AnnualPlanQuerySet.visible_to", "plan_list"),
        ("sessions.querysets.AnnualPlanQuerySet.visible_to", "plan_detail"),
        ("sessions.querysets.PlanItemQuerySet.visible_to", "plan_item_mark"),
        ("sessions.querysets.UnitReportQuerySet.visible_to", "unit_report_list"),
        ("sessions.querysets.UnitReportQuerySet.visible_to", "unit_report_detail"),
        ("sessions.querysets.EvidenceQuerySet.visible_to", "evidence_file"),
        ("sessions.querysets.AttendanceQuerySet.visible_to", "makeup_list"),
        ("sessions.querysets.AttendanceQuerySet.visible_to", "makeup_record"),
        ("sessions.querysets.PersonalRecordQuerySet.visible_to", "personal_list"),
        ("sessions.querysets.PersonalRecordQuerySet.visible_to", "personal_edit"),
        ("sessions.querysets.OutcomeQuerySet.visible_to", "outcome_list"),
        ("sessions.querysets.OutcomeQuerySet.visible_to", "outcome_edit"),
        ("sessions.querysets.StudySessionQuerySet.visible_to", "review_accept"),
        ("sessions.querysets.StudySessionQuerySet.visible_to", "review_comment"),
        ("sessions.querysets.HeldFileQuerySet.visible_to", "held_file"),
        ("sessions.querysets.HeldFileQuerySet.administered_by", "held_file"),
        ("units.querysets.RoleProposalQuerySet.visible_to", "proposal_detail"),
        ("units.querysets.RoleProposalQuerySet.administered_by", "proposal_detail"),
        ("reports.querysets.RuleSetQuerySet.visible_to", "rule_set_detail"),
        ("reports.querysets.WaiverQuerySet.visible_to", "waiver_revoke"),
        ("reports.querysets.ClosingQuerySet.visible_to", "closing_detail"),
        ("reports.querysets.JobQuerySet.visible_to", "export_progress"),
        ("reports.querysets.JobQuerySet.owned_by", "export_file"),
        ("reports.querysets.MailRunQuerySet.visible_to", "mail_run"),
        ("reports.querysets.DeliveryQuerySet.visible_to", "mail_detail"),
        ("units.querysets.UnitQuerySet.visible_to", "obligation"),
        ("units.querysets.UnitQuerySet.visible_to", "mail_address"),
        ("units.querysets.UnitQuerySet.visible_to", "unit_ledger_workbook"),
    ],
)
def test_every_scope_left_out_is_caught(scope, route, scene, monkeypatch):
    monkeypatch.setattr(scope, lambda rows, who: rows)
    assert next(faults(scene, POLICY, keys_of(route)), None) is not None


@pytest.mark.parametrize(
    ("reach", "replacement", "route"),
    [
        ("portal.querysets.in_reach", lambda assignment, unit: Q(), "feedback_item"),
        ("sessions.querysets.in_reach", lambda assignment, unit: Q(), "plan_detail"),
        ("units.querysets.UnitQuerySet.below", lambda units, root: units, "unit_detail"),
    ],
)
def test_a_reach_without_limits_is_caught(reach, replacement, route, scene, monkeypatch):
    monkeypatch.setattr(reach, replacement)
    assert next(faults(scene, POLICY, keys_of(route)), None) is not None


def test_a_password_gate_left_out_is_caught(scene, monkeypatch):
    monkeypatch.setattr("units.access.middleware.must_change", lambda user, now: False)
    assert next(faults(scene, POLICY, [("home", "GET")]), None) is not None


urlpatterns = [*declared, path("new/", lambda request: HttpResponse("x"), name="new")]


@override_settings(ROOT_URLCONF=__name__)
def test_a_new_address_without_a_declaration_is_refused_and_noticed(scene):
    assert scene.browsers["anonymous"].get("/new/").headers["Location"] == "/sign-in/?next=/new/"
    assert scene.browsers["department_admin"].get("/new/").status_code == 403
    assert AuditEvent.objects.filter(action="access.unclassified", result="denied").count() == 1
    assert {name for name, _ in walk()} - POLICY.routes() == {"new"}
