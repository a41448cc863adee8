from datetime import date

import pytest
from django.template import Template

from reports import planner
from reports.closing import close_month
from reports.emails.compose import compose
from reports.emails.items import titles
from reports.models import Delivery, Evaluation, MailRun, Reminder, Rule
from reports.national_calendar import national_calendar
from reports.periods import Month
from reports.rules.results import Result
from tests.reports.emails.make import JUNE, MEMBER, make_study, message_to, parsed, queue, texts
from tests.reports.mail import NOW, make_county, make_schedule, make_unit
from tests.reports.records import make_session
from tests.reports.test_planner import beijing
from units.models import Unit, UnitName

pytestmark = pytest.mark.django_db


def test_a_unit_reads_what_is_missing_until_when_and_what_to_do():
    queue(make_study())
    for text in texts(message_to("QS001")):
        assert "未达标" in text
        assert "每月集中学习（5月）" in text
        assert "5月应学 1 次" in text
        assert "还差 1 次" in text
        assert "报送期限6月5日已过" in text
        assert "不能用以后的学习补足本时段" in text
        assert "最迟" in text


def test_a_unit_reads_its_month_quarter_and_year():
    queue(make_study())
    plain, _ = texts(message_to("QS001"))
    assert "2026年6月集中学习：1 次" in plain
    assert "2026年二季度集体研讨：0 次" in plain
    assert "2026年累计集中学习：5 次" in plain
    assert "应到 / 实到 / 已补学：15 / 10 / 0 人次" in plain
    assert "到会率：66.67%" in plain


def test_without_a_base_a_rate_is_a_dash():
    queue(make_county(1))
    plain, _ = texts(message_to("QS001"))
    assert "到会率：—" in plain
    assert "参学率：—" in plain


def test_the_footnote_gives_both_formulas_and_the_rule_set():
    queue(make_study())
    for text in texts(message_to("QS001")):
        assert "到会率 = 实到人次 ÷" in text
        assert "参学率 =（实到人次 + 已确认补学人次）÷" in text
        assert "青石县考核规则（第1版）" in text


def test_the_headers_carry_no_name_and_the_rows_own_message_id():
    queue(make_study())
    message = message_to("QS001")
    assert message.subject == "2026年6月理论学习中心组学习情况提示"
    assert message.to == ["qs001@qs.example"]
    read = parsed(message)
    assert read["Message-ID"] == Delivery.objects.get(unit__code="QS001").message_id
    assert read["Message-ID"].startswith("<2026-06-monthly-QS001.")
    assert read["Auto-Submitted"] == "auto-generated"


def test_nothing_of_another_unit_no_person_and_no_leave_reason_is_in_a_mail():
    queue(make_study(3))
    for code, others in (("QS001", ("QS002", "QS003")), ("QS002", ("QS001", "QS003"))):
        wire = "\n".join(texts(message_to(code)))
        assert code in wire
        for foreign in (*others, MEMBER, "成员0", "脱产培训", "病假", "排名", "名次"):
            assert foreign not in wire


def test_a_name_with_markup_stays_text():
    root = make_county(1)
    UnitName.objects.filter(unit__code="QS001").update(name="<b>水利局</b>")
    queue(root)
    plain, html = texts(message_to("QS001"))
    assert "<b>水利局</b>" in plain
    assert "&lt;b&gt;水利局" in html


def test_next_months_obligations_are_not_spoken_of():
    queue(make_study())
    plain, _ = texts(message_to("QS002"))
    assert "每季集体研讨（二季度）" in plain
    assert "每季集体研讨（三季度）" not in plain
    assert "每月集中学习（7月）" not in plain


def test_a_late_mail_says_so():
    root = make_study(1)
    queue(root)
    assert "补发" not in texts(message_to("QS001"))[0]
    MailRun.objects.update(late=True)
    assert "补发，数据仍截至2026年6月30日" in texts(message_to("QS001"))[0]


def test_a_closed_month_reads_its_snapshot_whatever_came_later():
    root = make_study(1)
    close_month(root=root, month=JUNE, at=NOW, by=None)
    queue(root)
    unit = Unit.objects.get(code="QS001")
    make_session(unit, "2026-05-20")
    plain, _ = texts(message_to("QS001"))
    assert "2026年累计集中学习：5 次" in plain
    assert "取自封账结果" in plain


def test_one_bad_evaluation_spoils_one_mail():
    queue(make_study())
    Evaluation.objects.filter(unit__code="QS001").update(results=[{"rule": "unheard_of"}])
    ids = {row.unit.code: row.id for row in Delivery.objects.select_related("unit")}
    composed = compose(list(ids.values()))
    assert isinstance(composed[ids["QS001"]], Exception)
    assert not isinstance(composed[ids["QS002"]], Exception)


def test_a_broken_template_is_an_error_for_each_mail_not_for_the_run(monkeypatch):
    queue(make_study())
    monkeypatch.setattr(Template, "render", lambda *args: 1 / 0)
    composed = compose(list(Delivery.objects.values_list("id", flat=True)))
    assert len(composed) == 3
    assert all(isinstance(message, ZeroDivisionError) for message in composed.values())


@pytest.mark.parametrize("units", [2, 8])
def test_a_chunk_of_any_size_costs_the_same_queries(units, django_assert_num_queries):
    queue(make_study(units))
    ids = list(Delivery.objects.filter(kind="monthly_unit").values_list("id", flat=True))
    with django_assert_num_queries(12):
        compose(ids)


def test_rules_done_every_month_are_named_once():
    done = [Result("monthly_sessions", f"2026-0{n}", "met", "required", 1) for n in (1, 2)]
    done.append(Result("plan_filed", "2026", "met", "required"))
    assert titles(done, {}) == ["每月集中学习（1月、2月）", "年度计划报备"]


def remind(now) -> list[planner.Planned]:
    return planner.plan_due(now=now, calendar=national_calendar())


def test_a_reminder_speaks_of_what_is_at_risk_and_only_to_those():
    root = make_study(2)
    make_schedule(root, "reminder")
    [planned] = remind(beijing(2026, 6, 15, 9))
    told = set(Reminder.objects.values_list("unit__code", "rule", "period"))
    assert ("QS001", "quarterly_discussions", "2026-Q2") in told
    assert planned.queued == len({code for code, _, _ in told})
    message = message_to("QS001")
    assert message.subject == "2026年6月理论学习中心组学习事项提醒"
    plain, _ = texts(message)
    assert "每季集体研讨（二季度）" in plain
    assert "每月集中学习（5月）" not in plain


def test_nobody_is_reminded_twice_of_the_same():
    root = make_study(1)
    make_schedule(root, "reminder")
    remind(beijing(2026, 6, 15, 9))
    first = set(Reminder.objects.values_list("rule", "period"))
    remind(beijing(2026, 7, 14, 9))
    second = Reminder.objects.exclude(delivery__period="2026-06")
    assert first
    assert first.isdisjoint(second.values_list("rule", "period"))


def test_a_unit_without_address_is_listed_and_reminded_when_it_has_one():
    root = make_study(1)
    make_schedule(root, "reminder")
    Unit.objects.filter(code="QS001").update(email="")
    [planned] = remind(beijing(2026, 6, 15, 9))
    assert [unit.code for unit in planned.without_address] == ["QS001"]
    assert not Reminder.objects.exists()
    Unit.objects.filter(code="QS001").update(email="qs001@qs.example")
    [made_good] = remind(beijing(2026, 6, 17, 9))
    assert (made_good.queued, Reminder.objects.exists()) == (1, True)
    assert remind(beijing(2026, 6, 18, 9)) == []


def test_a_planner_that_dies_before_it_queues_what_it_makes_good_loses_nothing(monkeypatch):
    make_schedule(make_study(1), "reminder")
    Unit.objects.filter(code="QS001").update(email="")
    remind(beijing(2026, 6, 15, 9))
    Unit.objects.filter(code="QS001").update(email="qs001@qs.example")
    with monkeypatch.context() as dying:
        dying.setattr(planner, "queue", lambda *_: 1 / 0)
        remind(beijing(2026, 6, 17, 9))
    [made_good] = remind(beijing(2026, 6, 17, 10))
    assert made_good.queued == 1


def test_what_is_done_by_the_time_of_the_address_needs_no_reminder():
    root = make_study(1)
    make_schedule(root, "reminder")
    Unit.objects.filter(code="QS001").update(email="")
    remind(beijing(2026, 6, 15, 9))
    Unit.objects.filter(code="QS001").update(email="qs001@qs.example")
    Rule.objects.all().delete()
    assert remind(beijing(2026, 6, 17, 9)) == []
    assert not Delivery.objects.exists()


def test_a_reminder_comes_in_its_month_or_not_at_all():
    make_schedule(make_study(1), "reminder")
    assert remind(beijing(2026, 6, 12, 8)) == []
    [planned] = remind(beijing(2026, 6, 30, 23))
    assert (planned.period, MailRun.objects.get().late) == ("2026-06", True)
    assert remind(beijing(2026, 7, 1, 0)) == []
    assert MailRun.objects.get().as_of == date(2026, 6, 30)
    assert Month.parse("2026-06") == JUNE


def test_a_county_within_a_wider_one_is_reminded_once_a_month():
    root = make_study(1)
    wider = make_unit("CS", has_group=False)
    for unit in (root, *root.children.all()):
        Unit.objects.filter(pk=unit.pk).update(path=f"{wider.path}{unit.path}")
    make_schedule(root, "reminder")
    make_schedule(wider, "reminder", workday=12)
    [_narrow] = remind(beijing(2026, 6, 15, 9))
    Reminder.objects.all().delete()  # as if something else were at risk by the wider one's day
    [planned] = remind(beijing(2026, 6, 17, 9))
    assert (planned.root, planned.queued) == (wider, 0)
    assert Delivery.objects.count() == 1
