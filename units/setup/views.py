"""The page that the first start's one-time link opens."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.one_time_links import find_link
from accounts.requests import AccountRequest
from accounts.trail import record_for
from units.setup.forms import AdministratorsForm, DepartmentForm
from units.setup.services import LinkUsedError, name_first_administrators, root_unit


def _all_valid(forms: list[DepartmentForm | AdministratorsForm]) -> bool:
    """Every form is asked, so that every fault shows at once."""
    return False not in [form.is_valid() for form in forms]


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def first_administrators(request: AccountRequest, token: str) -> HttpResponse:
    now = timezone.now()
    link = find_link(token, now)
    if link is None or link.user is not None or User.objects.exists():
        return render(request, "accounts/link_over.html", status=404)
    data = request.POST if request.method == "POST" else None
    root = root_unit()
    department = None if root else DepartmentForm(data)
    administrators = AdministratorsForm(data)
    forms: list[DepartmentForm | AdministratorsForm] = [administrators]
    if department is not None:
        forms.append(department)
    if data is not None and _all_valid(forms):
        try:
            invitations = name_first_administrators(
                link=link,
                root=root or (department.cleaned_data if department else {}),
                people=administrators.people(),
                at=now,
            )
        except LinkUsedError:
            return render(request, "accounts/link_over.html", status=404)
        record_for(request, action="account.first_administrators")
        links = [
            (each, request.build_absolute_uri(reverse("own_password", args=[each.token])))
            for each in invitations
        ]
        return render(request, "units/invitations.html", {"links": links})
    context = {"department": department, "administrators": administrators}
    return render(request, "units/first_administrators.html", context)
