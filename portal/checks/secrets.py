"""What nobody may guess, and what nobody may see."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004  Django's

SECRET_LENGTH = 50
SECRET_SIGNS = 5
TOKEN_LENGTH = 32


@register(Tags.security, deploy=True)
def says_that_it_is_production(**_: Any) -> list[CheckMessage]:
    if settings.PRODUCTION:
        return []
    return [
        Warning(
            "没有设置 PRODUCTION=true：现在按试用环境运行，密钥、加密传输等检查都没有启用。",
            hint="正式运行前请在环境变量（或 .env）中设置 PRODUCTION=true。",
            id="portal.W001",
        )
    ]


@register(Tags.security)
def secret_is_long(**_: Any) -> list[CheckMessage]:
    key = settings.SECRET_KEY
    if not settings.PRODUCTION or (len(key) >= SECRET_LENGTH and len(set(key)) >= SECRET_SIGNS):
        return []
    return [
        Error(
            f"SECRET_KEY 至少 {SECRET_LENGTH} 个字符，现有 {len(key)} 个（或字符过于单一）。",
            hint="用 `openssl rand -base64 48` 生成一个，只写入本机的配置文件，不要外传。",
            id="portal.E002",
        )
    ]


@register(Tags.security)
def debug_is_off(**_: Any) -> list[CheckMessage]:
    if not (settings.PRODUCTION and settings.DEBUG):
        return []
    return [
        Error(
            "生产环境不得打开 DEBUG：出错页面会显示数据和配置。",
            hint="删除 DEBUG，或设为 false。",
            id="portal.E003",
        )
    ]


@register(Tags.security)
def metrics_token_is_long(**_: Any) -> list[CheckMessage]:
    if not settings.METRICS_TOKEN or len(settings.METRICS_TOKEN) >= TOKEN_LENGTH:
        return []
    return [
        Error(
            f"METRICS_TOKEN 至少 {TOKEN_LENGTH} 个字符，现有 {len(settings.METRICS_TOKEN)} 个。",
            hint="用 `openssl rand -hex 32` 生成；不需要监控指标时留空。",
            id="portal.E004",
        )
    ]
