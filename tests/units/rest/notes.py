"""A resource as plain as can be, to try what all of them do alike: opinions in the feedback box."""

from django.db import transaction
from django.urls import path
from rest_framework import serializers

from portal.models import Feedback
from portal.urls import urlpatterns as declared_urls
from units.access.roles import Role
from units.access.rules import Rule, own_items
from units.rest.inputs import Input
from units.rest.refusals import WrongStateError
from units.rest.replaying import once
from units.rest.resources import Resource


class NoteSerializer(serializers.ModelSerializer[Feedback]):
    class Meta:
        model = Feedback
        fields = ("id", "text")


class NoteInput(Input):
    text = serializers.CharField(max_length=20)


class NoteResource(Resource[Feedback]):
    queryset = Feedback.objects.order_by("pk")
    serializer_class = NoteSerializer

    @once
    def create(self, request):
        acting = self.portal.access
        values = self.sent(NoteInput)
        note = Feedback.objects.create(
            author=acting.user, unit=acting.acting.unit, written_at="2026-11-02T09:00Z", **values
        )
        if values["text"] == "refuse":
            raise WrongStateError("写好之后又不行了。")
        if values["text"] == "fail":
            raise RuntimeError
        return self.answer(note, 201)

    @transaction.atomic
    def partial_update(self, request, pk):
        note = self.found_unchanged(pk=pk)
        note.text = self.sent(NoteInput)["text"]
        note.save()
        return self.answer(note)


PEOPLE = own_items(Role.CLERK)
RULES = {
    ("notes", "GET"): Rule("读", PEOPLE),
    ("notes", "POST"): Rule("写", PEOPLE),
    ("note", "GET"): Rule("读", PEOPLE),
    ("note", "PATCH"): Rule("改", PEOPLE),
}
urlpatterns = [
    *declared_urls,
    path("api/v1/notes", NoteResource.as_view({"get": "list", "post": "create"}), name="notes"),
    path(
        "api/v1/notes/<int:pk>",
        NoteResource.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="note",
    ),
]
