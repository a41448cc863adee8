"""Annual plans: listed, read, begun, written."""

from dataclasses import replace
from typing import Any

import django_filters
from django.db import transaction
from django.db.models import Count, Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.trail import record_for
from sessions.api.filters import WholeNumber
from sessions.api.plan_examples import ADJUSTMENT, NEW_PLAN
from sessions.api.plan_inputs import PlanChanges, PlanInput
from sessions.api.plan_reading import HEAD, read_plan
from sessions.api.plan_shapes import STATUSES, PlanRowSerializer, PlanSerializer
from sessions.api.references import References
from sessions.history import EDITABLE_PLAN, StaleVersionError
from sessions.models import AnnualPlan, ReviewEvent
from sessions.plans.contents import PlanContent, content_of, differences
from sessions.plans.editor import PlanEditor
from sessions.plans.forms import NewPlanForm
from sessions.plans.services import create_plan, save_plan, usual_title
from sessions.plans.views import plans_named
from units.access.objects import find
from units.models import Unit
from units.rest.filtering import Filters, OrderingFilter, UnitFilter
from units.rest.judged import require_valid
from units.rest.refusals import StaleError, WrongStateError
from units.rest.replaying import once
from units.rest.resources import Resource

CONTENT = HEAD | {"items"}


class PlanFilters(Filters):
    unit = UnitFilter(field_name="unit", label=_("单位的编码"))
    year = WholeNumber(min_value=2000, max_value=2100, label=_("年度"))
    status = django_filters.ChoiceFilter(choices=STATUSES)
    ordering = OrderingFilter(
        fields=(("year", "year"), ("unit__code", "unit"), ("updated_at", "updated_at"))
    )

    class Meta:
        model = AnnualPlan
        fields = ()


class KeptPlan(Resource[AnnualPlan]):
    """Whole plans, found by their ids."""

    tag = _("年度计划")
    queryset = AnnualPlan.objects.all()
    serializer_class = PlanSerializer

    def rows(self) -> QuerySet[AnnualPlan]:
        events = ReviewEvent.objects.select_related("by").order_by("on", "pk")
        return _ordered(plans_named()).prefetch_related("items", Prefetch("events", events))


class PlanResource(KeptPlan):
    """What a unit means to study in a year: one plan a year."""

    notes = {  # noqa: RUF012  as the parent declares it
        "list": _("只列基本情况和项目数；各个项目和办理记录在单份计划中。"),
        "create": _(
            "存为草稿，报送另办。该年度已有内容相同的计划的，不重复新建，答复 200 和原有的一份；"
            "内容不同的，409。"
        ),
        "partial_update": _(
            "只改写明的栏目；items 写了就整份替换，带 id 的还是原来那一项。"
            "已备案的计划修改后即为调整，须再次报送备案。"
        ),
    }
    filterset_class = PlanFilters

    def get_serializer_class(self) -> Any:
        return PlanRowSerializer if self.action == "list" else PlanSerializer

    def rows(self) -> QuerySet[AnnualPlan]:
        if self.action != "list":
            return super().rows()
        return _ordered(plans_named()).annotate(item_count=Count("items"))

    @extend_schema(
        request=PlanInput,
        responses={200: PlanSerializer, 201: PlanSerializer},
        examples=[NEW_PLAN],
    )
    @once
    def create(self, request: Request) -> Response:
        sent, today = self.sent(PlanInput), timezone.localdate()
        unit = find(self.portal, Unit.objects.named(today), code=sent["unit"])
        year = require_valid(NewPlanForm({"year": sent.get("year")}, today=today))["year"]
        title = usual_title(unit, getattr(unit, "short_name", "") or "", year)
        content = read_plan(PlanEditor(AnnualPlan(unit=unit, year=year, title=title), today), sent)
        plan, is_new = create_plan(unit=unit, year=year, title=title, by=self.portal.access.user)
        if not is_new:
            _refuse_another(plan, content, CONTENT & sent.keys())
        else:
            after = {"year": year, "copied_from": None}
            record_for(self.portal, action="plan.create", about=plan, after=after)
            if not content_of(plan).says_the_same_as(content):
                self._saved(plan, content)
        response = self.answer(self.found(pk=plan.pk), 201 if is_new else 200)
        response["Location"] = reverse("api_plan", kwargs={"pk": plan.pk})
        return response

    @extend_schema(request=PlanChanges, responses=PlanSerializer, examples=[ADJUSTMENT])
    def partial_update(self, request: Request, pk: int) -> Response:
        sent = self.sent(PlanChanges)
        with transaction.atomic():
            plan = self.found_unchanged(pk=pk)
            if plan.status not in EDITABLE_PLAN:
                said = {"status": plan.get_status_display(), "action": _now("修改")}
                raise WrongStateError(_now("当前状态为“%(status)s”，不能%(action)s。") % said)
            editor = PlanEditor(plan, timezone.localdate())
            content = read_plan(editor, sent, References(self.portal))
            if content_of(plan) != content:
                self._saved(plan, content)
        return self.answer(self.found(pk=pk))

    def _saved(self, plan: AnnualPlan, content: PlanContent) -> None:
        before, after = differences(content_of(plan), content)
        try:
            save_plan(plan=plan, version=plan.version, content=content, at=timezone.now())
        except StaleVersionError as stale:
            raise StaleError from stale
        record_for(self.portal, action="plan.save", about=plan, before=before, after=after)


def _ordered(plans: QuerySet[AnnualPlan]) -> QuerySet[AnnualPlan]:
    return plans.order_by("-year", "unit__rank_order", "unit__code", "pk")


def _refuse_another(plan: AnnualPlan, content: PlanContent, named: frozenset[str]) -> None:
    """The same sent twice is no fault. Raises WrongStateError if the unit's plan of the year says
    anything else than what is ``named``.
    """
    stored = content_of(plan)
    as_sent = replace(stored, **{name: getattr(content, name) for name in named})
    if not stored.says_the_same_as(as_sent):
        said = _now("%(year)d年的计划已经有了，请修改那一份。") % {"year": plan.year}
        raise WrongStateError(said)
