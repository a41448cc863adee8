"""Who may use the API, put together from the rooms, and who may read how it is used."""

from django.utils.translation import gettext_lazy as _

from portal.trail.access import TRAIL_RULES
from reports.api.access import REPORT_API_RULES
from sessions.api.access import STUDY_API_RULES
from units.access.rules import account, as_pages
from units.api.access import UNIT_API_RULES

API_RULES = {
    **UNIT_API_RULES,
    **STUDY_API_RULES,
    **REPORT_API_RULES,
    ("api_events", "GET"): as_pages(
        _("接口：查询审计日志"), TRAIL_RULES["trail", "GET"], audit="trail.read"
    ),
    ("api_schema", "GET"): account(_("接口：下载接口定义")),
    ("api_docs", "GET"): account(_("阅读接口文档")),
}
