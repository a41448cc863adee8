"""The proxies' logs: a one-time link's secret stands in its address, so no address may."""

import pytest

from portal.settings.environment import BASE_DIR


@pytest.mark.parametrize("name", ["nginx.conf", "nginx.host.conf"])
def test_every_server_logs_without_addresses(name):
    before, *servers = (BASE_DIR / "deploy" / name).read_text().split("\nserver {")
    assert not [word for word in ("$request ", "$request_uri", "$uri") if word in before]
    assert len(servers) == 2
    for server in servers:
        assert "access_log /var/log/nginx/access.log portal;" in server
        assert "error_log /var/log/nginx/error.log crit;" in server
