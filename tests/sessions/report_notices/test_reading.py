import pytest

from sessions.models import UnitReport
from sessions.report_notices.reading import notice_for, notices_for, opening_sentence, quoted
from tests.portal.access.report_notice_samples import YEAR, make_notice
from tests.portal.county import make_county
from units.models import Category

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return make_county()


def test_the_nearest_departments_standing_notice_counts(county):
    admin = county["department_admin"]
    make_notice(county.root, admin)
    near = make_notice(county.own, admin)
    make_notice(county.own, admin, kind="half_year", withdrawn_at="2026-01-01T00:00+08:00")
    make_notice(county.abroad, admin, kind="half_year")
    assert notices_for(county.own, YEAR) == {"annual": near}
    assert notices_for(county.own, YEAR - 1) == {}


def test_a_notice_to_a_category_concerns_no_other(county):
    notice = make_notice(county.root, county["department_admin"])
    notice.categories.add(Category.objects.create(code="township", name="乡镇"))
    assert notices_for(county.own, YEAR) == {}
    notice.categories.add(county.own.category)
    assert notices_for(county.own, YEAR) == {"annual": notice}


def test_a_report_opens_with_the_notice_it_answers(county):
    report = UnitReport(unit=county.own, year=YEAR, kind="half_year")
    assert opening_sentence(report, notice_for(report)) == (
        f"现将{YEAR}年上半年理论学习中心组学习情况报告如下。"
    )
    notice = make_notice(county.root, county["department_admin"], kind="half_year", title="通知")
    assert notice_for(report) == notice
    assert opening_sentence(report, notice).startswith("根据《通知》要求，现将")


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("通知", "《通知》"),
        ("《通知》", "《通知》"),
        ("关于《办法》的通知", "《关于〈办法〉的通知》"),
    ],
)
def test_a_title_is_quoted_once(title, said):
    assert quoted(title) == said
