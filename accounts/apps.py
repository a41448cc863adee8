from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who signs in, and the trail of what everybody did."""

    name = "accounts"
    verbose_name = "账号与审计"

    def ready(self) -> None:
        from accounts import checks, receivers  # noqa: F401, PLC0415  models must be loaded first
