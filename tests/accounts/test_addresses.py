import pytest
from django.test import RequestFactory

from accounts.addresses import client_address


@pytest.mark.parametrize(
    ("proxies", "peer", "forwarded", "address"),
    [
        ([], "10.0.0.9", "", "10.0.0.9"),
        ([], "10.0.0.9", "1.2.3.4", "10.0.0.9"),  # anybody can send the header
        (["172.16.0.0/12"], "10.0.0.9", "1.2.3.4", "10.0.0.9"),
        (["172.16.0.0/12"], "172.18.0.2", "10.0.0.9", "10.0.0.9"),
        (["172.16.0.0/12"], "172.18.0.2", "1.2.3.4, 10.0.0.9", "10.0.0.9"),  # forged in front
        (["172.16.0.0/12"], "172.18.0.2", "1.2.3.4, 172.18.0.3", "1.2.3.4"),
        (["172.16.0.0/12"], "172.18.0.2", "", "172.18.0.2"),
        (["172.16.0.0/12"], "172.18.0.2", "nonsense", None),
        ([], "", "", None),
    ],
)
def test_only_our_own_proxies_are_believed(settings, proxies, peer, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    assert client_address(RequestFactory().get("/", REMOTE_ADDR=peer, **headers)) == address
