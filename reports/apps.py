from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """What was due, whether it was done, and how that reaches people."""

    name = "reports"
    verbose_name = "考核与汇总"

    def ready(self) -> None:
        from reports import (  # noqa: PLC0415  models are loaded first
            makeup_terms,  # noqa: F401
            receivers,  # noqa: F401
            review_terms,  # noqa: F401
            session_terms,  # noqa: F401
        )
        from reports.closings import late  # noqa: F401, PLC0415
        from reports.standings import receivers as standing_receivers  # noqa: F401, PLC0415
