from reports.models.archive_copy import ArchiveCopy
from reports.models.assessment_result import AssessmentPublication, AssessmentResult
from reports.models.assessment_scheme import AssessmentItem, AssessmentScheme, AssessmentSettings
from reports.models.assessment_sheet import AssessmentEvent, AssessmentScore, AssessmentSheet
from reports.models.calendar import CalendarDay, CalendarYear
from reports.models.circular import (
    Circular,
    CircularEvent,
    CircularExplanation,
    CircularPaper,
    CircularPassage,
)
from reports.models.clock_reading import ClockReading
from reports.models.closing import ClosedUnit, Closing, Reopening
from reports.models.delivery import Delivery, MailKind, MailRun, MailSchedule
from reports.models.evaluation import Evaluation
from reports.models.facts import PersonYear, UnitMonth
from reports.models.finding import Finding, FindingEvent
from reports.models.hint import Hint, HintSearch, HintSide, TextPrint
from reports.models.job import Job
from reports.models.job_chunk import JobChunk
from reports.models.month_preview import MonthPreview
from reports.models.reminder import Reminder
from reports.models.rule_set import Rule, RuleSet
from reports.models.sit_in import SitIn, SitInEvent, SitInFeedback, SitInTerms
from reports.models.standing import UnitChange, UnitStanding
from reports.models.waiver import Waiver
from reports.models.year_turn import ArchiveSeal, TurnCheck

__all__ = [
    "ArchiveCopy",
    "ArchiveSeal",
    "AssessmentEvent",
    "AssessmentItem",
    "AssessmentPublication",
    "AssessmentResult",
    "AssessmentScheme",
    "AssessmentScore",
    "AssessmentSettings",
    "AssessmentSheet",
    "CalendarDay",
    "CalendarYear",
    "Circular",
    "CircularEvent",
    "CircularExplanation",
    "CircularPaper",
    "CircularPassage",
    "ClockReading",
    "ClosedUnit",
    "Closing",
    "Delivery",
    "Evaluation",
    "Finding",
    "FindingEvent",
    "Hint",
    "HintSearch",
    "HintSide",
    "Job",
    "JobChunk",
    "MailKind",
    "MailRun",
    "MailSchedule",
    "MonthPreview",
    "PersonYear",
    "Reminder",
    "Reopening",
    "Rule",
    "RuleSet",
    "SitIn",
    "SitInEvent",
    "SitInFeedback",
    "SitInTerms",
    "TextPrint",
    "TurnCheck",
    "UnitChange",
    "UnitMonth",
    "UnitStanding",
    "Waiver",
]
