"""The order of the rooms holds in the database as it does in the imports."""

from django.apps import apps
from django.db import models

ROOMS = ["accounts", "units", "study_sessions", "reports", "portal"]
# Django's own tables stand below all of ours.
BELOW = {"auth", "contenttypes"}


def foreign_keys() -> list[tuple[str, str, str]]:
    return [
        (
            model._meta.app_label,
            field.related_model._meta.app_label,
            f"{model.__name__}.{field.name}",
        )
        for room in ROOMS
        for model in apps.get_app_config(room).get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
    ]


def test_foreign_keys_point_downwards():
    upward = [
        name
        for here, there, name in foreign_keys()
        if there not in BELOW and ROOMS.index(there) > ROOMS.index(here)
    ]
    assert foreign_keys()
    assert upward == []


def test_constraint_and_index_names_fit_every_database():
    names = [
        named.name
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
        for named in [*model._meta.constraints, *model._meta.indexes]
    ]
    assert names
    assert [name for name in names if len(name) > 30] == []
