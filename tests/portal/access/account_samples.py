"""Accounts and roles for the policy test."""

from datetime import timedelta

from axes.models import AccessAttempt
from django.utils import timezone

from accounts.models import User
from tests.portal.access.sample import Make, Sample
from tests.portal.county import make_assignment, make_user
from units.access.roles import Role
from units.models import RoleProposal, Unit

ROW = 10**6
NOBODYS = {"pk": 10**9}
SOON = str(timezone.localdate() + timedelta(days=30))
GRANT = {"role": "auditor", "unit": "QS001", "start_date": SOON, "end_date": ""}


def make_account(unit: Unit, **changes: object) -> User:
    """An account whose only role is in the unit."""
    user = make_user(f"account-{unit.code}", **changes)
    make_assignment(user, Role.CLERK, unit)
    return user


def account(user: User, unit: Unit) -> dict[str, object]:
    return {"pk": make_account(unit).pk}


def disabled(user: User, unit: Unit) -> dict[str, object]:
    return {"pk": make_account(unit, is_active=False).pk}


def locked(user: User, unit: Unit) -> dict[str, object]:
    owner = make_account(unit)
    AccessAttempt.objects.create(username=owner.username, failures_since_start=5)
    return {"pk": owner.pk}


def assignment(user: User, unit: Unit) -> dict[str, object]:
    return {"pk": make_account(unit).assignments.get().pk}


def proposal(user: User, unit: Unit) -> dict[str, object]:
    """Proposed by a security administrator, so that the department may confirm it as well."""
    proposer = make_user(f"proposer-{unit.code}")
    make_assignment(proposer, Role.SECURITY_ADMIN, unit)
    made = RoleProposal.objects.create(
        kind="grant",
        user=make_account(unit),
        role=Role.APPROVER,
        unit=unit,
        start_date=timezone.localdate(),
        proposed_by=proposer,
        proposed_as=Role.SECURITY_ADMIN,
        proposed_at=timezone.now(),
    )
    return {"pk": made.pk}


def row(user: User, unit: Unit) -> dict[str, object]:
    RoleProposal.objects.filter(**proposal(user, unit)).update(id=ROW)
    return {}


def proposal_canary(user: User, unit: Unit) -> str:
    return RoleProposal.objects.get(**proposal(user, unit)).user.full_name


def _sample(make: Make, **body: str) -> Sample:
    return Sample(make=make, missing=NOBODYS, body=body)


ACCOUNT_SAMPLES: dict[tuple[str, str], Sample] = {
    ("account_list", "GET"): Sample(canary=lambda user, unit: make_account(unit).full_name),
    ("account_detail", "GET"): _sample(account),
    ("account_create", "GET"): Sample(),
    ("account_create", "POST"): Sample(body={"username": "xinren", "full_name": "测新人"}),
    ("account_edit", "GET"): _sample(account),
    ("account_edit", "POST"): _sample(account, full_name="测改名", email="", version="1"),
    ("account_disable", "POST"): _sample(account),
    ("account_enable", "POST"): _sample(disabled),
    ("account_unlock", "POST"): _sample(locked),
    ("account_reset", "POST"): _sample(account),
    ("account_sign_ins_end", "POST"): _sample(account),
    ("role_grant", "GET"): _sample(account),
    ("role_grant", "POST"): _sample(account, **GRANT),
    ("role_revoke", "GET"): _sample(assignment),
    ("role_revoke", "POST"): _sample(assignment, on=SOON),
    ("proposal_list", "GET"): Sample(canary=proposal_canary),
    ("proposal_create", "GET"): Sample(),
    ("proposal_create", "POST"): Sample(
        body=GRANT | {"kind": "grant", "username": "nobody", "role": "auditor"}
    ),
    ("proposal_list_create", "GET"): Sample(),
    ("proposal_list_create", "POST"): Sample(
        body={"lines": "nobody\tQS001\t填报员", "role": "clerk", "start_date": SOON}
    ),
    ("proposal_list_confirm", "GET"): Sample(canary=proposal_canary),
    ("proposal_list_confirm", "POST"): Sample(make=row, body={"rows": [str(ROW)]}),
    ("proposal_detail", "GET"): _sample(proposal),
    ("proposal_confirm", "POST"): _sample(proposal),
    ("proposal_refuse", "POST"): _sample(proposal, note="不符合分工"),
    ("role_hand_over", "GET"): _sample(assignment),
    ("role_hand_over", "POST"): _sample(assignment, to="nobody", on=SOON),
}
