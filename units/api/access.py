"""Who may use this room's part of the API: whoever may do the same on its pages."""

from django.utils.translation import gettext_lazy as _

from units.access.routes import UNIT_RULES
from units.access.rules import as_pages

_UNITS = UNIT_RULES["unit_list", "GET"], UNIT_RULES["unit_detail", "GET"]

UNIT_API_RULES = {
    ("api_units", "GET"): as_pages(_("接口：查询单位"), *_UNITS),
    ("api_unit", "GET"): as_pages(_("接口：查看一个单位"), *_UNITS),
}
