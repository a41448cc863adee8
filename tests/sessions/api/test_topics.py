"""Topics, read by everybody and set by the department's administrator."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from sessions.models import Topic
from tests.portal.access.rulebook_samples import ASKED
from tests.sessions.api.calling import body, caller_of, errors
from units.models import Category

pytestmark = pytest.mark.django_db
SENT = {"name": "县委全会精神", "level": "county", "content_group": 3, "required": True} | {
    "from": "2026-01-01", "due": "2026-06-30", "categories": ["bureau"],
}  # fmt: skip


@pytest.fixture
def admin(scene):
    return caller_of(scene[0]["department_admin"])


def made(admin, **changes):
    answer = admin.post("/topics", SENT | changes)
    assert answer.status_code == 201, answer.content.decode()
    return f"/topics/{answer.json()['id']}"


def test_a_topic_is_set_and_read_back(admin, scene):
    answer = admin.post("/topics", SENT)
    shown = answer.json()
    assert {name: shown[name] for name in SENT} == SENT
    assert scene[1].get(f"/topics/{shown['id']}").json() == shown
    assert AuditEvent.objects.get(action="topic.add").after["categories"] == ["bureau"]


def test_the_same_topic_is_not_set_twice(admin):
    first, again = (admin.post("/topics", SENT) for _ in range(2))
    assert (again.status_code, again.json()["id"]) == (200, first.json()["id"])
    assert AuditEvent.objects.filter(action="topic.add").count() == 1


def test_what_is_not_named_stays(admin):
    changed = admin.patch(made(admin), {"name": "全会精神", "required": False}).json()
    assert {name: changed[name] for name in SENT} == SENT | {"name": "全会精神", "required": False}


@pytest.mark.parametrize(
    ("typed", "sent", "field"),
    [
        ({"name": ""}, {"name": ""}, "name"),
        ({"name": "长" * 201}, {"name": "长" * 201}, "name"),
        ({"name": "机密★10年"}, {"name": "机密★10年"}, "name"),
        ({"level": "world"}, {"level": "world"}, "level"),
        ({"content_group": "10"}, {"content_group": 10}, "content_group"),
        ({"from_date": "2026-02-30"}, {"from": "2026-02-30"}, "from"),
        ({"due": "2027-01-01"}, {"due": "2027-01-01"}, "due"),
    ],
)
def test_a_bad_value_is_told_as_on_the_page(admin, typed, sent, field):
    page = admin.client.post(reverse("topic_new"), ASKED | typed)
    wanted = list(page.context["form"].errors[{"from": "from_date"}.get(field, field)])
    assert wanted
    assert errors(admin.post("/topics", SENT | sent)) == {field: wanted}
    assert errors(admin.patch(made(admin), sent)) == {field: wanted}


def test_an_unknown_category_is_no_choice(admin):
    answer = admin.post("/topics", SENT | {"categories": ["bureau", "nobody"]})
    (sentence,) = errors(answer)["categories"]
    assert (answer.status_code, "nobody" in sentence) == (400, True)
    assert Category.objects.count() == 1


def test_new_dates_of_a_topic_that_was_studied_are_confirmed(admin, scene):
    county, clerk = scene
    address, moved = made(admin), {"due": "2026-05-31"}
    pk = Topic.objects.get().pk
    day = Topic.objects.get().from_date
    assert clerk.post("/sessions", body(county.own, day, topics=[pk])).status_code == 201
    refused = admin.patch(address, moved)
    assert (refused.status_code, "已有 1 次学习" in refused.json()["detail"]) == (409, True)
    assert admin.patch(address, moved | {"confirmed": True}).json()["due"] == "2026-05-31"


def test_a_topic_is_retired_and_restored(admin):
    address = made(admin)
    assert admin.step(f"{address}/retire", {"reason": "已并入"}).json()["retired_on"]
    assert admin.get("/topics", retired="true").json()["count"] == 1
    assert admin.step(f"{address}/restore").json()["retired_on"] is None
    assert admin.get("/topics", retired="true").json()["count"] == 0


@pytest.mark.parametrize(
    ("query", "status", "found"),
    [
        ({"year": "2026"}, 200, 1),
        ({"year": "2025"}, 200, 0),
        ({"level": "county", "required": "true"}, 200, 1),
        ({"required": "perhaps"}, 400, 0),
        ({"year": "9" * 30}, 400, 0),
        ({"colour": "red"}, 400, 0),
        ({"ordering": "-due"}, 200, 1),
        ({"ordering": "secret"}, 400, 0),
    ],
)
def test_a_list_is_narrowed_by_declared_words(admin, query, status, found):
    made(admin)
    answer = admin.get("/topics", **query)
    assert (answer.status_code, answer.json().get("count", 0)) == (status, found)
