from django.apps import AppConfig


class UnitsConfig(AppConfig):
    """The units of the county, who sits in their centre groups, and who may act for them."""

    name = "units"
    verbose_name = "单位与名册"

    def ready(self) -> None:
        from units.tokens import receivers  # noqa: F401, PLC0415  models must be loaded first
