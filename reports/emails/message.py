"""Finished values → a message of text and HTML, with the row's own Message-ID."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy

from reports.models import Delivery, MailKind
from reports.periods import Month

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_TEMPLATES = {
    MailKind.MONTHLY_UNIT: "monthly_unit",
    MailKind.MONTHLY_DEPARTMENT: "monthly_department",
    MailKind.REMINDER: "reminder",
}
_SUBJECTS = {
    MailKind.MONTHLY_UNIT: gettext_lazy("{month}理论学习中心组学习情况提示"),
    MailKind.MONTHLY_DEPARTMENT: gettext_lazy("{month}理论学习中心组学习情况汇总"),
    MailKind.REMINDER: gettext_lazy("{month}理论学习中心组学习事项提醒"),
}


@dataclass(frozen=True)
class Attachment:
    """A file to go with a mail; its Chinese name is written as RFC 2231 asks."""

    name: str
    content: bytes


def subject_of(delivery: Delivery) -> str:
    """The subject: the month and what it is about, never a name, of a person or a unit."""
    label = Month.parse(delivery.period).label
    return str(_SUBJECTS[MailKind(delivery.kind)]).format(month=label)


def build(
    delivery: Delivery, values: Mapping[str, Any], attachment: Attachment | None = None
) -> EmailMultiAlternatives:
    """The message to the delivery's one recipient. `values` are the template's, finished.

    Raises ValueError for a header with a line break, and whatever a broken template raises.
    """
    run = delivery.run
    subject = subject_of(delivery)
    as_of = f"{run.as_of.year}年{run.as_of.month}月{run.as_of.day}日"
    context = {
        "subject": subject,
        "heading": subject,
        "as_of": as_of,
        "late": run.late,
        "closed": run.closing_id is not None,
        "site_url": settings.SITE_URL,
        **values,
    }
    template = f"reports/mail/{_TEMPLATES[MailKind(delivery.kind)]}"
    message = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"{template}.txt", context),
        to=[delivery.recipient],
        headers={"Message-ID": delivery.message_id, "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string(f"{template}.html", context), "text/html")
    if attachment is not None:
        message.attach(attachment.name, attachment.content, XLSX)
    return message
