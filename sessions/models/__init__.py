from sessions.models.attendance import Attendance
from sessions.models.event import HANDED_IN, ReviewEvent, Status
from sessions.models.evidence import Evidence
from sessions.models.form import Form
from sessions.models.hold_request import HoldRequest
from sessions.models.ledger_import import LedgerImport
from sessions.models.outcome import Outcome
from sessions.models.personal_record import PersonalRecord
from sessions.models.plan import AnnualPlan, PlanItem
from sessions.models.report_notice import ReportNotice
from sessions.models.review import ReturnReason, ReviewComment, UnitApproval
from sessions.models.session import StudySession
from sessions.models.speech import Speech
from sessions.models.topic import Topic
from sessions.models.unit_report import UnitReport

__all__ = [
    "HANDED_IN",
    "AnnualPlan",
    "Attendance",
    "Evidence",
    "Form",
    "HoldRequest",
    "LedgerImport",
    "Outcome",
    "PersonalRecord",
    "PlanItem",
    "ReportNotice",
    "ReturnReason",
    "ReviewComment",
    "ReviewEvent",
    "Speech",
    "Status",
    "StudySession",
    "Topic",
    "UnitApproval",
    "UnitReport",
]
