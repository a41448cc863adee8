"""What the tests about mails start from: a fictional county with queued deliveries."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from django.core.mail import EmailMessage

from accounts.models import User
from reports.models import Closing, Delivery, Evaluation, MailKind, MailRun, MailSchedule
from reports.periods import Month
from reports.rules.results import Figures
from units.models import Category, Unit, UnitName

# 09:00 in Shanghai on Friday 3 July 2026, the month's third working day.
NOW = datetime(2026, 7, 3, 1, 0, tzinfo=UTC)


class Clock:
    """Stands still until moved."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **span: float) -> None:
        self.now += timedelta(**span)


def make_unit(code: str, *, parent: Unit | None = None, **values) -> Unit:
    category, _ = Category.objects.get_or_create(code="township", defaults={"name": "乡镇"})
    defaults = {
        "category": category,
        "party_body": "committee",
        "parent": parent,
        "path": f"{parent.path if parent else ''}{code}/",
        "email": f"{code.lower()}@qs.example",
    }
    unit = Unit.objects.create(code=code, **(defaults | values))
    UnitName.objects.create(unit=unit, name=f"青石县{code}单位", short_name=f"{code}单位")
    return unit


def make_county(units: int = 3, **values) -> Unit:
    """A county's propaganda department with so many units below it, QS001 and up."""
    root = make_unit("QS", has_group=False, email="xuanchuan@qs.example")
    UnitName.objects.filter(unit=root).update(name="中共青石县委宣传部", short_name="青石县")
    for number in range(1, units + 1):
        make_unit(f"QS{number:03}", parent=root, rank_order=number, **values)
    return root


def make_schedule(root: Unit, run: str = "monthly", **values) -> MailSchedule:
    defaults = {"workday": 3 if run == "monthly" else 10, "first_period": "2026-01"}
    return MailSchedule.objects.create(root=root, run=run, **(defaults | values))


def make_run(root: Unit, *, run: str = "monthly", period: str = "2026-06", **values) -> MailRun:
    defaults = {"as_of": date(2026, 6, 30), "planned_at": NOW}
    return MailRun.objects.create(root=root, run=run, period=period, **(defaults | values))


def make_deliveries(recipients: Sequence[str]) -> list[Delivery]:
    """One queued delivery to each address."""
    root = make_county(len(recipients))
    run = make_run(root)
    return Delivery.objects.bulk_create(
        Delivery(
            kind=MailKind.MONTHLY_UNIT,
            period=run.period,
            unit=unit,
            recipient=recipient,
            run=run,
            message_id=f"<2026-06-monthly-{unit.code}.x@qs.example>",
            queued_at=NOW,
        )
        for unit, recipient in zip(
            Unit.objects.with_group().order_by("code"), recipients, strict=True
        )
    )


def make_user(name: str = "admin") -> User:
    return User.objects.create_user(username=name, full_name="系统管理员")


def plain_composer(ids: Sequence[int]) -> dict[int, EmailMessage | Exception]:
    """Messages without content, for tests that are about sending."""
    return {
        row.id: EmailMessage(
            "月度提示", "正文", to=[row.recipient], headers={"Message-ID": row.message_id}
        )
        for row in Delivery.objects.filter(id__in=ids)
    }


def make_closing(root: Unit, month: str) -> Closing:
    """A closed month with an evaluation of every unit below the root."""
    as_of = Month.parse(month).last
    closing = Closing.objects.create(
        root=root, month=month, as_of=as_of, closed_at=NOW, checksum="c" * 64
    )
    for unit in Unit.objects.below(root).with_group():
        make_evaluation(unit, as_of=as_of, closing=closing)
    return closing


def make_evaluation(unit: Unit, **values) -> Evaluation:
    figures = dict.fromkeys(Figures._fields, 0)
    defaults = {"standing": "on_track", "figures": figures, "results": [], "evaluated_at": NOW}
    return Evaluation.objects.create(unit=unit, checksum="e" * 64, **(defaults | values))
