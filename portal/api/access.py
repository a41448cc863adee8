"""Who may use the API, put together from the rooms, and who may read how it is used."""

from django.utils.translation import gettext_lazy as _

from units.access.rules import account
from units.api.access import UNIT_API_RULES

API_RULES = {
    **UNIT_API_RULES,
    ("api_schema", "GET"): account(_("接口：下载接口定义")),
}
