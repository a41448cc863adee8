"""Personal records and outcomes: listed, read, entered, changed, deleted, all without review."""

from collections.abc import Mapping
from typing import Any, ClassVar, Generic, TypeVar

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.trail import record_for
from sessions.api.references import References
from sessions.entries import services
from sessions.entries.books import Book
from sessions.entries.forms import EntryForm
from sessions.entries.services import Entry, EntryError, StaleEntryError, unit_of
from sessions.models import StudySession
from units.models import Unit
from units.rest.inputs import Input
from units.rest.judged import require_valid
from units.rest.refusals import StaleError
from units.rest.resources import Resource

Row = TypeVar("Row", bound=Entry)
NAMES = {"person": "member"}


class EntryResource(Resource[Row], Generic[Row]):
    """What both books do alike. ``route`` is the address of one entry."""

    book: ClassVar[Book]
    route: ClassVar[str]
    changes: ClassVar[type[Input]]

    def found_unchanged(self, **lookup: Any) -> Row:
        """The unit is locked before its entry, as the services do."""
        Unit.objects.select_for_update().get(pk=unit_of(self.found(**lookup)))
        return super().found_unchanged(**lookup)

    def partial_update(self, request: Request, pk: int) -> Response:
        sent = self.sent(self.changes)
        with transaction.atomic():
            entry = self.found_unchanged(pk=pk)
            self._changed(entry, self.form(sent, entry, Unit.objects.get(pk=unit_of(entry))))
        return self.answer(self.found(pk=pk))

    def destroy(self, request: Request, pk: int) -> Response:
        with transaction.atomic():
            entry = self.found_unchanged(pk=pk)
            action = f"{self.book.key}.delete"
            record_for(self.portal, action=action, about=entry, before=services.facts(entry))
            services.delete_entry(entry=entry)
        return Response(status=204)

    def added(self, form: EntryForm) -> Response:
        """The new entry; the one there is (200) if the same was entered before."""
        if not form.repeats:
            require_valid(form, NAMES)
        entry, is_new = services.add_entry(entry=form.instance)
        if is_new:
            action = f"{self.book.key}.add"
            record_for(self.portal, action=action, about=entry, after=services.facts(entry))
        response = self.answer(self.found(pk=entry.pk), 201 if is_new else 200)
        response["Location"] = reverse(self.route, kwargs={"pk": entry.pk})
        return response

    def form(self, sent: Mapping[str, Any], entry: Entry, unit: Unit) -> EntryForm:
        """The page's form over what is stored and what came in. Raises AbsentError."""
        references = References(self.portal)
        if sent.get("session") is not None:
            references.find(StudySession.objects.all(), {"session": sent["session"]})
        named = self.named(sent, references)
        references.refuse_absent()
        stored = {name.removesuffix("_id"): said for name, said in services.facts(entry).items()}
        data = stored | {name: sent[name] for name in stored.keys() & sent.keys()} | named
        return self.book.form(data, instance=entry, unit=unit, today=timezone.localdate())

    def named(self, sent: Mapping[str, Any], references: References) -> dict[str, Any]:
        """Whom a body names, by the names of the form."""
        return {}

    def _changed(self, entry: Row, form: EntryForm) -> None:
        opened = services.seal(self.rows().get(pk=entry.pk))
        require_valid(form, NAMES)
        changed: Entry = form.save(commit=False)
        try:
            before = services.change_entry(entry=changed, opened=opened)
        except EntryError as error:
            raise ValidationError({"": [ErrorDetail(str(error), code="invalid")]}) from error
        except StaleEntryError as stale:
            raise StaleError from stale
        after, action = services.facts(changed), f"{self.book.key}.edit"
        record_for(self.portal, action=action, about=changed, before=before, after=after)
