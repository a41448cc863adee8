"""Pages of the steps from the draft to the issued circular, and of a unit's explanation."""

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reports.circulars import explaining, services
from reports.circulars.forms import ExplainForm, IssueForm, OpenForm, ReasonForm, RecordForm
from reports.circulars.reading import choosable
from reports.circulars.step_page import Step, Words, run
from reports.circulars.views import found
from reports.models import Circular, CircularEvent, CircularExplanation
from reports.sitins.services import Act
from units.access.requests import PortalRequest

Kind = CircularEvent.Kind
METHODS = ["GET", "HEAD", "POST"]
DAYS_TO_EXPLAIN = dt.timedelta(days=5)


@require_http_methods(METHODS)
def circular_open(request: PortalRequest, pk: int) -> HttpResponse:
    circular, today = found(request, pk), timezone.localdate()

    def form_of(row: Circular, data: Any = None) -> OpenForm:
        initial = {"until": row.explain_by or today + DAYS_TO_EXPLAIN}
        return OpenForm(data, today=today, initial=initial)

    form = form_of(circular, _sent(request))

    def save(act: Act) -> None:
        services.open_for_explanations(circular=circular, until=form.cleaned_data["until"], act=act)

    words = Words(_("开放情况说明"), _("开放"), _("各单位现在可以看到本单位的内容并提交情况说明。"))
    note = _("每个单位只看到通报中关于本单位的内容，看不到其他单位的；情况说明不写入通报。")
    step = Step(Kind.OPEN, words, circular.version, save, form_of, {"note": note})
    return run(request, circular, form, step)


@require_http_methods(METHODS)
def circular_explain(request: PortalRequest, pk: int) -> HttpResponse:
    """A unit explains its own line."""
    circular, unit = found(request, pk), request.access.acting.unit
    given = CircularExplanation.objects.filter(circular=circular, unit=unit).first()

    def form_of(row: Any, data: Any = None) -> ExplainForm:
        stored = row if isinstance(row, CircularExplanation) else given
        return ExplainForm(data, initial={"text": stored.text} if stored else None)

    form = form_of(circular, _sent(request))

    def save(act: Act) -> None:
        explaining.explain(
            circular=circular,
            unit=unit,
            text=form.cleaned_data["text"],
            today=timezone.localdate(act.at),
            act=act,
        )

    words = Words(_("情况说明"), _("提交情况说明"), _("已提交，宣传部可以看到。"))
    version = given.version if given else 0
    step = Step(Kind.EXPLAIN, words, version, save, form_of)
    return run(request, circular, form, step)


@require_http_methods(METHODS)
def circular_submit(request: PortalRequest, pk: int) -> HttpResponse:
    circular = found(request, pk)

    def save(act: Act) -> None:
        services.submit(circular=circular, act=act)

    words = Words(_("送领导审定"), _("送审"), _("已送审。"))
    note = _("送审后不能再修改；领导退回后可以接着改。")
    form = _empty(circular, _sent(request))
    step = Step(Kind.SUBMIT, words, circular.version, save, _empty, {"note": note})
    return run(request, circular, form, step)


@require_http_methods(METHODS)
def circular_send_back(request: PortalRequest, pk: int) -> HttpResponse:
    circular = found(request, pk)

    def form_of(row: Circular, data: Any = None) -> ReasonForm:
        return ReasonForm(data)

    form = form_of(circular, _sent(request))

    def save(act: Act) -> None:
        services.send_back(circular=circular, reason=form.cleaned_data["reason"], act=act)

    words = Words(_("退回修改"), _("退回"), _("已退回起草人修改。"))
    step = Step(Kind.SEND_BACK, words, circular.version, save, form_of)
    return run(request, circular, form, step)


@require_http_methods(METHODS)
def circular_approve(request: PortalRequest, pk: int) -> HttpResponse:
    circular = found(request, pk)

    def save(act: Act) -> None:
        services.approve(circular=circular, on=timezone.localdate(act.at), act=act)

    words = Words(_("审定通报"), _("同意印发"), _("已审定，可以编号印发。"))
    note = _("请先看过通报全文和附件。起草、修改、送审的人不能审定。")
    form = _empty(circular, _sent(request))
    step = Step(Kind.APPROVE, words, circular.version, save, _empty, {"note": note})
    return run(request, circular, form, step)


@require_http_methods(METHODS)
def circular_record(request: PortalRequest, pk: int) -> HttpResponse:
    circular, today = found(request, pk), timezone.localdate()

    def form_of(row: Circular, data: Any = None) -> RecordForm:
        since = row.closing.as_of
        return RecordForm(data, since=since, today=today, initial={"on": today})

    form = form_of(circular, _sent(request))

    def save(act: Act) -> None:
        services.record_approval(circular=circular, **form.cleaned_data, act=act)

    words = Words(_("登记领导审定"), _("登记"), _("已登记审定，可以编号印发。"))
    note = _("领导没有本平台账号、在纸质稿上签批的，在这里登记；签批件由宣传部存档。")
    step = Step(Kind.RECORD, words, circular.version, save, form_of, {"note": note})
    return run(request, circular, form, step)


@require_http_methods(METHODS)
def circular_issue(request: PortalRequest, pk: int) -> HttpResponse:
    circular, today = found(request, pk), timezone.localdate()

    def form_of(row: Circular, data: Any = None) -> IssueForm:
        since = row.approved_on or row.closing.as_of
        initial = {"on": today, "whom": "all"}
        units = choosable(circular)
        return IssueForm(data, units=units, since=since, today=today, initial=initial)

    form = form_of(circular, _sent(request))

    def save(act: Act) -> None:
        cleaned = form.cleaned_data
        issue = services.Issue(
            cleaned["number"], cleaned["on"], list(form.recipients), cleaned["also_sent"]
        )
        services.issue(circular=circular, issue=issue, act=act)

    words = Words(_("编号印发"), _("印发"), _("已印发，发送单位可以查看和下载。"))
    note = _("印发以后内容不再改变；有误的另发一份通报代替。")
    step = Step(Kind.ISSUE, words, circular.version, save, form_of, {"note": note})
    return run(request, circular, form, step)


def _sent(request: PortalRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _empty(row: Any, data: Any = None) -> forms.Form:
    return forms.Form(data)
