"""Facts written as the texts that a database would say."""

from reports.rules.brief import BriefSession, BriefUnit, Reader
from reports.rules.facts import EventFacts, SessionFacts, UnitFacts
from reports.rules.words import PRESENT


def in_brief(unit: UnitFacts) -> BriefUnit:
    """The unit's texts; its keys must be numbers."""
    return BriefUnit(
        unit=1,
        established_on=unit.established_on,
        abolished_on=unit.abolished_on,
        sessions=[brief_session(one) for one in unit.sessions],
        terms=joined((term.person, term.role, term.start, term.end or "") for term in unit.terms),
        topics=unit.topics,
        plan=steps(unit.plan),
        half_year_report=steps(unit.half_year_report),
        annual_report=steps(unit.annual_report),
        records=joined(unit.records),
        waivers=unit.waivers,
        reader=Reader(),
    )


def brief_session(one: SessionFacts) -> BriefSession:
    others = [
        (group.status, group.leave_kind or "", group.makeup_date or "",
         group.makeup_confirmed_on or "")
        for group in one.attendance
        if group.status != PRESENT
        for _ in range(group.number)
    ]  # fmt: skip
    return (
        1,
        int(str(one.id)),
        f"{one.date} {one.end_date} {one.half_days} {one.form}",
        steps(one.events),
        sum(group.number for group in one.attendance) or None,
        joined(others),
        joined(one.speeches),
        joined((topic,) for topic in one.topics),
        joined(one.evidence),
    )


def steps(events: tuple[EventFacts, ...]) -> str | None:
    return joined(events)


def joined(rows) -> str | None:
    return ",".join(" ".join(map(str, row)) for row in rows) or None
