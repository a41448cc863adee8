"""Pages come before background work, where both want the processor."""

import re

import yaml

from portal.settings.environment import BASE_DIR

UNITS = BASE_DIR / "deploy" / "systemd"
USUAL_WEIGHT, USUAL_SHARES = 100, 1024


def weight_of(unit: str) -> int:
    found = re.search(r"^CPUWeight=(\d+)$", (UNITS / unit).read_text(), re.MULTILINE)
    return int(found[1]) if found else USUAL_WEIGHT


def test_a_service_in_the_background_weighs_a_fifth_of_the_web_server():
    background = ("portal-worker.service", "portal-backup.service")
    assert [weight_of(unit) / weight_of("portal-web.service") for unit in background] == [0.2, 0.2]


def test_so_it_does_under_docker():
    services = yaml.safe_load((BASE_DIR / "docker-compose.yml").read_text())["services"]
    assert services["worker"]["cpu_shares"] == round(USUAL_SHARES / 5)
    assert "cpu_shares" not in services["web"]
