from django.apps import AppConfig

from portal.celery import app as celery_app

__all__ = ["PortalConfig", "celery_app"]  # shared tasks need their application in every process


class PortalConfig(AppConfig):
    """The assembled site: settings, addresses, background runner, sample county."""

    name = "portal"
    verbose_name = "学习管理平台"

    def ready(self) -> None:
        from portal.checks import (  # noqa: F401, PLC0415  settings must be loaded first
            addresses,
            figures,
            keeping,
            secrets,
            services,
        )
        from portal.operation.heartbeats import follow_tasks  # noqa: PLC0415  it has a model

        follow_tasks()
