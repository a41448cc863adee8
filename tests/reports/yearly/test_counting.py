"""From facts to figures: what counts, what does not, and the rows behind it."""

from fractions import Fraction

import pytest

from reports.rules.results import Result
from reports.yearly.facts import (
    Achieved,
    AdjacentSession,
    Heard,
    Item,
    LeaderTerm,
    LinkedTopic,
    PlanPaper,
    Problem,
    SessionMore,
    Spoken,
    Step,
    Written,
)
from reports.yearly.figures import Figure, Rate
from reports.yearly.groups import GROUPS, grouped
from tests.reports.yearly.make import (
    make_facts,
    make_figures,
    make_member,
    make_session,
    month_result,
    on,
)


def by_key(figures, name: str) -> dict[str, int]:
    return {figure.key: figure.value for figure in getattr(figures, name)}


def test_the_evaluation_says_how_often_how_long_and_how_many():
    figures = make_figures(discussions=frozenset({2}))
    assert (figures.sessions.value, figures.discussions.value) == (2, 1)
    assert figures.days.value == Fraction(1)
    assert figures.attendance.value == Rate(18, 20)
    assert figures.participation.value == Rate(20, 20)
    assert (figures.attendance.shown, figures.participation.shown) == ("90.00%", "100.00%")
    assert [row.id for row in figures.discussions.rows] == [2]


def test_rows_add_up_to_the_figures():
    figures = make_figures(discussions=frozenset({1, 2}))
    for name in ("sessions", "discussions", "days", "due", "present", "made_up"):
        figure = getattr(figures, name)
        assert sum(row.number for row in figure.rows) == figure.value, name


def test_what_stands_returned_is_counted_nowhere():
    ledger = ((1, make_session(on(3))), (2, make_session(on(4), status="已退回", form="考察调研")))
    figures = make_figures(ledger=ledger, more={2: SessionMore(teaching=1, lecturer="教师")})
    assert figures.sessions.value == 1
    assert (figures.site_visits.value, figures.lectures.value) == (0, 0)


@pytest.mark.parametrize(
    ("outcome", "month", "met", "due"),
    [
        ("met", 3, 1, 1),
        ("missed", 3, 0, 1),
        ("at_risk", 6, 0, 1),
        ("waived", 3, 0, 0),
        ("not_applicable", 3, 0, 0),
        ("pending", 9, 0, 0),
    ],
)
def test_months_due_and_met(outcome, month, met, due):
    figures = make_figures(results=(month_result(month, outcome),))
    assert (figures.months_met.value, figures.months_due.value) == (met, due)


def test_forms_and_site_visits():
    ledger = (
        (1, make_session(on(2), form="专题讲座")),
        (2, make_session(on(3), form="考察调研", place="水库")),
        (3, make_session(on(4), form="考察调研", place="村部")),
    )
    figures = make_figures(ledger=ledger)
    assert by_key(figures, "forms") == {"form_lecture": 1, "form_field": 2}
    assert [row.note for row in figures.site_visits.rows] == ["水库", "村部"]


def test_a_leader_is_whoever_led_the_group_on_the_day():
    terms = (LeaderTerm("赵一", on(1, 1), on(4)), LeaderTerm("钱二", on(4), None))
    ledger = tuple(
        (key, make_session(day, chair=chair))
        for key, (day, chair) in enumerate(
            ((on(3), "赵一"), (on(3), "钱二"), (on(4), "赵一"), (on(4), "钱二"))
        )
    )
    figures = make_figures(ledger=ledger, leaders=terms)
    assert [row.id for row in figures.chaired_by_leader.rows] == [0, 3]


def test_topics_by_level_each_once():
    links = (
        LinkedTopic(1, 7, "县委全会精神", "county", 3),
        LinkedTopic(2, 7, "县委全会精神", "county", 3),
        LinkedTopic(2, 8, "安全生产法", "central", 4),
        LinkedTopic(9, 6, "没有计入的学习", "city", 4),
    )
    figures = make_figures(topics=links)
    found = by_key(figures, "topics")
    assert found == {
        "topics_central": 1,
        "topics_province": 0,
        "topics_city": 0,
        "topics_county": 1,
        "topics_unit": 0,
    }
    assert figures.topics[3].rows[0].note == "学习 2 次"
    assert by_key(figures, "content_groups") == {"content_3": 1, "content_4": 1}
    assert figures.own_themes.value == 0


def test_books_named_in_themes_and_contents_each_once():
    ledger = (
        (1, make_session(on(3), theme="学习《习近平谈治国理政》第四卷")),
        (2, make_session(on(4), content="《习近平谈治国理政》第四卷；《统计法》")),
    )
    names = [row.name for row in make_figures(ledger=ledger).materials.rows]
    assert names == ["《习近平谈治国理政》第四卷", "《统计法》"]


def test_a_wider_circle_guests_lecturers_and_partners():
    more = {
        1: SessionMore(scope="all_staff", expanded=30, attending=2),
        2: SessionMore(scope="group", teaching=1, lecturer="县委党校教师"),
    }
    figures = make_figures(more=more, partners={2: ("统计局",)})
    assert by_key(figures, "expanded") == {"expanded_all_staff": 1}
    assert by_key(figures, "guests")["guests_expanded"] == 30
    assert (figures.lectures.value, figures.lecturers.rows[0].name) == (1, "县委党校教师")
    assert [row.note for row in figures.joint.rows] == ["统计局"]


def test_speeches_and_who_gave_enough():
    members = (make_member("赵一", key_speeches=2), make_member("钱二", key_speeches=0))
    spoken = (
        Spoken(1, "赵一", "key", "谈落实"),
        Spoken(1, "钱二", "exchange", ""),
        Spoken(9, "钱二", "exchange", "没有计入的学习"),
    )
    short = Result("speeches_per_member", "2026", "missed", "advisory", 1)
    figures = make_figures(
        members=members,
        speeches=spoken,
        results=(short,),
        short={"speeches_per_member": ("钱二",)},
    )
    assert (figures.key_speeches.value, figures.exchange_speeches.value) == (2, 1)
    assert [row.name for row in figures.speakers_met.rows] == ["赵一"]
    assert (figures.speakers_short.value, figures.speakers_short.rows[0].name) == (1, "钱二")


def test_what_members_wrote():
    written = (
        Written(1, "赵一", "reflection", on(4), "体会"),
        Written(2, "钱二", "self_study", on(5), "自学党章"),
    )
    figures = make_figures(records=written)
    assert figures.reflections.value == 2
    assert [row.id for row in figures.leader_reflections.rows] == [1]
    assert (figures.self_study.value, figures.self_study.rows[0].note) == (1, "钱二")


def make_outcome(
    key: int, kind: str, level: str = "city", *, conversion: str = "", by_principal: bool = False
) -> Achieved:
    return Achieved(key, kind, on(5), f"成果{key}", "", level, "", conversion, by_principal)


def test_outcomes_with_level_conversion_and_principal_leaders():
    outcomes = (
        make_outcome(1, "leaders_remark", by_principal=True),
        make_outcome(2, "leaders_remark"),
        make_outcome(3, "leaders_remark", "province"),
        make_outcome(4, "article", conversion="印发全县"),
    )
    figures = make_figures(outcomes=outcomes)
    assert by_key(figures, "outcomes")["outcome_leaders_remark"] == 3
    assert by_key(figures, "remarks") == {"remarks_province": 1, "remarks_city": 2}
    assert [row.id for row in figures.remarks_by_principal.rows] == [1]
    assert [row.note for row in figures.converted.rows] == ["印发全县"]


def test_items_of_the_plan_are_done_by_sessions_that_count_or_by_hand():
    items = (
        Item(1, "甲", "2026-03", "planned", ""),
        Item(2, "乙", "2026-04", "done", ""),
        Item(3, "丙", "2026-Q2", "cancelled", "并入"),
        Item(4, "丁", "2026-05", "planned", ""),
    )
    plan = PlanPaper(5, "学习计划", "赵一", on(1))
    figures = make_figures(plan=plan, items=items, more={1: SessionMore(item=1)})
    assert by_key(figures, "plan_items") == {
        "items_done": 2,
        "items_adjusted": 0,
        "items_postponed": 0,
        "items_cancelled": 1,
        "items_planned": 1,
    }
    assert figures.plan.rows[0].note == "赵一审定"


@pytest.mark.parametrize(
    ("kinds", "returned", "mended"),
    [
        ("submit", 0, 0),
        ("submit return", 1, 0),
        ("submit return submit", 1, 1),
        ("submit return submit return", 1, 0),
        ("submit return submit return submit", 1, 1),
    ],
)
def test_papers_returned_and_mended(kinds, returned, mended):
    steps = tuple(
        Step("session", 1, "党章", kind, on(4, day)) for day, kind in enumerate(kinds.split(), 1)
    )
    figures = make_figures(steps=steps)
    assert (figures.returned.value, figures.mended.value) == (returned, mended)


def test_problems_sit_ins_and_what_is_told_apart():
    figures = make_figures(
        problems=(Problem(1, on(4), "签到表没有归档。", on(5)), Problem(2, on(5), "念稿。", None)),
        heard=(Heard(3, on(4)),),
        adjacent=(AdjacentSession(8, on(5), "书记讲党课"),),
    )
    assert (figures.findings.value, figures.findings_closed.value) == (2, 1)
    assert (figures.sit_ins.value, figures.adjacent.value, figures.sessions.value) == (1, 1, 2)


def test_a_session_deleted_since_its_month_was_closed_is_still_told():
    figures = make_figures(ledger=((1, make_session(on(3), theme="原来的主题")),), more={})
    assert figures.sessions.rows[0].name == "原来的主题"


def test_every_figure_stands_under_one_heading():
    figures = make_figures()
    fields = [name for name in figures.__dataclass_fields__ if name not in ("about", "asked")]
    named = [name for _, names in GROUPS for name in names]
    assert sorted(named) == sorted(fields)
    assert all(isinstance(one, Figure) for _, found in grouped(figures) for one in found)


def test_without_sessions_there_is_no_rate():
    figures = make_figures(ledger=())
    assert figures.attendance.value.fraction is None
    assert figures.attendance.shown == "—"
    assert make_facts(ledger=()).evaluation.figures.sessions == 0
