"""Many roles at once: one person proposes them from a list, another confirms those looked at."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.administering import AccountError
from accounts.trail import origin_of
from units.access.numbers import sent_number
from units.access.objects import find, reachable
from units.access.requests import PortalRequest
from units.access.roles import Role
from units.administration.bulk_forms import ListForm
from units.administration.listing import ListReader, propose_all
from units.administration.proposing import confirm, why_not_confirm
from units.administration.reading import accounts
from units.assignments import GrantError
from units.models import RoleProposal
from units.querysets import RoleProposalQuerySet

SHOWN_PROBLEMS = 50
PAGE_LENGTH = 200


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_list_create(request: PortalRequest) -> HttpResponse:
    """All lines of a pasted list, or none; what is wrong stands by the number of its line."""
    acting, today = request.access.acting, timezone.localdate()
    form = ListForm(request.POST if request.method == "POST" else None, today=today)
    if form.is_valid():
        reader = ListReader(accounts().administered_by(acting), acting.unit, today)
        outcome = propose_all(
            wishes=reader.wishes(form.cleaned_data["lines"], form.terms),
            by=request.access.user,
            role=Role(acting.role),
            at=timezone.now(),
            origin=origin_of(request),
        )
        if not outcome.problems:
            said = _("已提出 %(new)s 条，另有 %(old)s 行已任此职或已在等待确认。等待另一人确认。")
            told = {"new": outcome.proposed, "old": outcome.unchanged}
            messages.success(request, said % told)
            return redirect("proposal_list")
        for problem in outcome.problems[:SHOWN_PROBLEMS]:
            form.add_error("lines", problem)
        if (more := len(outcome.problems) - SHOWN_PROBLEMS) > 0:
            form.add_error("lines", _("另有 %s 处没有列出，改后再看。") % more)
    status = 400 if request.method == "POST" else 200
    return render(
        request, "units/administration/proposal_list_create.html", {"form": form}, status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_list_confirm(request: PortalRequest) -> HttpResponse:
    """Each proposal this person may confirm, in full; those ticked are confirmed one by one."""
    if request.method == "POST":
        return _confirm(request)
    user, role = request.access.user, Role(request.access.acting.role)
    waiting = reachable(request, _proposals()).filter(state=RoleProposal.State.OPEN)
    open_to_me = [each for each in waiting if not why_not_confirm(each, user, role)]
    context = {
        "rows": open_to_me[:PAGE_LENGTH],
        "more": max(0, len(open_to_me) - PAGE_LENGTH),
        "others": len(waiting) - len(open_to_me),
    }
    return render(request, "units/administration/proposal_list_confirm.html", context)


def _confirm(request: PortalRequest) -> HttpResponse:
    """Each is a decision of its own: one that cannot be done any more leaves the others done."""
    sent = map(sent_number, request.POST.getlist("rows"))
    chosen = [pk for pk in sent if pk is not None][:PAGE_LENGTH]
    proposals = [find(request, _proposals(), pk=pk) for pk in dict.fromkeys(chosen)]
    done = 0
    for proposal in proposals:
        try:
            confirm(
                proposal=proposal,
                by=request.access.user,
                role=Role(request.access.acting.role),
                today=timezone.localdate(),
                at=timezone.now(),
                origin=origin_of(request),
            )
        except (AccountError, GrantError) as refused:
            told = {"name": proposal.user.full_name, "why": str(refused)}
            messages.error(request, _("%(name)s：%(why)s") % told)
        else:
            done += 1
    if done:
        messages.success(request, _("已确认并办理 %s 条。") % done)
    if not proposals:
        messages.error(request, _("没有勾选。请核对后勾选要确认的。"))
    return redirect("proposal_list_confirm")


def _proposals() -> RoleProposalQuerySet:
    rows = RoleProposal.objects.select_related("user", "unit", "proposed_by")
    return rows.named(timezone.localdate()).order_by("unit__rank_order", "unit__code", "role", "pk")
