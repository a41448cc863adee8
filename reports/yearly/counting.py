"""Facts in, figures out: a unit's half-year or year counted once, for page, Word and circular."""

from reports.yearly.contents import Contents
from reports.yearly.facts import YearFacts
from reports.yearly.figures import YearFigures
from reports.yearly.papers import Papers
from reports.yearly.people import People
from reports.yearly.study import Study


def count(facts: YearFacts) -> YearFigures:
    """All figures with the rows behind them."""
    study = Study(facts)
    contents, people, papers = Contents(facts, study), People(facts, study), Papers(facts, study)
    months_met, months_due = study.months()
    due, excluded, present, made_up = study.person_times()
    attendance, participation = study.rates()
    lectures, lecturers = study.lectures()
    returned, mended = papers.returned()
    findings, findings_closed = papers.findings()
    return YearFigures(
        about=facts.about,
        asked=facts.asked,
        sessions=study.sessions(),
        discussions=study.discussions(),
        days=study.days(),
        months_met=months_met,
        months_due=months_due,
        due=due,
        excluded=excluded,
        present=present,
        made_up=made_up,
        attendance=attendance,
        participation=participation,
        forms=study.forms(),
        topics=contents.topics(),
        content_groups=contents.content_groups(),
        materials=contents.materials(),
        own_themes=contents.own_themes(),
        expanded=study.expanded(),
        guests=study.guests(),
        lectures=lectures,
        lecturers=lecturers,
        joint=study.joint(),
        site_visits=study.site_visits(),
        problems_solved=study.problems_solved(),
        chaired_by_leader=study.chaired_by_leader(),
        unplanned=study.unplanned(),
        offline=study.offline(),
        left_out=study.left_out(),
        adjacent=study.adjacent(),
        members=people.members(),
        key_speeches=people.key_speeches(),
        exchange_speeches=people.exchange_speeches(),
        speech_texts=people.speech_texts(),
        speakers_met=people.speakers_met(),
        speakers_short=people.speakers_short(),
        reflections=people.reflections(),
        leader_reflections=people.leader_reflections(),
        reflections_met=people.reflections_met(),
        reflections_short=people.reflections_short(),
        research=people.research(),
        self_study=people.self_study(),
        outcomes=papers.outcomes(),
        remarks=papers.remarks(),
        remarks_by_principal=papers.remarks_by_principal(),
        converted=papers.converted(),
        plan=papers.plan(),
        plan_items=papers.plan_items(),
        returned=returned,
        mended=mended,
        findings=findings,
        findings_closed=findings_closed,
        sit_ins=papers.sit_ins(),
    )
