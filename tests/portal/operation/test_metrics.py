import pytest
from django.test import Client

from tests.portal.operation.make import make_heartbeat

TOKEN = "0123456789abcdef0123456789abcdef"
COUNTING = "portal.operation.metrics.RequestCountMiddleware"


@pytest.fixture
def monitor(now, settings):
    settings.METRICS_TOKEN = TOKEN
    settings.MIDDLEWARE = [*settings.MIDDLEWARE[:2], COUNTING, *settings.MIDDLEWARE[2:]]
    return Client(headers={"authorization": f"Bearer {TOKEN}"})


@pytest.mark.django_db
@pytest.mark.parametrize("shown", ["", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", TOKEN])
def test_without_its_token_there_is_no_such_page(client, settings, shown):
    for settings.METRICS_TOKEN in ("", TOKEN):
        answer = client.get("/metrics", headers={"authorization": shown})
        assert answer.status_code == 404
        assert b"portal_" not in answer.content


def test_a_monitor_reads_the_operators_lines(monitor, now):
    make_heartbeat("queue:jobs", now, at=None)
    said = monitor.get("/metrics").content.decode().splitlines()
    assert 'portal_condition{line="workers"} 2.0' in said
    assert 'portal_condition{line="mails"} 0.0' in said
    assert "portal_jobs_queued 0.0" in said
    assert "portal_broker_up 1.0" in said


def test_requests_are_counted_by_route_and_hold_no_address(monitor):
    monitor.get("/healthz")
    monitor.get("/zhangsan/?q=zhangsan")
    said = monitor.get("/metrics").content.decode()
    counted = 'portal_request_seconds_count{method="GET",route="healthz",status="200"}'
    assert any(line.startswith(counted) for line in said.splitlines())
    assert 'route="-",status="404"' in said
    assert "zhangsan" not in said
