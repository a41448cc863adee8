import pytest

from accounts.devices import device_name

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (
            f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/90.0.1 Safari/537.36",
            "Chrome 90，Windows",
        ),
        (
            f"Mozilla/5.0 (Windows NT 6.1) {WEBKIT} Chrome/95.0 Safari/537.36 Edg/95.0",
            "Edge 95，Windows",
        ),
        (
            f"Mozilla/5.0 (X11; Linux x86_64) {WEBKIT} Chrome/86.0 Safari/537.36 QIHU 360SE",
            "360，Linux",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0",
            "Firefox 115，Linux",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/16.0 Mobile/15E148 Safari/604.1",
            "Safari 16，iOS",
        ),
        ("", "未知浏览器"),
    ],
)
def test_a_browser_is_named_in_short(agent, name):
    assert device_name(agent) == name
