"""The page on which the department sets up its review: the switch and the usual reasons."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.trail import record_for
from sessions.reviews import reasons
from sessions.reviews.settings_forms import ReasonRows, SwitchForm, reason_rows
from sessions.reviews.switch import (
    StaleSwitchError,
    setting_of,
    switch_unit_approval,
    units_without_approver,
)
from units.access.requests import PortalRequest

SHOWN_UNITS = 30


@require_safe
def review_settings(request: PortalRequest) -> HttpResponse:
    return _page(request)


def _page(
    request: PortalRequest,
    *,
    rows: ReasonRows | None = None,
    seal: str = "",
    stale: bool = False,
    status: int = 200,
) -> HttpResponse:
    unit, today = request.access.acting.unit, timezone.localdate()
    kept = reasons.reasons_kept_by(unit)
    setting = setting_of(unit)
    bare = units_without_approver(unit, today)
    context: dict[str, Any] = {
        "setting": setting,
        "switch": SwitchForm(initial={"is_on": setting.is_on, "version": setting.version}),
        "rows": rows or reason_rows(kept=kept),
        "seal": seal or reasons.seal(kept),
        "stored": kept if stale else [],
        "bare": bare[:SHOWN_UNITS],
        "bare_count": len(bare),
    }
    return render(request, "sessions/reviews/settings.html", context, status=status)


@require_POST
def unit_approval_switch(request: PortalRequest) -> HttpResponse:
    form = SwitchForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请从页面上的按钮办理。"))
        return redirect("review_settings")
    unit, is_on = request.access.acting.unit, form.cleaned_data["is_on"]
    try:
        with transaction.atomic():
            released = switch_unit_approval(
                unit=unit, is_on=is_on, version=form.cleaned_data["version"]
            )
            after = {"is_on": is_on, "released": released}
            record_for(request, action="unit_approval.switch", about=unit, after=after)
    except StaleSwitchError:
        messages.error(request, _("他人刚改过这项设置，请核对后再改。"))
    else:
        said = _("已启用：此后报送的先由单位审核。") if is_on else _("已停用：报送后直接到宣传部。")
        messages.success(request, said)
    return redirect("review_settings")


@require_POST
def return_reasons(request: PortalRequest) -> HttpResponse:
    rows, opened = reason_rows(request.POST), request.POST.get("seal", "")
    unit = request.access.acting.unit
    if not rows.is_valid():
        return _page(request, rows=rows, seal=opened, status=400)
    wanted = rows.reasons()
    before = [reason.text for reason in reasons.reasons_kept_by(unit)]
    try:
        with transaction.atomic():
            reasons.save_reasons(unit=unit, reasons=wanted, opened=opened)
            after = {"reasons": [reason.text for reason in wanted]}
            record_for(
                request,
                action="return_reasons.save",
                about=unit,
                before={"reasons": before},
                after=after,
            )
    except reasons.StaleReasonsError:
        return _page(request, rows=rows, stale=True, status=409)
    messages.success(request, _("常用退回原因已保存。"))
    return redirect("review_settings")
