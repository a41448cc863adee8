"""What came on file about a session. The sample keeps everything on paper: no file is stored."""

import datetime as dt
from random import Random

from portal.sample.days import SampleDays
from portal.sample.fates import Habits
from sessions.models import Evidence, Form, StudySession

Kind = Evidence.Kind
REQUIRED = (Kind.MINUTES, Kind.SIGN_IN)


def evidence_of(
    session: StudySession, habits: Habits, days: SampleDays, chance: Random
) -> list[Evidence]:
    """Minutes and sign-in sheet within the week, or late; some pieces more."""
    if session.form == Form.ADJACENT:
        return []
    rows = []
    if chance.random() < 0.3:
        rows.append((Kind.NOTICE, session.date - dt.timedelta(days=chance.randint(1, 3))))
    for kind in REQUIRED:
        late = chance.random() < habits.filed_late
        wait = chance.randint(6, 12) if late else chance.randint(0, 4)
        rows.append((kind, days.after(session.end_date, wait)))
    if session.form == Form.DISCUSSION and chance.random() < 0.5:
        rows.append((Kind.SPEECH_TEXT, days.after(session.end_date, 1)))
    return [
        Evidence(
            session=session,
            kind=kind,
            on=on,
            name=f"{Kind(kind).label}（纸质，已归档）",
            checked=Evidence.Checked.CLEAN,
        )
        for kind, on in rows
        if days.seen(on)
    ]
