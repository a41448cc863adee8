from django.apps import AppConfig


class UnitsConfig(AppConfig):
    """The units of the county, who sits in their centre groups, and who may act for them."""

    name = "units"
    verbose_name = "单位与名册"
