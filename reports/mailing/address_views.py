"""Units that no mail reaches, and mending that."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.trail import record_for
from reports.mailing.forms import AddressForm
from reports.mailing.reading import without_address
from reports.mailing.run_views import may_change
from reports.mailing.services import ChangedMeanwhileError, save_address
from units.access.objects import find, reachable
from units.access.requests import PortalRequest
from units.models import Unit

PAGE_LENGTH = 50


@require_safe
def mail_addresses(request: PortalRequest) -> HttpResponse:
    root = reachable(request, Unit.objects.filter(pk=request.access.acting.unit_id)).get()
    missing = without_address(root, timezone.localdate())
    page = Paginator(missing, PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {"page": page, "may_change": may_change(request)}
    return render(request, "reports/mailing/addresses.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def mail_address(request: PortalRequest, code: str) -> HttpResponse:
    unit = find(request, Unit.objects.named(timezone.localdate()), code=code)
    stored = {"email": unit.email, "version": unit.version}
    form = AddressForm(request.POST if request.method == "POST" else None, initial=stored)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            with transaction.atomic():
                save_address(unit=unit, email=asked["email"], version=asked["version"])
                record_for(
                    request,
                    action="mail.address",
                    about=unit,
                    before={"email": unit.email},
                    after={"email": asked["email"]},
                )
            messages.success(request, _("已保存；此前没有发到的邮件，几分钟内自动补发。"))
            return redirect("mail_addresses")
        except ChangedMeanwhileError:
            form = AddressForm({"email": asked["email"], "version": unit.version})
            form.is_valid()
            words = _("其他人刚刚改过该单位的信息，现在的邮箱是“%s”。如仍要改，请再保存一次。")
            form.add_error(None, words % (unit.email or _("未填写")))
    return render(request, "reports/mailing/address.html", {"unit": unit, "form": form})
