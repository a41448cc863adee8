"""What was listened to, as the feedback form says it: entered once, by the unit."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from reports.models import SitIn, SitInFeedback
from sessions.models import Attendance, StudySession


@dataclass(frozen=True, slots=True)
class Heard:
    """Theme, chair and numbers of people; None where nobody has said them yet."""

    theme: str = ""
    chair: str = ""
    due: int | None = None
    present: int | None = None
    session: StudySession | None = None


def feedback_of(sit_in: SitIn) -> SitInFeedback | None:
    """The feedback form, if it was given; one query."""
    return SitInFeedback.objects.filter(sit_in=sit_in).first()


def heard(sit_in: SitIn, feedback: SitInFeedback | None) -> Heard:
    """From the linked session once the unit has handed it in, else from the form itself."""
    session = sit_in.reported_session
    if session is None:
        if feedback is None:
            return Heard()
        return Heard(feedback.theme, feedback.chair, feedback.due, feedback.present)
    counted = Attendance.objects.filter(session=session).aggregate(
        due=Count("pk"), present=Count("pk", filter=Q(status__in=Attendance.HERE))
    )
    theme = _("（含不宜上网内容，不登记主题）") if session.is_offline_only else session.theme
    return Heard(theme, session.chair, counted["due"], counted["present"], session)


def listener_names(sit_in: SitIn) -> str:
    """Accounts and others, commas between; one query unless they were fetched."""
    names = [user.full_name for user in sit_in.listeners.all()]
    return "、".join(name for name in [*names, sit_in.other_listeners] if name)
