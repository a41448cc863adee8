"""Who may use the API, put together from the rooms, and who may read how it is used."""

from django.utils.translation import gettext_lazy as _

from reports.api.access import REPORT_API_RULES
from units.access.rules import account
from units.api.access import UNIT_API_RULES

API_RULES = {
    **UNIT_API_RULES,
    **REPORT_API_RULES,
    ("api_schema", "GET"): account(_("接口：下载接口定义")),
    ("api_docs", "GET"): account(_("阅读接口文档")),
}
