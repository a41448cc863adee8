from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The assembled site: settings, addresses, background runner, sample county."""

    name = "portal"
    verbose_name = "学习管理平台"
