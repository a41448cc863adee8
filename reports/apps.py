from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """What was due, whether it was done, and how that reaches people."""

    name = "reports"
    verbose_name = "考核与汇总"
