"""Where what a page names is to be seen or finished."""

from django.urls import reverse

from reports.compliance.on_record import SessionOnRecord


def of_session(session: SessionOnRecord | None) -> str:
    """The page of a session on record; '' for one that the role may not see."""
    return reverse("session_detail", args=[session.id]) if session else ""


def to_finish(session: SessionOnRecord, *, may_write: bool) -> str:
    """Where to finish a draft or mend what was returned; for readers, the page of the session."""
    return reverse("session_edit", args=[session.id]) if may_write else of_session(session)


def of_plan(plan: tuple[int, str] | None) -> str:
    """The year's plan, by its id and status; where to begin one if there is none."""
    return reverse("plan_detail", args=[plan[0]]) if plan else reverse("plan_list")


def of_report(report: tuple[int, str] | None) -> str:
    """A report, by its id and status; where to begin one if there is none."""
    if report is None:
        return reverse("unit_report_list")
    return reverse("unit_report_detail", args=[report[0]])
