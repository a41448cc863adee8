"""Changes of a notice that asks for reports. Each is one transaction."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.models import User
from sessions.history import StaleVersionError
from sessions.models import ReportNotice
from units.models import Category, Unit


@dataclass(frozen=True, slots=True)
class NoticeContent:
    """What a notice says."""

    title: str
    year: int
    kind: str
    due: date
    requirements: str = ""


def facts(notice: ReportNotice) -> dict[str, Any]:
    """What the audit trail says of a notice."""
    return {
        "title": notice.title,
        "year": notice.year,
        "kind": notice.kind,
        "due": notice.due,
        "requirements": notice.requirements,
        "categories": sorted(notice.categories.values_list("code", flat=True)),
    }


def issue_notice(
    *,
    root: Unit,
    content: NoticeContent,
    categories: Iterable[Category],
    at: datetime,
    by: User,
) -> tuple[ReportNotice, bool]:
    """The county's notice of the year and kind, and whether it is new: one stands already after a
    second click, or where somebody else was quicker.
    """
    try:
        with transaction.atomic():
            notice = ReportNotice.objects.create(
                root=root, issued_at=at, issued_by=by, **asdict(content)
            )
            notice.categories.set(categories)
    except IntegrityError:
        same = {"root": root, "year": content.year, "kind": content.kind}
        return ReportNotice.objects.standing().get(**same), False
    return notice, True


def change_notice(
    *,
    notice: ReportNotice,
    version: int,
    content: NoticeContent,
    categories: Iterable[Category],
) -> None:
    """Writes what a standing notice says; year and kind stay what they were.

    Raises StaleVersionError, and writes nothing, if somebody changed or withdrew it since.
    """
    with transaction.atomic():
        written = ReportNotice.objects.filter(
            pk=notice.pk, version=version, withdrawn_at=None
        ).update(
            title=content.title,
            due=content.due,
            requirements=content.requirements,
            version=F("version") + 1,
        )
        if written != 1:
            raise StaleVersionError
        notice.refresh_from_db()
        notice.categories.set(categories)


def withdraw_notice(*, notice: ReportNotice, at: datetime) -> bool:
    """Takes a notice back; False if that was done before."""
    standing = ReportNotice.objects.filter(pk=notice.pk, withdrawn_at=None)
    return standing.update(withdrawn_at=at, version=F("version") + 1) == 1
