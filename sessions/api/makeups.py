"""Make-ups of absences: entered, confirmed, taken back, one member at a time."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.trail import record_for
from sessions.api.session_shapes import AttendanceSerializer
from sessions.makeups import services
from sessions.makeups.forms import ConfirmForm, RecordForm
from sessions.makeups.rows import owed_rows
from sessions.makeups.services import MakeupError
from sessions.makeups.terms import makeup_terms
from sessions.models import Attendance
from units.rest.inputs import Input
from units.rest.judged import Choice, Day, Text, named, require_valid
from units.rest.refusals import WrongStateError
from units.rest.replaying import once
from units.rest.resources import Resource

Rows = list[Attendance]
Before = list[dict[str, Any]]


class MakeupInput(Input):
    date = Day(help_text=_("补学日期，不早于学习时间，不晚于今天。"))
    method = Choice(
        choices=Attendance.Method.choices,
        help_text=named(Attendance.Method.choices, _("补学方式：")),
    )
    confirmer = Text(
        required=False,
        max_length=60,
        allow_blank=True,
        help_text=_("组长等已当面确认的，填姓名，今天一并确认；没有的先不填，以后再确认。"),
    )


class ConfirmationInput(Input):
    on = Day(help_text=_("确认日期，不早于补学日期，不晚于今天。"))
    confirmer = Text(max_length=60, help_text=_("一般是组长，或受组长委托的副组长。"))


class MakeupResource(Resource[Attendance]):
    """The attendance of one member at one session, and what became of the absence."""

    tag = _("补学")
    notes = {  # noqa: RUF012  as the parent declares it
        "update": _("登记补学；已登记的先撤销再登记。"),
        "confirm": _("确认已登记的补学；确认后才算完成。"),
        "destroy": _("撤销最后一步：已确认的撤销确认，只登记的撤销登记。答复撤销后的情况。"),
    }
    queryset = Attendance.objects.all()
    serializer_class = AttendanceSerializer
    guarded = frozenset({"update", "confirm", "destroy"})

    def rows(self) -> QuerySet[Attendance]:
        rows = Attendance.objects.select_related("session__unit", "member__person")
        return rows.order_by("session_id", "member__rank_order", "pk")

    def retrieve(self, request: Request, **at: int) -> Response:
        return super().retrieve(request, **_lookup(at))

    @extend_schema(request=MakeupInput, responses=AttendanceSerializer)
    def update(self, request: Request, **at: int) -> Response:
        sent, today = self.sent(MakeupInput), timezone.localdate()
        given = {("made_on" if name == "date" else name): value for name, value in sent.items()}

        def save(rows: Rows) -> tuple[Before, dict[str, Any]]:
            said = require_valid(RecordForm(given), {"made_on": "date"})
            made_on, method, confirmer = said["made_on"], said["method"], said["confirmer"]
            before = services.record_makeups(rows=rows, made_on=made_on, method=method, today=today)
            if confirmer:
                services.confirm_makeups(rows=rows, on=today, confirmer=confirmer, today=today)
            return before, said

        with transaction.atomic():
            return self._changed(at, "makeup.record", save)

    @extend_schema(request=ConfirmationInput, responses=AttendanceSerializer)
    @once
    def confirm(self, request: Request, /, **at: int) -> Response:
        sent, today = self.sent(ConfirmationInput), timezone.localdate()

        def save(rows: Rows) -> tuple[Before, dict[str, Any]]:
            said = require_valid(ConfirmForm(sent))
            return services.confirm_makeups(rows=rows, today=today, **said), said

        return self._changed(at, "makeup.confirm", save)

    @extend_schema(responses={200: AttendanceSerializer})
    def destroy(self, request: Request, **at: int) -> Response:
        def save(rows: Rows) -> tuple[Before, dict[str, Any]]:
            return services.undo_makeups(rows=rows), {}

        with transaction.atomic():
            return self._changed(at, "makeup.undo", save)

    def _changed(
        self,
        at: dict[str, int],
        action: str,
        save: Callable[[Rows], tuple[Before, dict[str, Any]]],
    ) -> Response:
        row = self.found_unchanged(**_lookup(at))
        _refuse_not_owed(row)
        try:
            before, said = save([row])
        except MakeupError as error:
            raise WrongStateError(str(error)) from error
        after = {"rows": [row.pk], **said}
        record_for(self.portal, action=action, before={"rows": before}, after=after)
        return self.answer(self.found(pk=row.pk))


def _lookup(at: dict[str, int]) -> dict[str, int]:
    return {"session_id": at["pk"], "member_id": at["member"]}


def _refuse_not_owed(row: Attendance) -> None:
    """Raises WrongStateError for a row that the page would not list."""
    session = row.session
    terms = makeup_terms(session.unit, {session.date.year}, timezone.localdate())
    if not owed_rows(Attendance.objects.filter(pk=row.pk), terms).exists():
        raise WrongStateError(
            _now("%s这次不须补学：出席或按规定不计缺席的、未报送的学习和相关活动，都没有补学。")
            % row.member.person.name
        )
