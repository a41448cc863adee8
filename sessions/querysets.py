"""The words in which other rooms ask for study sessions."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery, Value

from units.models.unit_name import UnitName
from units.querysets import in_reach

if TYPE_CHECKING:
    from sessions.models import (  # noqa: F401  named in the base classes below
        AnnualPlan,
        Attendance,
        Evidence,
        Outcome,
        PersonalRecord,
        PlanItem,
        ReportNotice,
        ReviewComment,
        StudySession,
        Topic,
        UnitReport,
    )
    from units.models import Assignment, Unit


def short_name_on(day: date) -> Subquery:
    """The short name, on the day, of the unit a row belongs to."""
    names = UnitName.objects.filter(unit=OuterRef("unit"), valid_from__lte=day)
    return Subquery(
        names.order_by("-valid_from").values("short_name")[:1], output_field=CharField()
    )


def submitted_in_reach(assignment: "Assignment", paper: str) -> Q:
    """Plans or reports the role may see, at the end of the lookup ``paper``: those in its scope,
    but a draft only in the unit itself.
    """
    if not assignment.sees_study:
        return Q(pk__in=())
    reached = in_reach(assignment, f"{paper}unit")
    return reached & ~Q(**{f"{paper}status": "draft"}) if assignment.covers_subtree else reached


class StudySessionQuerySet(QuerySet["StudySession"]):
    def visible_to(self, assignment: "Assignment") -> Self:
        """Sessions in the role's scope. A draft is the unit's own affair until it is submitted."""
        if not assignment.sees_study:
            return self.none()
        reached = self.filter(in_reach(assignment, "unit"))
        return reached.exclude(status="draft") if assignment.covers_subtree else reached

    def of_year(self, year: int) -> Self:
        """Sessions whose first day lies in the year."""
        return self.filter(date__year=year)

    def below(self, root: "Unit") -> Self:
        """Sessions of the root and of every unit under it."""
        return self.filter(unit__path__startswith=root.path)


class AnnualPlanQuerySet(QuerySet["AnnualPlan"]):
    def visible_to(self, assignment: "Assignment") -> Self:
        """Plans in the role's scope. A draft is the unit's own affair until it is submitted."""
        return self.filter(submitted_in_reach(assignment, ""))

    def with_unit_name(self, on: date) -> Self:
        """Annotates ``unit_name``, the unit's short name on the day."""
        return self.annotate(unit_name=short_name_on(on))


class PlanItemQuerySet(QuerySet["PlanItem"]):
    def visible_to(self, assignment: "Assignment") -> Self:
        """Items of the plans the role may see."""
        return self.filter(submitted_in_reach(assignment, "plan__"))


class UnitReportQuerySet(QuerySet["UnitReport"]):
    def visible_to(self, assignment: "Assignment") -> Self:
        """Reports in the role's scope. A draft is the unit's own affair until it is submitted."""
        return self.filter(submitted_in_reach(assignment, ""))

    def with_unit_name(self, on: date) -> Self:
        """Annotates ``unit_name``, the unit's short name on the day."""
        return self.annotate(unit_name=short_name_on(on))


class ReportNoticeQuerySet(QuerySet["ReportNotice"]):
    def visible_to(self, assignment: "Assignment") -> Self:
        """For the department its own and those below it; for a unit what concerns it."""
        if not assignment.sees_study:
            return self.none()
        if assignment.covers_subtree:
            return self.filter(in_reach(assignment, "root"))
        return self.concerning(assignment.unit)

    def concerning(self, unit: "Unit") -> Self:
        """Those sent to the unit: from any unit above it, and to its category or to all."""
        path = Value(unit.path, output_field=CharField())
        above = self.alias(unit_path=path).filter(unit_path__startswith=F("root__path"))
        return above.filter(Q(categories=None) | Q(categories=unit.category_id))

    def standing(self) -> Self:
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at=None)


class EvidenceQuerySet(QuerySet["Evidence"]):
    def visible_to(self, assignment: "Assignment") -> Self:
        """Evidence of the sessions, plans and reports the role may see, and the workbooks of the
        ledgers that were taken in: what these told was submitted as it came in. A ledger says why
        people were on leave, so a county's leader gets none.
        """
        if not assignment.sees_study:
            return self.none()
        papers = ("session__", "plan__", "report__")
        shown = [submitted_in_reach(assignment, paper) for paper in papers]
        if assignment.role == assignment.Role.COUNTY_LEADER:
            return self.told_to(assignment).filter(Q(*shown, _connector=Q.OR))
        return self.filter(Q(*shown, in_reach(assignment, "ledger__unit"), _connector=Q.OR))

    def told_to(self, assignment: "Assignment") -> Self:
        """What of a record's evidence a role is told of that may see the record: why somebody was
        on leave is no business of the county's leaders.
        """
        is_leader = assignment.role == assignment.Role.COUNTY_LEADER
        return self.exclude(kind="leave_slip") if is_leader else self


class ReviewCommentQuerySet(QuerySet["ReviewComment"]):
    def visible_to(self, assignment: "Assignment") -> Self:
        """Comments on the sessions, plans and reports the role may see."""
        papers = ("session__", "plan__", "report__")
        return self.filter(
            Q(*(submitted_in_reach(assignment, paper) for paper in papers), _connector=Q.OR)
        )


class HeldFileQuerySet(QuerySet["Evidence"]):
    """Evidence as those see it who must deal with the marks of classified papers."""

    def kept_back(self) -> Self:
        """What is held, or was destroyed."""
        return self.filter(checked__in=("held", "destroyed"))

    def visible_to(self, assignment: "Assignment") -> Self:
        """In the department administrator's scope, whether or not the paper was submitted."""
        if assignment.role != assignment.Role.DEPARTMENT_ADMIN:
            return self.none()
        return self._below(assignment)

    def administered_by(self, assignment: "Assignment") -> Self:
        """In the security administrator's scope."""
        if assignment.role != assignment.Role.SECURITY_ADMIN:
            return self.none()
        return self._below(assignment)

    def _below(self, assignment: "Assignment") -> Self:
        path = "unit__path__startswith"
        papers = ("session__", "plan__", "report__", "ledger__")
        return self.filter(
            Q(*(Q(**{f"{paper}{path}": assignment.unit.path}) for paper in papers), _connector=Q.OR)
        )


class AttendanceQuerySet(QuerySet["Attendance"]):
    def visible_to(self, assignment: "Assignment") -> Self:
        """Who took part in the sessions the role may see."""
        return self.filter(submitted_in_reach(assignment, "session__"))


class PersonalRecordQuerySet(QuerySet["PersonalRecord"]):
    def visible_to(self, assignment: "Assignment") -> Self:
        """Records of people in the units whose study the role may see."""
        if not assignment.sees_study:
            return self.none()
        return self.filter(in_reach(assignment, "person__unit"))


class OutcomeQuerySet(QuerySet["Outcome"]):
    def visible_to(self, assignment: "Assignment") -> Self:
        """Outcomes of the units whose study the role may see."""
        return self.filter(in_reach(assignment, "unit")) if assignment.sees_study else self.none()


class TopicQuerySet(QuerySet["Topic"]):
    def visible_to(self, assignment: "Assignment") -> Self:
        """Topics are the whole county's: open to all who see study."""
        return self.all() if assignment.sees_study else self.none()

    def in_use(self) -> Self:
        """Those that nobody has retired."""
        return self.filter(retired_on=None)

    def concerning(self, category_id: int) -> Self:
        """Those that name the category, or none at all."""
        return self.filter(Q(categories=None) | Q(categories=category_id))

    def binding(self) -> Self:
        """Those that must be studied."""
        return self.in_use().filter(required=True)
