"""The services a portal stands on: database, broker, mail; and the county's clock."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004  Django's
from kombu import Connection

from portal.redis_policy import SAFE_POLICY, eviction_policy

SQLITE = "django.db.backends.sqlite3"
CHINA = "Asia/Shanghai"


@register(Tags.security)
def database_is_for_many(**_: Any) -> list[CheckMessage]:
    if not settings.PRODUCTION or settings.DATABASES["default"]["ENGINE"] != SQLITE:
        return []
    return [
        Warning(
            "生产环境用的是 SQLite：只适合一个县、一台机器、一个后台进程，不能分机部署。",
            hint="设置 DATABASE_URL=postgres://用户:密码@主机:5432/库名；确实只有一台机器时可以不理会。",
            id="portal.W040",
        )
    ]


@register(Tags.security)
def broker_is_for_many(**_: Any) -> list[CheckMessage]:
    if not settings.PRODUCTION or settings.REDIS_URL:
        return []
    return [
        Warning(
            "没有设置 REDIS_URL：任务排队用文件夹，只能有一个后台进程，与网页在同一台机器上。",
            hint="设置 REDIS_URL=redis://:密码@主机:6379/0；确实只有一台机器时可以不理会。",
            id="portal.W041",
        )
    ]


@register(Tags.security)
def broker_is_closed_to_others(**_: Any) -> list[CheckMessage]:
    if not settings.PRODUCTION or not settings.REDIS_URL:
        return []
    parts = urlsplit(settings.REDIS_URL)
    if parts.scheme not in ("redis", "rediss", "redis+socket"):
        words = "REDIS_URL 不是 Redis 的地址。"
        return [Error(words, hint="例如 redis://:密码@主机:6379/0。", id="portal.E048")]
    if parts.scheme != "redis+socket" and not parts.password:
        words = "Redis 没有密码：连得上它的程序都可以伪造或删除排队的任务。"
        hint = "在 redis.conf 中设 requirepass，并写进 REDIS_URL=redis://:密码@主机:6379/0。"
        return [Warning(words, hint=hint, id="portal.W049")]
    return []


@register(Tags.security, deploy=True)
def broker_keeps_what_it_has(**_: Any) -> list[CheckMessage]:
    """Asks Redis, so only when somebody asks for it; workers ask again as they start."""
    if not settings.REDIS_URL:
        return []
    options = {"socket_timeout": 2, "socket_connect_timeout": 2}
    with Connection(settings.REDIS_URL, transport_options=options) as connection:
        policy = eviction_policy(connection)
    if policy is None:
        words = "问不到 Redis 的 maxmemory-policy：连不上，或它不许查询。"
        hint = "检查 REDIS_URL 和 Redis 是否在运行；并确认 redis.conf 中是 noeviction。"
        return [Warning(words, hint=hint, id="portal.W042")]
    if policy != SAFE_POLICY:
        words = f"Redis 的 maxmemory-policy 是 {policy}：内存用满时会整列丢弃排队的任务。"
        return [Error(words, hint="在 redis.conf 中设为 noeviction。", id="portal.E043")]
    return []


@register(Tags.security)
def mail_leaves_the_house(**_: Any) -> list[CheckMessage]:
    if not settings.PRODUCTION:
        return []
    if settings.EMAIL_BACKEND != "django.core.mail.backends.smtp.EmailBackend":
        return [
            Warning(
                "邮件只写成文件，不会发出。",
                hint="设置 EMAIL_URL=smtp+tls://用户:密码@主机:587。",
                id="portal.W044",
            )
        ]
    found: list[CheckMessage] = []
    encrypted = settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL
    if settings.EMAIL_HOST_USER and not encrypted and settings.EMAIL_HOST not in _HERE:
        words = "邮箱密码以明文传送：EMAIL_URL 没有启用加密。"
        hint = "改用 smtp+tls:// 或 smtp+ssl://。"
        found.append(Warning(words, hint=hint, id="portal.W045"))
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        words = "没有设置 DEFAULT_FROM_EMAIL：多数邮件服务器会拒收。"
        hint = "填发件邮箱，例如 DEFAULT_FROM_EMAIL=xuexi@example.gov.cn。"
        found.append(Warning(words, hint=hint, id="portal.W046"))
    return found


_HERE = frozenset({"127.0.0.1", "localhost", "::1"})


@register(Tags.security)
def clock_is_chinas(**_: Any) -> list[CheckMessage]:
    if settings.TIME_ZONE == CHINA:
        return []
    return [
        Warning(
            f"TIME_ZONE 是 {settings.TIME_ZONE}，期限和邮件会按那里的时间计算。",
            hint=f"设置 TIME_ZONE={CHINA}（默认值）。",
            id="portal.W047",
        )
    ]
