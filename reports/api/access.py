"""Who may use this room's part of the API: whoever may do the same on its pages."""

from django.utils.translation import gettext_lazy as _

from reports.access import REPORT_RULES
from units.access.rules import as_pages

_YEAR = REPORT_RULES["unit_compliance", "GET"], REPORT_RULES["overview", "GET"]
_JOBS = REPORT_RULES["export_list", "GET"]
_MAILS = REPORT_RULES["mail_run", "GET"], REPORT_RULES["mail_detail", "GET"]
_LEDGER = REPORT_RULES["unit_ledger_workbook", "GET"]

REPORT_API_RULES = {
    ("api_evaluations", "GET"): as_pages(_("接口：查询各单位考核结果"), *_YEAR),
    ("api_evaluation", "GET"): as_pages(_("接口：查看一个单位的考核结果"), *_YEAR),
    ("api_rollups", "GET"): as_pages(_("接口：查询报表任务"), _JOBS),
    ("api_rollups", "POST"): as_pages(
        _("接口：申请生成报表"), REPORT_RULES["export_ask", "POST"], audit="export.ask"
    ),
    ("api_rollup", "GET"): as_pages(
        _("接口：查看一项报表任务"), REPORT_RULES["export_progress", "GET"]
    ),
    ("api_rollup", "DELETE"): as_pages(
        _("接口：取消本人申请的报表"), REPORT_RULES["export_cancel", "POST"], audit="job_cancel"
    ),
    ("api_rollup_file", "GET"): as_pages(
        _("接口：下载本人申请的报表"), REPORT_RULES["export_file", "GET"], audit="export.download"
    ),
    ("api_deliveries", "GET"): as_pages(_("接口：查询邮件台账"), *_MAILS),
    ("api_delivery", "GET"): as_pages(_("接口：查看一封邮件的状态"), *_MAILS),
    ("api_ledger_csv", "GET"): as_pages(
        _("接口：导出学习台账（CSV）"), _LEDGER, audit="export.ledger"
    ),
    ("api_ledger_xlsx", "GET"): as_pages(
        _("接口：导出学习台账（工作簿）"), _LEDGER, audit="export.ledger"
    ),
}
