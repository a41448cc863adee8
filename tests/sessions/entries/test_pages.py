"""Personal records and outcomes: written, mended, deleted; nothing lost, nothing foreign."""

from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent
from sessions.models import Outcome, PersonalRecord
from tests.portal.county import make_assignment, make_county
from tests.sessions.evidence.make import make_session
from tests.sessions.makeups.make import make_member
from units.access.roles import Role
from units.models import Assignment

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 4)
WON = {"kind": "article", "title": "基层治理之我见", "date": "2026-03-04"}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-03-20 10:00+08:00", tick=False):
        yield


@pytest.fixture
def county():
    return make_county()


@pytest.fixture
def clerk(county):
    return sign_in(county["clerk"])


@pytest.fixture
def member(county):
    return make_member(county.own)


def sign_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def wrote(member, **changes) -> dict[str, object]:
    base = {"person": member.person_id, "kind": "reflection", "title": "学宪法"}
    return base | {"date": "2026-03-04"} | changes


def make_record(member, **changes) -> PersonalRecord:
    values = {"kind": "reflection", "date": DAY, "title": "学宪法"} | changes
    return PersonalRecord.objects.create(person=member.person, **values)


def seal_on(client, address: str) -> str:
    return str(client.get(address).context["seal"])


def actions() -> list[str]:
    lines = AuditEvent.objects.exclude(action__startswith="account.").order_by("id")
    return [line.action for line in lines]


def test_a_record_is_written_mended_and_deleted(clerk, county, member):
    session = make_session(county.own, "accepted")
    clerk.post(reverse("personal_new"), wrote(member, session=session.pk))
    entry = PersonalRecord.objects.get()
    assert (entry.person, entry.session) == (member.person, session)
    address = reverse("personal_edit", kwargs={"pk": entry.pk})
    clerk.post(address, wrote(member, title="学党章", seal=seal_on(clerk, address)))
    entry.refresh_from_db()
    assert (entry.title, entry.session) == ("学党章", None)
    clerk.post(reverse("personal_delete", kwargs={"pk": entry.pk}))
    assert not PersonalRecord.objects.exists()
    assert actions() == ["personal.add", "personal.edit", "personal.delete"]
    assert AuditEvent.objects.get(action="personal.delete").before["title"] == "学党章"


def test_an_outcome_is_written_and_never_scored(clerk, county):
    clerk.post(reverse("outcome_new"), WON | {"authors": "测甲、测乙", "level": "city"})
    assert Outcome.objects.get().unit == county.own
    page = clerk.get(reverse("outcome_list")).content.decode()
    assert "基层治理之我见" in page
    assert "一律不计分" in page


@pytest.mark.parametrize(("kind", "status"), [("leaders_remark", 302), ("article", 400)])
def test_only_a_remark_is_by_a_principal_leader(clerk, kind, status):
    sent = WON | {"kind": kind, "by_principal": "on"}
    answer = clerk.post(reverse("outcome_new"), sent)
    assert answer.status_code == status
    assert Outcome.objects.filter(by_principal=True).count() == (status == 302)


def test_a_second_click_writes_nothing(clerk, member):
    for _ in range(2):
        clerk.post(reverse("personal_new"), wrote(member))
        page = clerk.post(reverse("outcome_new"), WON, follow=True).content.decode()
    assert (PersonalRecord.objects.count(), Outcome.objects.count()) == (1, 1)
    assert "没有重复存" in page
    assert actions() == ["personal.add", "outcome.add"]


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"date": "2026-03-21"}, "date", "还没有到"),
        ({"date": "2019-12-31"}, "date", "测甲在这一天不在任"),
        ({"title": "学习机密★10年文件"}, "title", "非涉密系统"),
        ({"title": ""}, "title", "必填"),
        ({"person": ""}, "person", "必填"),
        ({"kind": "photo"}, "kind", "photo"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(clerk, member, changes, field, said):
    answer = clerk.post(reverse("personal_new"), wrote(member, **changes))
    assert answer.status_code == 400
    assert said in " ".join(answer.context["form"].errors[field])
    assert not PersonalRecord.objects.exists()


def test_two_people_see_both_versions(clerk, member):
    entry = make_record(member)
    address = reverse("personal_edit", kwargs={"pk": entry.pk})
    seal = seal_on(clerk, address)
    PersonalRecord.objects.update(title="学监察法")
    answer = clerk.post(address, wrote(member, title="学党章", seal=seal))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "学党章" in page
    assert "学监察法" in page
    entry.refresh_from_db()
    assert entry.title == "学监察法"
    clerk.post(address, wrote(member, title="学党章", seal=answer.context["seal"]))
    entry.refresh_from_db()
    assert entry.title == "学党章"


def test_a_second_click_on_delete_is_told_calmly(clerk, member):
    address = reverse("personal_delete", kwargs={"pk": make_record(member).pk})
    clerk.post(address)
    again = clerk.post(address, follow=True)
    assert (again.status_code, "这一条此前已经删除" in again.content.decode()) == (200, True)
    other = reverse("outcome_delete", kwargs={"pk": address.split("/")[-3]})
    assert clerk.post(other).status_code == 404


def test_what_somebody_else_changed_meanwhile_is_not_deleted_unseen(clerk, member):
    entry = make_record(member)
    seal = seal_on(clerk, reverse("personal_edit", kwargs={"pk": entry.pk}))
    PersonalRecord.objects.update(title="学监察法")
    address = reverse("personal_delete", kwargs={"pk": entry.pk})
    page = clerk.post(address, {"seal": seal}, follow=True).content.decode()
    assert "没有删除" in page
    assert "学监察法" in page
    assert PersonalRecord.objects.exists()


def test_a_change_into_a_twin_is_refused(clerk, member):
    make_record(member, title="学党章")
    address = reverse("personal_edit", kwargs={"pk": make_record(member).pk})
    body = wrote(member, title="学党章", seal=seal_on(clerk, address))
    answer = clerk.post(address, body)
    assert "已经登记过相同的一条" in str(answer.context["form"].errors)


def test_the_secretary_and_strangers_cannot_be_chosen(clerk, county, member):
    secretary = make_member(county.own, "测秘书", role="secretary")
    foreign = make_member(county.sister, "测外人")
    choices = dict(clerk.get(reverse("personal_new")).context["form"].fields["person"].choices)
    assert set(choices) == {"", member.person_id}
    assert clerk.post(reverse("personal_new"), wrote(secretary)).status_code == 400
    assert clerk.post(reverse("personal_new"), wrote(foreign)).status_code == 404
    assert AuditEvent.objects.filter(action="access.foreign").count() == 1


def test_another_units_session_cannot_be_linked(clerk, county):
    session = make_session(county.sister, "accepted")
    answer = clerk.post(reverse("outcome_new"), WON | {"session": session.pk})
    assert "session" in answer.context["form"].errors


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({}, {"甲", "乙"}),
        ({"year": "2025"}, {"丙"}),
        ({"year": ""}, {"甲", "乙", "丙"}),
        ({"year": "2026", "kind": "research"}, {"乙"}),
        ({"year": "", "q": "丙"}, {"丙"}),
        ({"year": "x"}, {"甲", "乙", "丙"}),
    ],
)
def test_the_list_is_filtered(clerk, member, query, titles):
    make_record(member, title="甲")
    make_record(member, title="乙", kind="research")
    make_record(member, title="丙", date=date(2025, 5, 1))
    rows = clerk.get(reverse("personal_list"), query).context["rows"]
    assert {row.title for row in rows} == titles


def test_the_department_looks_at_all_units(county, member):
    make_record(member)
    page = sign_in(county["auditor"]).get(reverse("personal_list")).content.decode()
    assert "学宪法" in page
    assert county.own.names.get().short_name in page
    assert reverse("personal_new") not in page


def test_another_units_rows_are_absent(clerk, county):
    entry = make_record(make_member(county.sister))
    address = reverse("personal_edit", kwargs={"pk": entry.pk})
    assert clerk.get(address).status_code == 404
    assert clerk.post(reverse("personal_delete", kwargs={"pk": entry.pk})).status_code == 404
    assert "学宪法" not in clerk.get(reverse("personal_list")).content.decode()
    assert PersonalRecord.objects.exists()


@pytest.mark.parametrize("number", [1, 60])
@pytest.mark.parametrize("who", ["clerk", "auditor"])
def test_the_lists_ask_little(county, member, number, who, django_assert_max_num_queries):
    client = sign_in(county[who])
    session = make_session(county.own, "accepted")
    for at in range(number):
        make_record(member, title=f"第{at}篇", session=session)
        Outcome.objects.create(unit=county.own, kind="award", title=f"{at}", date=DAY)
    for book in ("personal_list", "outcome_list"):
        client.get(reverse(book))
        with django_assert_max_num_queries(12):
            assert len(client.get(reverse(book)).context["rows"]) == min(number, 50)


def test_what_was_written_for_one_unit_is_not_kept_for_another(county, clerk):
    other = make_assignment(county["clerk"], Role.CLERK, county.sister)
    first = Assignment.objects.get(user=county["clerk"], unit=county.own)
    clerk.post(f"/roles/{first.pk}/")
    assert 'name="for_unit" value="QS001"' in clerk.get(reverse("outcome_new")).content.decode()
    clerk.post(f"/roles/{other.pk}/")
    answer = clerk.post(reverse("outcome_new"), WON | {"for_unit": "QS001"})
    assert (answer.status_code, Outcome.objects.count()) == (403, 0)
    clerk.post(reverse("outcome_new"), WON | {"for_unit": "QS002"})
    assert Outcome.objects.get().unit == county.sister
