"""The department's page over the archives of many units: counts, and an archive of them all."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from accounts.trail import record_for
from reports.archives import county
from reports.archives.choosing import YearForm
from reports.archives.counting import archive_lines
from reports.archives.county import units_in
from reports.exports.cleaning import has_room
from units.access.objects import reachable
from units.access.requests import PortalRequest
from units.models import Category, Unit
from units.querysets import UnitQuerySet

PAGE_LENGTH = 50


class CountyForm(YearForm):
    """A year, and units of one category or all."""

    category = forms.ChoiceField(label=_("单位类别"), required=False)

    def __init__(self, data: dict[str, Any], *, today: dt.date, categories: dict[str, str]) -> None:
        super().__init__(data, today=today)
        self.fields["category"].choices = [("", _("全部类别")), *categories.items()]  # type: ignore[attr-defined]  # a choice field
        self.full_clean()

    @property
    def category_code(self) -> str:
        code: str = self.cleaned_data.get("category") or ""
        return code


def categories_of(units: UnitQuerySet) -> dict[str, str]:
    """Name by code, of those that have a unit with a group; one query."""
    found = Category.objects.filter(units__in=units.with_group().order_by()).distinct()
    return {one.code: one.name for one in found}


@require_safe
def archive_list(request: PortalRequest) -> HttpResponse:
    today = timezone.localdate()
    units = Unit.objects.filter(pk__in=reachable(request, Unit.objects.all()).order_by())
    form = CountyForm(request.GET.dict(), today=today, categories=categories_of(units))
    year, root = form.chosen_year, request.access.acting.unit
    on = min(today, dt.date(year, 12, 31))
    kept = units_in(root, year, form.category_code, on)
    page = Paginator(kept, PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "year": year,
        "page": page,
        "lines": archive_lines(list(page), year, on),
    }
    return render(request, "reports/archives/county.html", context)


@require_POST
def archive_ask(request: PortalRequest) -> HttpResponse:
    """Takes the wish down; the archive is made in the background and fetched at the centre."""
    now, root = timezone.localtime(), request.access.acting.unit
    units = Unit.objects.filter(pk__in=reachable(request, Unit.objects.all()).order_by())
    form = CountyForm(request.POST.dict(), today=now.date(), categories=categories_of(units))
    back = f"{reverse('archive_list')}?{urlencode({'year': form.chosen_year})}"
    if form.errors:
        messages.error(request, _("没有这个年度或类别，请重新选择。"))
        return redirect(back)
    if not has_room():
        messages.error(request, _("服务器磁盘剩余空间不足，请联系系统管理员清理后再试。"))
        return redirect(back)
    category = Category.objects.filter(code=form.category_code).first()
    with transaction.atomic():
        job, is_new = county.ask(
            root=root,
            year=form.chosen_year,
            category=category,
            asked_by=request.access.user,
            at=now,
        )
        after = {"kind": job.kind, "root": root.code, **job.parameters, "is_new": is_new}
        record_for(request, action="export.ask", about=job, after=after)
    if is_new:
        messages.success(request, _("已开始生成，完成后可在本页下载。"))
    else:
        messages.warning(request, _("您已有一份学习档案正在生成，没有重复申请。"))
    return redirect("export_list")
