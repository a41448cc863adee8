"""Under which name the portal is reached, and whom it believes about clients."""

from collections.abc import Iterator
from ipaddress import ip_network
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004  Django's
from django.http.request import validate_host

_AT_HOME = frozenset({"127.0.0.1", "localhost", "::1", "[::1]"})
WIDEST = {4: 8, 6: 16}
"""A network of fewer bits holds more machines than any county's proxies."""


@register(Tags.security)
def hosts_are_named(**_: Any) -> list[CheckMessage]:
    if not settings.PRODUCTION:
        return []
    hosts = {host.strip() for host in settings.ALLOWED_HOSTS if host.strip()}
    hint = "填写单位分配的域名或内网地址，例如 ALLOWED_HOSTS=study.example.gov.cn。"
    if not hosts or "*" in hosts:
        return [
            Error(
                "ALLOWED_HOSTS 不能为空，也不能是 *：任何伪造的主机名都会被接受。",
                hint=hint,
                id="portal.E010",
            )
        ]
    if hosts <= _AT_HOME:
        return [
            Warning("ALLOWED_HOSTS 只有本机，别的电脑打不开门户。", hint=hint, id="portal.W011")
        ]
    return []


@register(Tags.security)
def site_is_where_people_reach_it(**_: Any) -> list[CheckMessage]:
    if not settings.PRODUCTION:
        return []
    parts = urlsplit(settings.SITE_URL)
    hint = (
        "SITE_URL 是邮件里链接的开头，填浏览器中打开门户的地址，例如 https://study.example.gov.cn。"
    )
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return [
            Error(f"SITE_URL 不是一个网址：{settings.SITE_URL!r}。", hint=hint, id="portal.E012")
        ]
    if settings.HTTPS and parts.scheme != "https":
        return [Error("HTTPS 已启用，SITE_URL 却以 http:// 开头。", hint=hint, id="portal.E013")]
    if parts.hostname in _AT_HOME:
        return [
            Warning(
                "SITE_URL 指向本机，收到邮件的人打不开其中的链接。", hint=hint, id="portal.W014"
            )
        ]
    if not validate_host(parts.hostname, settings.ALLOWED_HOSTS):
        words = f"SITE_URL 的主机名 {parts.hostname} 不在 ALLOWED_HOSTS 中。"
        return [Error(words, hint="两处应填同一个名字。", id="portal.E015")]
    return []


@register(Tags.security)
def networks_are_networks(**_: Any) -> list[CheckMessage]:
    return [*_not_networks("TRUSTED_PROXIES"), *_not_networks("PRIVILEGED_NETWORKS")]


def _not_networks(name: str) -> Iterator[CheckMessage]:
    for said in getattr(settings, name):
        try:
            network = ip_network(said, strict=False)
        except ValueError:
            words = f"{name} 中的 {said!r} 不是地址或网段。"
            yield Error(
                words, hint="例如 127.0.0.1 或 172.16.0.0/12，用逗号分开。", id="portal.E016"
            )
            continue
        if name == "TRUSTED_PROXIES" and network.prefixlen < WIDEST[network.version]:
            yield Error(
                f"TRUSTED_PROXIES 中的 {said} 太宽：谁都可以冒充反向代理，伪造来源地址。",
                hint="只填反向代理自己的地址。",
                id="portal.E017",
            )


@register(Tags.security)
def proxy_is_known(**_: Any) -> list[CheckMessage]:
    if not settings.PRODUCTION or settings.TRUSTED_PROXIES:
        return []
    hint = "填反向代理（nginx）的地址，例如 TRUSTED_PROXIES=127.0.0.1。"
    if settings.HTTPS:
        words = (
            "没有设置 TRUSTED_PROXIES：门户看不出浏览器是否已加密访问，会不停地跳转，页面打不开。"
        )
        return [Error(words, hint=hint, id="portal.E018")]
    words = (
        "没有设置 TRUSTED_PROXIES：前面如有反向代理，审计日志和登录锁定看到的都是它的地址。"
        "没有反向代理、门户自己听端口的，不必理会。"
    )
    return [Warning(words, hint=hint, id="portal.W019")]


@register(Tags.security)
def pages_travel_encrypted(**_: Any) -> list[CheckMessage]:
    """Instead of four of Django's own (SILENCED_SYSTEM_CHECKS), which say the same in English."""
    if not settings.PRODUCTION or settings.HTTPS:
        return []
    return [
        Warning(
            "没有启用 https：密码和名单在网络上明文传送，同一网络里的人可以看到。",
            hint="只限封闭的内网；否则在前面放 nginx，网址改用 https://，设 HTTPS=true。",
            id="portal.W009",
        )
    ]
