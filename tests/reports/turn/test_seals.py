import pytest

from reports.models import ArchiveSeal
from reports.turn.seals import TurnError, check_seals, seal_again, seal_archives
from sessions.models import Evidence, StudySession
from tests.portal.county import make_user
from tests.reports.records import at, make_root, make_session, make_unit
from tests.reports.turn.make import NOW, YEAR, close_december

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return make_user("admin")


@pytest.fixture
def county():
    """Two units that studied, and one abolished the year before."""
    root = make_root()
    for code in ("QS01", "QS02"):
        make_session(make_unit(code))
    make_unit("QS03", abolished_on="2025-06-01")
    close_december(root)
    return root


def put_on_file(unit_code: str) -> None:
    session = StudySession.objects.get(unit__code=unit_code)
    Evidence.objects.create(session=session, kind="minutes", name="记录", on="2027-01-13")


def test_nothing_is_sealed_before_december_is_closed(admin):
    make_unit()
    with pytest.raises(TurnError, match="12月还没有封账"):
        seal_archives(root=make_root(), year=YEAR, at=NOW, by=admin)
    assert not ArchiveSeal.objects.exists()


def test_every_unit_of_the_year_is_sealed_once(county, admin):
    first = seal_archives(root=county, year=YEAR, at=NOW, by=admin, limit=1)
    assert (first.done, first.left) == (1, 1)
    second = seal_archives(root=county, year=YEAR, at=NOW, by=admin)
    assert (second.done, second.left) == (1, 0)
    assert seal_archives(root=county, year=YEAR, at=NOW, by=admin).done == 0
    told = ArchiveSeal.objects.values_list("unit__code", "sessions", "pieces")
    assert list(told) == [("QS01", 1, 0), ("QS02", 1, 0)]
    assert len(set(ArchiveSeal.objects.values_list("digest", flat=True))) == 2


def test_what_changed_after_the_seal_is_found(county, admin):
    seal_archives(root=county, year=YEAR, at=NOW, by=admin)
    assert check_seals(root=county, year=YEAR, at=at("2027-01-13")).differing == ()
    put_on_file("QS02")
    found = check_seals(root=county, year=YEAR, at=at("2027-01-14"), limit=1)
    assert (found.done, found.left) == (1, 1)
    found = check_seals(root=county, year=YEAR, at=at("2027-01-14"), limit=1)
    assert (found.left, found.differing) == (0, ("QS02",))
    assert ArchiveSeal.objects.get(unit__code="QS02").matches is False


def test_sealing_again_keeps_the_seal_before_and_its_reason(county, admin):
    seal_archives(root=county, year=YEAR, at=NOW, by=admin)
    seal = ArchiveSeal.objects.get(unit__code="QS01")
    again = {"seal": seal, "reason": "补存记录", "at": at("2027-01-14"), "by": admin}
    assert seal_again(**again) is None
    put_on_file("QS01")
    fresh = seal_again(**again)
    assert fresh is not None
    assert (fresh.reason, fresh.pieces, fresh.matches) == ("补存记录", 1, True)
    assert seal_again(**again) is None
    seal.refresh_from_db()
    assert (seal.replaced_at, ArchiveSeal.objects.count()) == (at("2027-01-14"), 3)
