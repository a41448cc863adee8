"""Writing to the other side, and saying that one has read what it wrote."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.trail import record_for
from sessions.models import Status
from sessions.reviews.papers import model_of
from sessions.reviews.thread import CommentForm, add_comment, mark_read
from sessions.services import Reviewed
from units.access.objects import find
from units.access.requests import PortalRequest
from units.access.roles import UNIT_ROLES


@require_POST
def review_comment(request: PortalRequest, paper: str, pk: int) -> HttpResponse:
    about = _about(request, paper, pk)
    form = CommentForm(request.POST)
    if about.status == Status.DRAFT:
        messages.error(request, _("还是草稿，报送后才能留言。"))
    elif not form.is_valid():
        messages.error(request, "".join(str(fault) for fault in form.errors["text"]))
    else:
        with transaction.atomic():
            comment, is_new = add_comment(
                about=about,
                text=form.cleaned_data["text"],
                by=request.access.user,
                at=timezone.now(),
                in_unit=_is_in_unit(request),
            )
            if is_new:
                after = {"comment": comment.pk, "text": comment.text}
                record_for(request, action="comment.add", about=about, after=after)
        messages.success(request, _("留言已发出。"))
    return _back(request)


@require_POST
def review_comments_read(request: PortalRequest, paper: str, pk: int) -> HttpResponse:
    about = _about(request, paper, pk)
    with transaction.atomic():
        number = mark_read(about=about, at=timezone.now(), in_unit=_is_in_unit(request))
        record_for(request, action="comment.read", about=about, after={"comments": number})
    return _back(request)


def _about(request: PortalRequest, paper: str, pk: int) -> Reviewed:
    rows: QuerySet[Any] = model_of(paper)._default_manager.all()
    about: Reviewed = find(request, rows, pk=pk)
    return about


def _is_in_unit(request: PortalRequest) -> bool:
    return request.access.acting.role in UNIT_ROLES


def _back(request: PortalRequest) -> HttpResponse:
    """To the page of ours that sent the form."""
    wanted = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return redirect(f"{wanted}#thread" if is_ours and wanted.startswith("/") else "home")
