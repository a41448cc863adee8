from django.apps import AppConfig


class SessionsConfig(AppConfig):
    """What centre groups planned, studied and wrote.

    The label differs from the name because Django's own session app already holds ``sessions``.
    """

    name = "sessions"
    label = "study_sessions"
    verbose_name = "学习记录"

    def ready(self) -> None:
        from sessions.rosters import receivers  # noqa: F401, PLC0415  models are loaded first
