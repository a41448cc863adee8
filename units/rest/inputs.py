"""What comes in: declared fields and nothing else."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers


class Input(serializers.Serializer[Any]):
    """A body. A field that is not declared is refused, never passed over in silence."""

    def to_internal_value(self, data: Any) -> Any:
        unknown = set(data) - set(self.fields) if isinstance(data, Mapping) else set()
        if unknown:
            raise serializers.ValidationError(
                {name: [_("没有这个栏目，请核对名称。")] for name in sorted(unknown, key=str)}
            )
        return super().to_internal_value(data)


class Nothing(Input):
    """The body of an action that needs none: empty, or ``{}``."""
