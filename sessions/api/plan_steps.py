"""What happens to a plan: handed in, taken back, filed, returned; its items marked as done."""

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.trail import record_for
from sessions.api.deciding import decide, return_note
from sessions.api.plan_examples import PLAN_RETURN
from sessions.api.plan_inputs import MarkInput, PlanReturnInput, PlanSubmitInput
from sessions.api.plan_shapes import PlanItemSerializer, PlanSerializer
from sessions.api.plans import KeptPlan
from sessions.declaration import DeclarationForm
from sessions.handing_in import submit_noted, withdraw_noted
from sessions.history import IncompleteError
from sessions.models import AnnualPlan, PlanItem, ReviewEvent
from sessions.plans.checks import faults_by_part
from sessions.plans.contents import content_of
from sessions.plans.progress import lines_of
from sessions.plans.services import mark_item, submit_plan, withdraw_plan
from sessions.reviews import decisions
from sessions.services import ReviewError, refuse_unfit
from units.rest.inputs import Nothing
from units.rest.refusals import NotReadyError, WrongStateError
from units.rest.replaying import once
from units.rest.resources import Resource


class PlanSteps(KeptPlan):
    """Each step is taken from the version that was read."""

    notes = {  # noqa: RUF012  as the parent declares it
        "submit": _("还缺什么，422 逐条说明，什么都不改变。已备案的计划调整后再次报送，日期不变。"),
        "withdraw": _("宣传部还没有办理的可以撤回为草稿；备案过的不能撤回。"),
        "send_back": _("reason 必填。已备案的也可以退回。"),
    }
    guarded = frozenset({"submit", "withdraw", "file", "send_back"})

    @extend_schema(request=PlanSubmitInput, responses=PlanSerializer)
    @once
    def submit(self, request: Request, pk: int) -> Response:
        sent = self.sent(PlanSubmitInput)
        plan = self.found_unchanged(pk=pk)
        try:
            refuse_unfit(plan, ReviewEvent.Kind.SUBMIT)
            _refuse_unready(plan, sent)
            submit_noted(self.portal, plan, partial(submit_plan, plan=plan))
        except (IncompleteError, ReviewError) as refusal:
            raise WrongStateError(str(refusal)) from refusal
        return self.answer(self.found(pk=pk))

    @extend_schema(request=Nothing, responses=PlanSerializer)
    @once
    def withdraw(self, request: Request, pk: int) -> Response:
        self.sent(Nothing)
        plan = self.found_unchanged(pk=pk)
        try:
            withdraw_noted(self.portal, plan, partial(withdraw_plan, plan=plan))
        except ReviewError as refusal:
            raise WrongStateError(str(refusal)) from refusal
        return self.answer(self.found(pk=pk))

    @extend_schema(request=Nothing, responses=PlanSerializer)
    @once
    def file(self, request: Request, pk: int) -> Response:
        self.sent(Nothing)
        plan = self.found_unchanged(pk=pk)
        decide(self.portal, plan, decisions.accept, "review.accept")
        return self.answer(self.found(pk=pk))

    @extend_schema(request=PlanReturnInput, responses=PlanSerializer, examples=[PLAN_RETURN])
    @once
    def send_back(self, request: Request, pk: int) -> Response:
        sent = self.sent(PlanReturnInput)
        plan = self.found_unchanged(pk=pk)
        note = return_note(self.portal, plan, sent)
        decide(self.portal, plan, decisions.send_back, "review.return", note=note)
        return self.answer(self.found(pk=pk))


class PlanItemResource(Resource[PlanItem]):
    """One item, and whether it was carried out."""

    tag = _("年度计划")
    notes = {  # noqa: RUF012  as the parent declares it
        "mark": _("没有单独的学习记录而已经开展的，可以标为完成；草稿不能标记。"),
    }
    queryset = PlanItem.objects.all()
    serializer_class = PlanItemSerializer
    guarded = frozenset({"mark"})

    def rows(self) -> QuerySet[PlanItem]:
        return PlanItem.objects.select_related("plan").order_by("plan_id", "rank_order", "pk")

    def shown(self, row: PlanItem) -> Any:
        lines = lines_of(row.plan, self.portal.access.acting, timezone.localdate())
        return self.get_serializer(next(each for each in lines if each.item.pk == row.pk)).data

    def found_unchanged(self, **lookup: Any) -> PlanItem:
        """The plan is locked before its item, as whoever saves a plan does."""
        AnnualPlan.objects.select_for_update().get(pk=self.found(**lookup).plan_id)
        return super().found_unchanged(**lookup)

    def retrieve(self, request: Request, **at: int) -> Response:
        return super().retrieve(request, plan_id=at["pk"], pk=at["item"])

    @extend_schema(request=MarkInput, responses=PlanItemSerializer)
    @once
    def mark(self, request: Request, pk: int, item: int) -> Response:
        done = self.sent(MarkInput)["done"]
        row = self.found_unchanged(plan_id=pk, pk=item)
        before = {"state": row.state}
        try:
            mark_item(item=row, done=done)
        except ReviewError as refusal:
            raise WrongStateError(str(refusal)) from refusal
        after = {"state": row.state}
        record_for(self.portal, action="plan.mark", about=row, before=before, after=after)
        return self.answer(self.found(pk=item))


def _refuse_unready(plan: AnnualPlan, sent: dict[str, Any]) -> None:
    """Raises NotReadyError with everything that the page would say before it lets a plan go."""
    form = DeclarationForm(sent)
    told = {} if form.is_valid() else {"declared": str(form.errors["declared"][0])}
    told |= faults_by_part(content_of(plan))
    if told:
        errors = [
            {"field": part, "code": "required", "message": said} for part, said in told.items()
        ]
        raise NotReadyError("\n".join(told.values()), errors)
