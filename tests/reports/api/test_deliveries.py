"""The ledger of e-mails, for the department and nobody else."""

import pytest

from reports.models import Delivery
from tests.reports.api.make import queries_of, read, refused
from tests.reports.mailing.make import browser_of, mail_of, make_queued

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser():
    return browser_of(make_queued()["auditor"])


def test_a_mail_says_what_became_of_it(browser):
    mail = mail_of("QS001")
    Delivery.objects.filter(pk=mail.pk).update(state="bounced", server_words="550 no such user")
    told = read(browser, f"deliveries/{mail.pk}")
    assert (told["unit"], told["kind"], told["period"]) == ("QS001", "monthly_unit", "2026-06")
    assert (told["state"], told["server_words"]) == ("bounced", "550 no such user")
    assert (told["run_kind"], told["as_of"], told["is_closed"]) == ("monthly", "2026-06-30", False)


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ({"period": "2026-06"}, 3),
        ({"period": "2026-05"}, 0),
        ({"kind": "monthly_department"}, 1),
        ({"state": "queued"}, 3),
        ({"state": "sent"}, 0),
        ({"unit": "QS002"}, 1),
    ],
)
def test_filters_narrow_the_mails(browser, asked, number):
    assert read(browser, "deliveries", **asked)["count"] == number


@pytest.mark.parametrize(
    ("asked", "field"),
    [({"period": "2026-13"}, "period"), ({"state": "lost"}, "state"), ({"to": "x"}, "to")],
)
def test_what_cannot_be_meant_is_refused(browser, asked, field):
    status, errors = refused(browser, "deliveries", **asked)
    assert (status, list(errors)) == (400, [field])


def test_queries_do_not_grow_with_mails(browser):
    one = queries_of(browser, "deliveries", page_size=1)
    assert queries_of(browser, "deliveries", ordering="-queued_at") == one <= 12
