"""The proxies: nginx understands both files; what stands between a browser and the portal."""

import http.client
import json
import re
import subprocess
from collections import Counter

import pytest

from accounts.models import AuditEvent
from portal.settings.environment import BASE_DIR
from tests.portal.county import make_user
from tests.portal.deployment.proxied import PART, PARTS, ask, running_upstream
from tests.services.missing import missing_service
from tests.services.nginx import command, is_installed, prepare, running_nginx
from tests.services.redis import free_port

FILES = ("nginx.conf", "nginx.host.conf")
TOO_LARGE = bytes(26 * 1024 * 1024)


@pytest.fixture(scope="module")
def nginx():
    if not is_installed():
        missing_service("nginx", "apt-get install nginx-light")


@pytest.fixture(scope="module")
def proxy(nginx, tmp_path_factory):
    with running_upstream(tmp_path_factory.mktemp("nginx")) as proxy:
        yield proxy


@pytest.fixture(scope="module")
def lonely(nginx, tmp_path_factory):
    """The proxy of a portal that does not run."""
    with running_nginx(tmp_path_factory.mktemp("lonely"), f"127.0.0.1:{free_port()}") as proxy:
        yield proxy


@pytest.mark.parametrize("name", FILES)
def test_every_server_logs_without_addresses(name):
    """A one-time link's secret stands in its address, so no address may."""
    before, *servers = (BASE_DIR / "deploy" / name).read_text().split("\nserver {")
    assert not [word for word in ("$request ", "$request_uri", "$uri") if word in before]
    assert len(servers) == 2
    for server in servers:
        assert "access_log /var/log/nginx/access.log portal;" in server
        assert "error_log /var/log/nginx/error.log crit;" in server


def test_both_say_the_same_but_where_the_portal_is():
    docker, host = [
        re.sub(r"\A(#.*\n)+?(?=# Without)|(?<=proxy_pass )\S+", "", text)
        for text in ((BASE_DIR / "deploy" / name).read_text() for name in FILES)
    ]
    assert docker == host


@pytest.mark.parametrize("name", FILES)
def test_nginx_understands_it(nginx, tmp_path, name):
    prepare(tmp_path, "127.0.0.1:8000", BASE_DIR / "deploy" / name)
    done = subprocess.run(command(tmp_path, "-t"), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr


def test_a_download_of_unknown_length_arrives_whole(proxy):
    assert ask(proxy, "/whole").body == PART * PARTS


def test_one_that_broke_off_is_known_as_such(proxy):
    with pytest.raises(http.client.IncompleteRead):
        ask(proxy, "/broken")


@pytest.mark.parametrize("source", ["127.0.0.2", "127.0.0.1"])
def test_what_browsers_say_of_themselves_does_not_pass(proxy, source):
    forged = {"X-Forwarded-For": "10.9.9.9", "X-Forwarded-Proto": "http"}
    said = ask(proxy, "/", source=source, headers=forged).body.decode()
    assert re.findall(r"X-Forwarded-\w+: .*", said) == [
        f"X-Forwarded-For: {source}",
        "X-Forwarded-Proto: https",
    ]
    assert f"Host: 127.0.0.1:{proxy.port}" in said


def test_whoever_comes_without_tls_is_sent_to_it(proxy):
    server = http.client.HTTPConnection("127.0.0.1", proxy.plain_port, timeout=30)
    server.request("GET", "/sessions/?year=2026", headers={"Host": "study.example.gov"})
    answer = server.getresponse()
    told = (answer.status, answer.getheader("Location"))
    server.close()
    assert told == (301, "https://study.example.gov/sessions/?year=2026")


def test_what_is_too_large_is_refused_in_a_sentence(proxy):
    answer = ask(proxy, "/evidence/", body=TOO_LARGE)
    assert (answer.status, answer.header("content-type")) == (413, "text/html; charset=utf-8")
    assert "一次提交的内容合计不能超过 25 MB" in answer.body.decode()
    assert ask(proxy, "/evidence/", body=TOO_LARGE[: 24 * 1024 * 1024]).status == 200


def test_a_portal_that_is_away_is_told_of_in_a_sentence(lonely):
    answer = ask(lonely, "/")
    assert (answer.status, answer.header("content-type")) == (502, "text/html; charset=utf-8")
    assert "门户没有应答，可能正在升级或重新启动" in answer.body.decode()
    assert "状态 502" in answer.body.decode()
    assert (answer.header("cache-control"), answer.header("retry-after")) == ("no-store", "30")


@pytest.mark.parametrize(
    ("body", "status", "kind"), [(TOO_LARGE, 413, "too-large"), (b"", 503, "unavailable")]
)
def test_programs_are_told_in_their_own_way(lonely, body, status, kind):
    answer = ask(lonely, "/api/v1/sessions", body=body)
    problem = json.loads(answer.body)
    assert answer.header("content-type") == "application/problem+json"
    assert (answer.status, problem["status"], problem["type"]) == (
        status,
        status,
        f"urn:problem:{kind}",
    )


@pytest.fixture
def portal(nginx, live_server, settings, tmp_path):
    """The portal itself, as deployed behind the proxy."""
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    with running_nginx(tmp_path / "nginx", live_server.url.removeprefix("http://")) as proxy:
        yield proxy


@pytest.mark.once
def test_no_header_comes_twice(portal):
    names = Counter(name.lower() for name, _ in ask(portal, "/sign-in/").headers)
    del names["set-cookie"]
    assert {name: count for name, count in names.items() if count > 1} == {}
    assert {"content-security-policy", "x-frame-options", "x-content-type-options"} <= set(names)


@pytest.mark.once
@pytest.mark.parametrize("source", ["127.0.0.2", "127.0.0.1"])
def test_the_trail_knows_the_browsers_address(portal, source):
    make_user("clerk")
    page = ask(portal, "/sign-in/", source=source)
    token = re.search(r'name="csrfmiddlewaretoken" value="(.+?)"', page.body.decode())
    assert token
    sent = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": page.header("set-cookie").partition(";")[0],
        "Origin": f"https://127.0.0.1:{portal.port}",
        "X-Forwarded-For": "10.9.9.9",
    }
    form = f"csrfmiddlewaretoken={token[1]}&username=clerk&password=wrong".encode()
    answer = ask(portal, "/sign-in/", body=form, source=source, headers=sent)
    assert answer.status == 200
    assert AuditEvent.objects.latest("pk").address == source
