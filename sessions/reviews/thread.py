"""Words between the unit and the department about one thing. None of them changes a state."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from sessions.models import ReviewComment, Status
from sessions.reviews.papers import PLAN, SESSION, paper_of, title_of
from sessions.screening import marked_fields
from sessions.services import Reviewed
from units.access.requests import Access
from units.access.roles import UNIT_ROLES, Role
from units.models import Assignment

WRITERS = frozenset({Role.CLERK, Role.APPROVER, Role.AUDITOR})
READERS = WRITERS | {Role.DEPARTMENT_ADMIN}
SHOWN_UNREAD = 20
SECOND_CLICK = timedelta(minutes=1)


class CommentForm(forms.Form):
    text = forms.CharField(
        label=_("留言"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("单位和宣传部都能看到，发出后不能更改；不影响办理状态。"),
        error_messages={"required": _("请写下留言的内容。")},
    )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        for name, sentence in marked_fields({"text": values.get("text", "")}).items():
            self.add_error(name, sentence)
        return values


@dataclass(frozen=True, slots=True)
class Thread:
    """``form`` is None for whoever only reads; ``back`` is the page the thread stands on."""

    comments: list[ReviewComment]
    form: CommentForm | None
    address: str
    read_address: str
    back: str
    has_unread: bool


def thread_of(
    about: Reviewed, access: Access, back: str, comments: list[ReviewComment] | None = None
) -> Thread | None:
    """The thread as the acting role sees it; None for who may not. One query, or none where the
    comments were read already.
    """
    role = Role(access.acting.role)
    if role not in READERS or about.status == Status.DRAFT:
        return None
    if comments is None:
        comments = list(about.comments.select_related("by").order_by("id"))
    may_write = role in WRITERS
    in_unit = role in UNIT_ROLES
    keys = {"paper": paper_of(about), "pk": about.pk}
    return Thread(
        comments=comments,
        form=CommentForm() if may_write else None,
        address=reverse("review_comment", kwargs=keys),
        read_address=reverse("review_comments_read", kwargs=keys),
        back=back,
        has_unread=may_write
        and any(each.read_at is None and each.in_unit != in_unit for each in comments),
    )


def add_comment(
    *, about: Reviewed, text: str, by: User, at: datetime, in_unit: bool
) -> tuple[ReviewComment, bool]:
    """Adds a word of one side; whoever answers has read what the other side wrote.

    A second click, with the same words by the same person within a minute, finds the first one's.
    Returns the comment, and whether it is new.
    """
    with transaction.atomic():
        type(about)._default_manager.select_for_update().get(pk=about.pk)
        latest = about.comments.order_by("-id").first()
        same = latest is not None and (latest.text, latest.by_id) == (text, by.pk)
        if latest is not None and same and at - latest.at < SECOND_CLICK:
            return latest, False
        mark_read(about=about, at=at, in_unit=in_unit)
        written = ReviewComment.objects.create(
            **{paper_of(about): about}, text=text, by=by, at=at, in_unit=in_unit
        )
    return written, True


def mark_read(*, about: Reviewed, at: datetime, in_unit: bool) -> int:
    """Notes that one side has read all the other wrote so far; how many comments that were."""
    unread = about.comments.filter(read_at__isnull=True, in_unit=not in_unit)
    return unread.update(read_at=at)


@dataclass(frozen=True, slots=True)
class Unread:
    """A thing with words the other side wrote since."""

    title: str
    text: str
    address: str


def unread_for(assignment: Assignment) -> list[Unread]:
    """What the acting side has not read yet, a line a thing, the latest first. One query."""
    if Role(assignment.role) not in WRITERS:
        return []
    in_unit = assignment.role in UNIT_ROLES
    rows = ReviewComment.objects.visible_to(assignment).filter(
        read_at__isnull=True, in_unit=not in_unit
    )
    rows = rows.select_related("session", "plan", "report").order_by("-id")
    found: dict[tuple[str, int], Unread] = {}
    for row in rows[: SHOWN_UNREAD * 3]:
        about: Reviewed | None = row.session or row.plan or row.report
        if about is not None:
            key = (paper_of(about), about.pk)
            found.setdefault(key, Unread(title_of(about), row.text, _address(about, in_unit)))
    return list(found.values())[:SHOWN_UNREAD]


def _address(about: Reviewed, in_unit: bool) -> str:
    """The unit's own page of the thing, or the department's."""
    paper = paper_of(about)
    if not in_unit:
        return reverse("review_item", kwargs={"paper": paper, "pk": about.pk}) + "#thread"
    pages = {SESSION: "session_detail", PLAN: "plan_detail"}
    return reverse(pages.get(paper, "unit_report_detail"), args=[about.pk]) + "#thread"
