"""Units registered, named and ended by other programs."""

import pytest

from accounts.models import AuditEvent
from tests.portal.county import make_unit
from tests.sessions.api.calling import errors
from units.models import Unit

NEW = {
    "code": "QS009",
    "name": "青石县数据局",
    "category": "bureau",
    "party_body": "leading_group",
    "parent": "QS",
}


def test_a_unit_is_registered_below_another(admin):
    answer = admin.post("/units", {**NEW, "email": "sj@qs.example", "established_on": "2026-04-01"})
    shown = answer.json()
    assert (answer.status_code, answer.headers["Location"]) == (201, "/api/v1/units/QS009")
    assert (shown["short_name"], shown["parent"], shown["has_group"]) == (NEW["name"], "QS", True)
    assert Unit.objects.get(code="QS009").path == "QS/QS009/"
    after = AuditEvent.objects.get(action="unit.add").after
    assert (after["code"], after["category"]) == ("QS009", "bureau")


def test_it_comes_behind_the_others_unless_a_place_is_sent(admin, county):
    Unit.objects.filter(pk=county.sister.pk).update(rank_order=40)
    assert admin.post("/units", NEW).json()["rank_order"] == 41
    placed = {**NEW, "code": "QS010", "name": "青石县甲乡", "rank_order": 0, "has_group": False}
    shown = admin.post("/units", placed).json()
    assert (shown["rank_order"], shown["has_group"]) == (0, False)


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"code": "QS 9"}, "code", "编码里不能有空格和斜线。请只用字母、数字和短横线。"),
        ({"code": "QS001"}, "code", "已有单位使用这个编码。请改用另一个编码。"),
        ({"code": "qs001"}, "code", "编码与“QS001”只有大小写不同。请改用另一个编码。"),
        ({"code": "长" * 31}, "code", "超过 30 个字。请缩短。"),
        ({"name": "无"}, "name", "没有填写。这一栏必填。"),
        ({"name": "青石县 甲局"}, "name", "已有同名单位，编码是 QS001。请核对编码和名称。"),
        ({"category": "x"}, "category", "没有“x”这个单位类别。现有类别：局。"),
        ({"email": "sj"}, "email", "邮箱地址“sj”不完整。请核对。"),
        ({"established_on": "2026-04-01", "abolished_on": "2026-04-01"}, "abolished_on",
         "撤销日期不晚于成立日期。请核对两个日期。"),
        ({"name": None}, "name", "没有填写。这一栏必填。"),
    ],
)  # fmt: skip
def test_what_a_list_would_be_refused_for_is_refused_in_its_words(admin, changes, field, sentence):
    answer = admin.post("/units", NEW | changes)
    assert answer.status_code == 400
    assert errors(answer) == {field: [sentence]}
    assert Unit.objects.count() == 4


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "a\0b"},
        {"name": 5},
        {"party_body": "党委"},
        {"rank_order": 10**30},
        {"rank_order": -1},
        {"has_group": None},
        {"established_on": "0001-01-01"},
        {"established_on": "9999-12-31"},
        {"parent": None},
        {"path": "QS/"},
        {"code": "Q" * 29, "parent": "deep"},
    ],
)
def test_odd_values_are_refused(admin, county, changes):
    unit = county.root
    for _level in range(7):
        unit = make_unit(f"{'深' * 24}{_level}", f"深{_level}", unit)
    deep = {name: unit.code if value == "deep" else value for name, value in changes.items()}
    assert admin.post("/units", NEW | deep).status_code == 400
    assert not Unit.objects.filter(code=NEW["code"]).exists()


@pytest.mark.parametrize("parent", ["BS", "QS404"])
def test_a_parent_out_of_reach_is_as_absent_as_a_missing_one(admin, parent):
    assert admin.post("/units", {**NEW, "parent": parent}).status_code == 404


def test_a_new_name_leaves_the_old_one_to_what_was_before(admin):
    sent = {"name": "青石县文旅局", "short_name": "文旅局", "valid_from": "2026-07-01"}
    shown = admin.patch("/units/QS001", sent).json()
    assert [(each["name"], each["valid_from"]) for each in shown["names"]] == [
        ("青石县甲局", "1900-01-01"),
        ("青石县文旅局", "2026-07-01"),
    ]
    line = AuditEvent.objects.get(action="unit.change")
    assert line.before == {"name": "青石县甲局", "short_name": "县甲局"}
    assert line.after == {**sent}


def test_a_name_is_put_right_on_the_day_it_began(admin):
    shown = admin.patch("/units/QS001", {"short_name": "甲局", "valid_from": "1900-01-01"}).json()
    assert shown["names"] == [
        {"name": "青石县甲局", "short_name": "甲局", "valid_from": "1900-01-01"}
    ]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "青石县文旅局"}, "valid_from"),
        ({"valid_from": "2026-07-01"}, "valid_from"),
        ({"name": "青石县文旅局", "valid_from": "1899-12-31"}, "valid_from"),
        ({"name": "青石县文旅局", "valid_from": "9999-12-31"}, "valid_from"),
        ({"name": "青石县乙局", "valid_from": "2026-07-01"}, "name"),
        ({"successor": "QS002"}, "successor"),
        ({"abolished_on": "2026-07-01", "successor": "QS001"}, "successor"),
        ({"code": "QS007"}, "code"),
        ({"parent": "QS002"}, "parent"),
    ],
)
def test_a_change_that_cannot_be_is_refused(admin, changes, field):
    answer = admin.patch("/units/QS001", changes)
    assert (answer.status_code, list(errors(answer))) == (400, [field])
    assert not AuditEvent.objects.filter(action="unit.change").exists()


def test_a_unit_ends_and_another_takes_over(admin):
    sent = {"abolished_on": "2026-07-01", "successor": "QS002"}
    shown = admin.patch("/units/QS001", sent).json()
    assert (shown["abolished_on"], shown["successor"]) == ("2026-07-01", "QS002")
    back = admin.patch("/units/QS002", {**sent, "successor": "QS001"})
    assert back.status_code == 400
    assert admin.patch("/units/QS001", {"abolished_on": None}).status_code == 400
    shown = admin.patch("/units/QS001", {"abolished_on": None, "successor": None}).json()
    assert (shown["abolished_on"], shown["successor"]) == (None, None)


def test_a_successor_out_of_reach_is_absent(admin):
    answer = admin.patch("/units/QS001", {"abolished_on": "2026-07-01", "successor": "BS"})
    assert answer.status_code == 404


def test_who_read_another_version_changes_nothing(admin):
    read = admin.etag("/units/QS001")
    admin.patch("/units/QS001", {"email": "jia@qs.example"})
    late = admin.client.patch(
        "/api/v1/units/QS001", {"rank_order": 3}, content_type="application/json", headers=read
    )
    assert late.status_code == 412
    assert Unit.objects.values_list("rank_order", "version").get(code="QS001") == (0, 2)


def test_what_changes_nothing_leaves_no_line(admin):
    assert admin.patch("/units/QS001", {"party_body": "leading_group"}).status_code == 200
    assert not AuditEvent.objects.filter(action="unit.change").exists()


def test_a_list_costs_as_much_with_many_units(admin, county, queries):
    few = queries(admin, "/units")
    for number in range(40):
        make_unit(f"QSX{number}", f"青石县{number}所", county.root)
    assert queries(admin, "/units") == few
