"""Sessions kept, changed, handed in and decided on by other programs."""

import pytest

from accounts.models import AuditEvent
from sessions.models import Attendance, Evidence, StudySession
from tests.sessions.api.calling import (
    CONFIRMED,
    body,
    caller_of,
    entries,
    errors,
    made,
    stored,
)
from tests.sessions.evidence.make import make_evidence
from tests.sessions.recording.make import make_member
from units.models import AnsweredRequest

pytestmark = pytest.mark.django_db
ABSENT = {"status": "absent", "reason": "防汛值班"}
ILL = {"status": "leave", "leave_kind": "sick", "reason": "住院"}


def submitted(clerk, unit, **changes):
    address = made(clerk, unit, **changes)
    answer = clerk.step(f"{address}/submit", CONFIRMED)
    assert answer.status_code == 200, answer.content.decode()
    return address


def test_a_record_is_kept_as_a_draft_that_came_by_api(scene):
    county, clerk = scene
    answer = clerk.post("/sessions", body(county.own))
    shown = answer.json()
    assert (answer.status_code, shown["status"], shown["source"]) == (201, "draft", "api")
    assert answer.headers["Location"] == f"/api/v1/sessions/{shown['id']}"
    assert clerk.get(f"/sessions/{shown['id']}").headers["ETag"] == answer.headers["ETag"]
    assert [row["name"] for row in shown["attendance"]] == ["赵一", "钱二", "孙三"]
    assert AuditEvent.objects.get(action="session.save").after == {"changed": ["new"], "version": 1}


def test_everything_a_form_can_say_can_be_sent_and_is_read_back(scene):
    county, clerk = scene
    first, second, third = entries(county.own).values()
    sent = {
        "end_date": "2026-03-06", "date": "2026-03-04", "half_days": 5, "form": "reading_class",
        "lecturer": "张教授", "scope": "all_staff", "problem_solved": "修订制度",
        "guests": {"expanded": 1, "attending": 2, "observing": 3, "teaching": 4},
        "joint_units": ["QS002"], "archive_place": "档案室",
        "attendance": [{"member": first, "status": "leave", "leave_kind": "sick"}],
        "others": "present",
        "speeches": [{"member": second, "kind": "key", "title": "廉政"},
                     {"member": third, "kind": "exchange"}],
    }  # fmt: skip
    shown = clerk.get(made(clerk, county.own, **sent)).json()
    for name in sent.keys() - {"attendance", "others", "speeches"}:
        assert shown[name] == sent[name]
    assert [row["status"] for row in shown["attendance"]] == ["leave", "present", "present"]
    assert shown["attendance"][0]["leave_kind"] == "sick"
    told = [(said["member"], said["kind"], said["title"]) for said in shown["speeches"]]
    assert told == [(second, "key", "廉政"), (third, "exchange", "")]


@pytest.mark.parametrize(
    ("attendance", "others", "sentence"),
    [
        ([], None, "应到 3 人，已登记 0 人：缺 赵一、钱二、孙三。"),
        (["赵一", "钱二"], None, "应到 3 人，已登记 2 人：缺 孙三。"),
        (["赵一", "钱二", "孙三", "赵一"], None, "应到 3 人，已登记 4 人：赵一 登记了不止一次。"),
        (["李四"], "present", "应到 3 人，已登记 4 人：多出 李四，当天不在任。"),
        (["赵一"], "present", ""),
        (None, "present", ""),
    ],
)
def test_nobody_is_silently_present(scene, attendance, others, sentence):
    county, clerk = scene
    make_member(county.own, "李四", start_date="2030-01-01")
    ids = entries(county.own)
    rows = None if attendance is None else [
        {"member": ids[name], "status": "present"} for name in attendance
    ]  # fmt: skip
    answer = clerk.post("/sessions", body(county.own, attendance=rows, others=others))
    assert answer.status_code == (400 if sentence else 201)
    assert not sentence or errors(answer) == {"attendance": [sentence]}


@pytest.mark.parametrize(
    ("row", "field", "sentence"),
    [
        ({"status": "leave"}, "leave_kind", "请选择赵一的请假类别。"),
        ({"status": "late", "leave_kind": "sick"}, "leave_kind", "只有请假才填请假类别"),
        ({"status": "away"}, "status", "“away” 不是合法选项。"),
        ({"status": "absent", "excuse": "忙"}, "excuse", "没有这个栏目"),
    ],
)
def test_a_row_that_cannot_be_is_named_by_its_place(scene, row, field, sentence):
    county, clerk = scene
    rows = [row | {"member": entries(county.own)["赵一"]}]
    answer = clerk.post("/sessions", body(county.own, attendance=rows, others="present"))
    assert answer.status_code == 400
    assert sentence in errors(answer)[f"attendance.0.{field}"][0]


def test_what_is_not_named_stays(scene):
    county, clerk = scene
    first, second, _third = entries(county.own).values()
    said = [{"member": second, "kind": "key", "title": "廉政"}]
    address = made(clerk, county.own, speeches=said, guests={"attending": 2})
    changed = clerk.patch(address, {"place": "三楼", "guests": {"teaching": 1}}).json()
    assert (changed["place"], changed["theme"], changed["version"]) == ("三楼", "学习宪法", 2)
    assert (changed["guests"]["attending"], changed["guests"]["teaching"]) == (2, 1)
    rows = [ABSENT | {"member": first}]
    changed = clerk.patch(address, {"attendance": rows, "others": "present"}).json()
    assert [row["status"] for row in changed["attendance"]] == ["absent", "present", "present"]
    assert changed["speeches"] == said
    assert clerk.patch(address, {"speeches": []}).json()["speeches"] == []


def test_a_day_with_other_members_asks_for_their_attendance(scene):
    county, clerk = scene
    address = made(clerk, county.own)
    make_member(county.own, "李四", start_date="2021-01-01", rank_order=9)
    day = {"date": "2021-03-04"}
    assert errors(clerk.patch(address, day)) == {
        "attendance": ["应到 4 人，已登记 3 人：缺 李四。"]
    }
    changed = clerk.patch(address, day | {"others": "present"}).json()
    assert len(changed["attendance"]) == 4
    assert (changed["date"], changed["end_date"]) == ("2021-03-04", "2021-03-04")


@pytest.mark.parametrize(
    ("sent", "fields"),
    [
        ({"plan_item": 10**9}, ["plan_item"]),
        ({"topics": [10**9, 10**9 + 1]}, ["topics.0", "topics.1"]),
        ({"joint_units": ["QS002", "BS", "XX"]}, ["joint_units.1", "joint_units.2"]),
        ({"attendance": [{"member": 10**9, "status": "present"}]}, ["attendance.0.member"]),
        ({"speeches": [{"member": 10**9, "kind": "key"}]}, ["speeches.0.member"]),
    ],
)
def test_what_a_body_names_and_is_not_there_is_absent(scene, sent, fields):
    county, clerk = scene
    answer = clerk.post("/sessions", body(county.own, others="present", **sent))
    assert (answer.status_code, sorted(errors(answer))) == (404, fields)
    assert not StudySession.objects.exists()


def test_a_member_of_another_unit_is_absent_and_noted(scene):
    county, clerk = scene
    foreign = make_member(county.sister, "周五")
    rows = [{"member": foreign.pk, "status": "present"}]
    answer = clerk.post("/sessions", body(county.own, attendance=rows, others="present"))
    assert answer.status_code == 404
    assert AuditEvent.objects.get(action="access.foreign").object_id == str(foreign.pk)


def test_the_same_key_makes_one_record_even_when_its_answer_is_forgotten(scene):
    county, clerk = scene
    key = {"Idempotency-Key": "ledger-2026-17"}
    first = clerk.post("/sessions", body(county.own), **key).json()
    AnsweredRequest.objects.all().delete()
    assert clerk.post("/sessions", body(county.own), **key).json()["id"] == first["id"]
    assert AuditEvent.objects.filter(action="session.save").count() == 1


def test_it_is_handed_in_with_what_a_clerk_confirms(scene):
    county, clerk = scene
    address = made(clerk, county.own)
    refused = clerk.step(f"{address}/submit", {"counts": {"due": 3, "here": 2}})
    assert refused.status_code == 422
    assert errors(refused) == {
        "counts": ["请核对后勾选：应到 3 人，实到 3 人。"],
        "declared": ["请核对后勾选：不含涉密内容。"],
    }
    answer = clerk.step(f"{address}/submit", CONFIRMED)
    assert (answer.json()["status"], answer.json()["notices"]) == ("submitted", [])
    assert [event["kind"] for event in answer.json()["events"]] == ["submit"]
    assert AuditEvent.objects.filter(action="session.submit").count() == 1


def test_a_warning_is_passed_only_knowingly(scene):
    county, clerk = scene
    address = made(clerk, county.own, form="discussion")
    refused = clerk.step(f"{address}/submit", CONFIRMED)
    codes = {each["field"]: each["code"] for each in refused.json()["errors"]}
    assert (refused.status_code, codes) == (422, {"speeches": "warning"})
    passed = clerk.step(f"{address}/submit", CONFIRMED | {"warnings_accepted": True})
    assert passed.status_code == 200


def test_the_department_returns_with_a_reason_and_the_unit_mends(scene):
    county, clerk = scene
    address, auditor = submitted(clerk, county.own), caller_of(county["auditor"])
    bare = auditor.step(f"{address}/return", {"fields": ["theme"]})
    assert errors(bare) == {"reason": ["请勾选常用原因，或写明退回的原因。"]}
    sent = {"reason": "缺会议记录", "fields": ["content"]}
    shown = auditor.step(f"{address}/return", sent).json()
    assert (shown["status"], shown["returned"]["fields"]) == ("returned", ["content"])
    assert clerk.patch(address, {"content": "宪法全文"}).status_code == 200
    assert clerk.step(f"{address}/submit", CONFIRMED).status_code == 200
    assert auditor.step(f"{address}/accept").json()["status"] == "accepted"


def test_a_version_is_asked_for_and_must_stand(scene):
    county, clerk = scene
    address = made(clerk, county.own)
    assert clerk.post(f"{address}/submit", CONFIRMED).status_code == 428
    version = clerk.etag(address)
    clerk.patch(address, {"place": "三楼"})
    stale = clerk.post(f"{address}/submit", CONFIRMED, **version)
    assert (stale.status_code, stored(address).status) == (412, "draft")


def test_only_what_is_open_can_be_changed_or_deleted(scene):
    county, clerk = scene
    address = submitted(clerk, county.own)
    refused = clerk.patch(address, {"place": "三楼"})
    assert (refused.status_code, refused.json()["detail"]) == (
        409, "当前状态为“已报送”，不能修改。",
    )  # fmt: skip
    assert clerk.delete(address).status_code == 409
    assert clerk.step(f"{address}/withdraw").json()["status"] == "draft"
    assert (clerk.delete(address).status_code, StudySession.objects.count()) == (204, 0)


def test_the_mark_of_a_classified_paper_is_never_kept(scene):
    county, clerk = scene
    answer = clerk.post("/sessions", body(county.own, content="机密★10年 某某文件"))
    assert (answer.status_code, list(errors(answer))) == (422, ["content"])
    assert not StudySession.objects.exists()


def test_leaders_of_the_county_are_not_told_why_somebody_was_away(scene):
    county, clerk = scene
    rows = [ILL | {"member": entries(county.own)["赵一"]}]
    address = made(clerk, county.own, attendance=rows, others="present", chair="钱二")
    session = StudySession.objects.get(pk=address.rsplit("/")[-1])
    make_evidence(session, kind="leave_slip", name="病假条.pdf")
    counts = {"due": 3, "here": 2}
    assert clerk.step(f"{address}/submit", CONFIRMED | {"counts": counts}).status_code == 200
    for who, told in (("auditor", ("sick", "住院", 1)), ("county_leader", ("", "", 0))):
        seen = caller_of(county[who]).get(address).json()
        row = seen["attendance"][0]
        assert (row["leave_kind"], row["reason"], len(seen["evidence"])) == told


def test_a_held_file_keeps_its_name_to_itself(scene):
    county, clerk = scene
    address = made(clerk, county.own)
    held = make_evidence(stored(address), name="绝密.pdf", checked=Evidence.Checked.HELD)
    (piece,) = clerk.get(address).json()["evidence"]
    assert ("绝密" not in piece["name"], piece["file"], piece["id"]) == (True, "", held.pk)


def test_a_make_up_shows_beside_the_absence(scene):
    county, clerk = scene
    rows = [ABSENT | {"member": entries(county.own)["赵一"]}]
    address = made(clerk, county.own, attendance=rows, others="present")
    Attendance.objects.filter(status="absent").update(
        makeup_date="2026-03-10", makeup_method="recording"
    )
    shown = clerk.get(address).json()["attendance"][0]["makeup"]
    assert shown == {
        "date": "2026-03-10", "method": "recording", "confirmed_on": None, "confirmer": "",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["content", "problem_solved"])
def test_a_text_is_no_longer_than_a_cell_of_a_workbook_holds(scene, name):
    county, clerk = scene
    whole = body(county.own)
    assert clerk.post("/sessions", whole | {name: "长" * 30_000}).status_code == 201
    answer = clerk.post("/sessions", whole | {name: "长" * 30_001})
    assert (answer.status_code, list(errors(answer))) == (400, [name])
