"""How the API answers, and how it is described."""

from typing import Any

from portal.settings.base import DATABASES
from portal.settings.environment import env

REST_FRAMEWORK = {
    # DRF views skip LoginRequiredMiddleware and allow everybody unless told otherwise.
    "DEFAULT_PERMISSION_CLASSES": ["units.access.permissions.AllowedByPolicy"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["units.rest.signing.MiddlewareAuthentication"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["units.rest.parsing.PlainJSONParser"],
    "DEFAULT_THROTTLE_CLASSES": ["units.rest.throttling.PerMinute"],
    "DEFAULT_SCHEMA_CLASS": "units.rest.schema.PortalSchema",
    "EXCEPTION_HANDLER": "units.rest.failures.handle",
    "URL_FORMAT_OVERRIDE": None,
}
API_READS_PER_MINUTE = env.int("API_READS_PER_MINUTE", default=600)
API_WRITES_PER_MINUTE = env.int("API_WRITES_PER_MINUTE", default=120)

# Counts of requests, shared by the processes of the web server. Embedded there is but one; Redis
# is not asked, because the web never waits for the broker.
CACHES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "throttle": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "throttle",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}
if DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3":
    CACHES["throttle"] |= {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "throttle_counts",
    }

SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "中心组学习管理平台接口",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["units.access.permissions.AllowedByPolicy"],
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    # In the order in which a year is kept.
    "TAGS": [
        {"name": name}
        for name in (
            *("单位与成员", "年度计划", "集中学习", "补学", "学习内容", "个人学习", "学习成果"),
            *("考核结果与报表", "邮件台账", "审计日志"),
        )
    ],
    # Names that last, for choices of fields that bear the same name.
    "ENUM_NAME_OVERRIDES": {
        "AttendanceStatus": "sessions.models.Attendance.Status",
        "EventKind": "sessions.models.ReviewEvent.Kind",
        "EvidenceKind": "sessions.models.Evidence.Kind",
        "MailKind": "reports.models.delivery.MailKind",
        "MailState": "reports.models.Delivery.State",
        "OutcomeKind": "sessions.models.Outcome.Kind",
        "PersonalRecordKind": "sessions.models.PersonalRecord.Kind",
        "PlanItemState": "sessions.models.PlanItem.State",
        "PlanStatus": "sessions.api.plan_shapes.STATUSES",
        "RollupKind": "reports.api.rollup_serializers.WORKBOOKS",
        "RollupState": "reports.models.Job.State",
        "SessionStatus": "sessions.api.session_shapes.STATUSES",
        "SpeechKind": "sessions.models.Speech.Kind",
        "TopicLevel": "sessions.models.Topic.Level",
    },
}
