"""How units look from outside."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from units.models import Unit, UnitName


class UnitNameSerializer(serializers.ModelSerializer[UnitName]):
    """What a unit is called from a day on; 1900-01-01 stands for always."""

    class Meta:
        model = UnitName
        fields = ("name", "short_name", "valid_from")
        read_only_fields = fields


class UnitSerializer(serializers.ModelSerializer[Unit]):
    """A unit as it is named today, with all its names."""

    name = serializers.CharField(read_only=True)
    short_name = serializers.CharField(read_only=True)
    names = UnitNameSerializer(many=True, read_only=True)
    email = serializers.CharField(  # which may be empty, so no address every time
        read_only=True, help_text=_("接收邮箱；没有登记的为空。")
    )
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
            "names",
            "category",
            "party_body",
            "parent",
            "rank_order",
            "has_group",
            "email",
            "established_on",
            "abolished_on",
            "successor",
        )
        read_only_fields = fields
