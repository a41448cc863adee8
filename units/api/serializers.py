"""How units and their members look from outside."""

from typing import Any

from rest_framework import serializers

from units.models import Unit


class UnitSerializer(serializers.ModelSerializer[Unit]):
    """A unit as it is named today."""

    name = serializers.CharField(read_only=True)
    short_name = serializers.CharField(read_only=True)
    category = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)
    parent = serializers.SlugRelatedField[Any](  # type: ignore[assignment]  # a field of the unit
        slug_field="code", read_only=True, allow_null=True
    )
    successor = serializers.SlugRelatedField[Any](
        slug_field="code", read_only=True, allow_null=True
    )

    class Meta:
        model = Unit
        fields = (
            "id",
            "code",
            "name",
            "short_name",
            "category",
            "party_body",
            "parent",
            "rank_order",
            "has_group",
            "established_on",
            "abolished_on",
            "successor",
        )
        read_only_fields = fields
