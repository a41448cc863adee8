import datetime as dt
import gc
import io
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent
from reports.archives import handing
from reports.archives.handing import Places
from reports.archives.verifying import verify
from reports.models import ArchiveCopy
from sessions.models import Evidence, StudySession
from tests.portal.county import make_assignment, make_user
from tests.reports.archives.make import make_file, make_year
from tests.reports.records import make_root, make_rules, make_session, make_unit
from units.access.roles import Role
from units.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def browser(role: Role, unit: Unit) -> Client:
    user = make_user(f"{role}-{unit.code}")
    make_assignment(user, role, unit, start_date=dt.date(2020, 1, 1))
    client = Client()
    client.force_login(user)
    return client


def zip_of(unit: Unit) -> str:
    return reverse("unit_archive_zip", kwargs={"code": unit.code})


def fetch(client: Client, address: str, folder: Path, **query: str) -> Path:
    response = client.get(address, query)
    assert response["Content-Type"] == "application/zip"
    path = folder / "taken.zip"
    path.write_bytes(response.getvalue())
    return path


def test_a_year_through_the_view_verifies_and_one_flipped_byte_is_named(tmp_path: Path):
    unit = make_unit(members=6)
    pieces = make_year(unit)
    path = fetch(browser(Role.CLERK, unit), zip_of(unit), tmp_path, year="2026")
    copy = ArchiveCopy.objects.get()
    call_command("verify_archive", path, checksum=copy.checksum, stdout=io.StringIO())
    whole, said = path.read_bytes(), io.StringIO()
    place = whole.index((Path(settings.MEDIA_ROOT) / str(pieces[42].file)).read_bytes())
    path.write_bytes(whole[:place] + b"?" + whole[place + 1 :])
    with pytest.raises(CommandError) as refused:
        call_command("verify_archive", path, stdout=said)
    assert refused.value.returncode == 1
    assert f"内容有变：{verify(path).faults[0][1]}" in said.getvalue()
    assert pieces[42].name in said.getvalue()


def test_a_download_is_told_in_the_trail_before_and_after_and_on_the_page(tmp_path: Path):
    unit = make_unit()
    make_file(make_session(unit))
    client = browser(Role.CLERK, unit)
    fetch(client, zip_of(unit), tmp_path, year="2026")
    archived = AuditEvent.objects.filter(action__startswith="archive.").order_by("id")
    told = [event.action for event in archived]
    assert told == ["archive.download", "archive.sent"]
    copy = ArchiveCopy.objects.get()
    assert AuditEvent.objects.latest("id").after["checksum"] == copy.checksum
    page = client.get(reverse("own_archive"), {"year": "2026"}).content.decode()
    assert copy.checksum in page


def test_a_download_that_breaks_off_has_no_checksum_and_gives_its_place_back(monkeypatch):
    monkeypatch.setattr(handing, "PLACES", Places(1))
    unit = make_unit()
    make_year(unit, sessions=2, files=4)
    client = browser(Role.CLERK, unit)
    broken: Any = client.get(zip_of(unit), {"year": "2026"})
    next(iter(broken.streaming_content))
    late = browser(Role.APPROVER, unit).get(zip_of(unit), {"year": "2026"})
    assert late.status_code == 302
    del broken  # the server closes what it sends; here nobody but the collector does
    gc.collect()
    assert client.get(zip_of(unit), {"year": "2026"}).getvalue()[:2] == b"PK"
    assert sorted(bool(copy.checksum) for copy in ArchiveCopy.objects.all()) == [False, True]


def test_one_person_takes_one_place(monkeypatch):
    monkeypatch.setattr(handing, "PLACES", Places(2))
    unit = make_unit()
    client, colleague = browser(Role.CLERK, unit), browser(Role.APPROVER, unit)
    first: Any = client.get(zip_of(unit), {"year": "2026"})
    again = client.get(zip_of(unit), {"year": "2026"}, follow=True)
    assert "您已有一份档案正在下载" in again.content.decode()
    for answer in (colleague.get(zip_of(unit), {"year": "2026"}), first):
        assert answer.getvalue()[:2] == b"PK"
    assert client.get(zip_of(unit), {"year": "2026"}).status_code == 200


def test_the_filter_on_the_screen_is_that_of_the_file(tmp_path: Path):
    unit = make_unit()
    make_year(unit, sessions=4, files=8)
    client = browser(Role.CLERK, unit)
    asked = {"year": "2026", "first": "2026-02-01", "kind": "notice"}
    page = client.get(reverse("own_archive"), asked)
    assert page.context["totals"].files == 2
    query = page.context["query"]
    names = verify(fetch(client, f"{zip_of(unit)}?{query}", tmp_path)).head["files"]
    assert len([one for one in names if one["name"].endswith(".pdf")]) == 2
    assert "材料类别：通知" in ArchiveCopy.objects.get().chosen


def test_a_filter_that_makes_no_sense_gives_no_file():
    unit = make_unit()
    client = browser(Role.CLERK, unit)
    asked = {"year": "2026", "first": "2026-05-01", "last": "2026-04-01"}
    response = client.get(zip_of(unit), asked, follow=True)
    assert "结束日期早于开始日期" in response.content.decode()
    assert not ArchiveCopy.objects.exists()


def test_a_session_has_a_page_and_a_file_of_its_own(tmp_path: Path):
    make_rules()
    unit = make_unit()
    session = make_session(unit, theme="粮食安全", archive_place="三号柜")
    make_session(unit, "2026-04-10")
    make_file(session, "notice", name="关于学习的通知.pdf")
    client = browser(Role.APPROVER, unit)
    page = client.get(reverse("session_archive", kwargs={"pk": session.pk})).content.decode()
    assert "关于学习的通知.pdf" in page
    assert "缺（必备）" in page
    address = reverse("session_archive_zip", kwargs={"pk": session.pk})
    names = [one["name"] for one in verify(fetch(client, address, tmp_path)).head["files"]]
    assert [name.split("/")[0] for name in names if "/" in name] == ["01 2026-03-10 粮食安全"] * 2


@pytest.mark.parametrize("role", [Role.CLERK, Role.COUNTY_LEADER, Role.SYSTEM_ADMIN])
def test_an_outsider_finds_no_archive(role: Role):
    unit, other = make_unit(), make_unit("QS02")
    session = make_session(unit)
    client = browser(role, other if role == Role.CLERK else make_root())
    for address in (
        reverse("unit_archive", kwargs={"code": unit.code}),
        zip_of(unit),
        reverse("session_archive", kwargs={"pk": session.pk}),
        reverse("session_archive_zip", kwargs={"pk": session.pk}),
    ):
        assert client.get(address).status_code == (404 if role == Role.CLERK else 403)
    assert client.get(reverse("archive_list")).status_code == 403
    assert not ArchiveCopy.objects.exists()


def test_a_draft_has_no_archive_yet():
    unit = make_unit()
    session = make_session(unit, steps=())
    client = browser(Role.CLERK, unit)
    assert client.get(reverse("session_archive", kwargs={"pk": session.pk})).status_code == 404
    page = client.get(reverse("own_archive"), {"year": "2026"}).content.decode()
    assert "另有 1 次学习还是草稿" in page


def test_the_department_reads_counts_in_official_order():
    make_rules()
    for rank, code in ((2, "QS01"), (1, "QS02")):
        unit = make_unit(code, rank_order=rank)
        session = make_session(unit)
        make_file(session, "minutes", data=b"x" * 10)
        make_file(session, "sign_in", file="" if rank == 1 else "evidence/y.pdf")
        make_file(make_session(unit, "2026-04-10"), "photo", checked="held")
    page = browser(Role.AUDITOR, make_root()).get(reverse("archive_list"), {"year": "2026"})
    lines = page.context["lines"]
    assert [line.code for line in lines] == ["QS02", "QS01"]
    assert [(line.sessions, line.complete, line.withheld) for line in lines] == [(2, 1, 1)] * 2
    assert [(line.files, line.on_paper) for line in lines] == [(1, 1), (2, 0)]


def test_pages_ask_the_same_number_of_questions_for_many_rows(django_assert_max_num_queries):
    make_rules()
    unit = make_unit()
    make_year(unit, sessions=20, files=60)
    for number in range(2, 12):
        make_session(make_unit(f"QS{number:02}"))
    client = browser(Role.DEPARTMENT_ADMIN, make_root())
    address = reverse("unit_archive", kwargs={"code": unit.code})
    client.get(address)
    with django_assert_max_num_queries(12):
        client.get(address, {"year": "2026"})
    with django_assert_max_num_queries(12):
        client.get(reverse("archive_list"), {"year": "2026"})


def test_what_is_held_shows_no_name_on_any_page():
    unit = make_unit()
    make_file(make_session(unit), name="绝密文件.pdf", checked="held")
    client = browser(Role.CLERK, unit)
    (session,) = StudySession.objects.all()
    page = client.get(reverse("session_archive", kwargs={"pk": session.pk})).content.decode()
    assert "暂扣，待核实" in page
    assert "绝密文件" not in page + client.get(reverse("own_archive")).content.decode()
    assert Evidence.objects.get().name == "绝密文件.pdf"
