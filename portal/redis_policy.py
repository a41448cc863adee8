"""Refuse to work from a Redis that may throw queued calls away."""

import logging
from typing import Any

from celery import bootsteps
from django.utils.translation import gettext as _
from kombu import Connection
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

SAFE_POLICY = "noeviction"


def eviction_policy(connection: Connection) -> str | None:
    """What the broker does when its memory is full; None if it cannot be asked just now."""
    try:
        connection.ensure_connection(max_retries=1)
        channel: Any = connection.default_channel
        return str(channel.client.config_get("maxmemory-policy")["maxmemory-policy"])
    except (KombuError, RedisError, KeyError, OSError) as error:
        logger.warning("cannot ask Redis for its maxmemory-policy: %s", error)
        return None


class RequireNoEviction(bootsteps.Step):
    """Stop a worker's start-up when Redis would evict: a whole queue is one key and goes at once.

    A Redis that is away or forbids the question stops nothing.
    """

    label = "Redis policy"

    def include_if(self, parent: Any) -> bool:
        return str(parent.app.conf.broker_url).startswith("redis")

    def create(self, parent: Any) -> None:
        with parent.app.connection_for_read() as connection:
            policy = eviction_policy(connection)
        if policy not in (None, SAFE_POLICY):
            raise SystemExit(
                _(
                    "Redis 的 maxmemory-policy 是 %(policy)s：内存用满时会整列丢弃排队的任务。"
                    "请在 redis.conf 中设为 noeviction 并重启 Redis，再启动后台进程。"
                )
                % {"policy": policy}
            )
