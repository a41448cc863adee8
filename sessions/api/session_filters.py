"""Words by which sessions are looked for."""

from collections.abc import Collection
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ValidationError

from sessions.api.filters import WholeNumber, YesNo
from sessions.api.session_shapes import STATUSES
from sessions.makeups.rows import STEPS, Step, owed_rows
from sessions.makeups.terms import makeup_terms
from sessions.models import Attendance, Form, StudySession, Topic
from units.access.objects import find
from units.access.roles import UNIT_ROLES
from units.models import Unit
from units.rest.filtering import Filters, OrderingFilter, UnitFilter, found_row
from units.rest.inputs import LARGEST_ID

Sessions = QuerySet[StudySession]
FIRST_YEAR, LAST_YEAR = 2000, 2100


class SessionFilters(Filters):
    unit = UnitFilter(field_name="unit", label=_("单位的编码"))
    below = django_filters.CharFilter(method="in_subtree", label=_("这个单位和它的下级单位"))
    year = WholeNumber(
        field_name="date__year", min_value=FIRST_YEAR, max_value=LAST_YEAR, label=_("年度")
    )
    month = WholeNumber(
        field_name="date__month", min_value=1, max_value=12, label=_("月份，1 到 12")
    )
    date_from = django_filters.DateFilter(
        field_name="date", lookup_expr="gte", label=_("这一天及以后的学习")
    )
    date_to = django_filters.DateFilter(
        field_name="date", lookup_expr="lte", label=_("这一天及以前的学习")
    )
    status = django_filters.ChoiceFilter(choices=STATUSES)
    form = django_filters.ChoiceFilter(  # type: ignore[assignment]  # taken out of the class
        choices=Form.choices
    )
    source = django_filters.ChoiceFilter(choices=StudySession.Source.choices)
    text = django_filters.CharFilter(
        method="with_words", max_length=60, label=_("主题、内容、地点中的文字")
    )
    topic = WholeNumber(
        method="on_topic", min_value=1, max_value=LARGEST_ID, label=_("学习内容的编号")
    )
    late = YesNo(field_name="is_late", label=_("所在月份封账后补录"))
    awaits_approval = YesNo(field_name="awaits_approval", label=_("待单位审核"))
    open_makeups = YesNo(
        method="owing_makeups",
        label=_("有成员还没有登记补学；宣传部的角色须同时给出 unit"),
    )
    ordering = OrderingFilter(fields=(("date", "date"), ("theme", "theme"), ("unit__code", "unit")))

    class Meta:
        model = StudySession
        fields = ()

    def in_subtree(self, rows: Sessions, name: str, value: str) -> Sessions:
        return rows.filter(unit__path__startswith=self._unit(value).path)

    def with_words(self, rows: Sessions, name: str, value: str) -> Sessions:
        words = ("theme", "content", "place")
        found = (Q(**{f"{each}__icontains": value}) for each in words)
        return rows.filter(Q(*found, _connector=Q.OR))

    def on_topic(self, rows: Sessions, name: str, value: int) -> Sessions:
        topic = found_row(self._portal, Topic.objects.all(), value)
        named = StudySession.topics.through.objects.filter(
            studysession=OuterRef("pk"), topic=topic.pk
        )
        return rows.filter(Exists(named))

    def owing_makeups(self, rows: Sessions, name: str, value: bool | str) -> Sessions:
        """Whether somebody's absence is not made up for yet, by the rules of the one unit."""
        if value == "":
            return rows
        acting, code = self._portal.access.acting, (self.data or {}).get("unit")
        if not code and acting.role not in UNIT_ROLES:
            raise ValidationError({name: [_now("请同时用 unit 给出一个单位：各单位的规则不同。")]})
        unit = self._unit(code) if code else acting.unit
        dates = rows.filter(unit=unit).order_by().dates("date", "year")
        open_ones = _open(unit, {day.year for day in dates})
        owing = Exists(open_ones.filter(session=OuterRef("pk")))
        return rows.filter(owing) if value else rows.exclude(owing)

    @property
    def _portal(self) -> Any:
        request: Any = self.request
        return request._request

    def _unit(self, code: str) -> Unit:
        return find(self._portal, Unit.objects.all(), code=code)


def _open(unit: Unit, years: Collection[int]) -> QuerySet[Attendance]:
    terms = makeup_terms(unit, years, timezone.localdate())
    return owed_rows(Attendance.objects.all(), terms).filter(STEPS[Step.OPEN])
