"""What comes in: declared fields and nothing else."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from rest_framework import serializers
from rest_framework.fields import empty

LARGEST_ID = 2**63 - 1
"""More no column of ids holds; a database that is asked for more answers with an error."""


class Input(serializers.Serializer[Any]):
    """A body. A field that is not declared is refused, never passed over in silence."""

    default_error_messages: ClassVar[Any] = {"invalid": _lazy("这里应是一个 JSON 对象。")}

    def run_validation(self, data: Any = empty) -> Any:
        """A body that is ``null`` is refused like any other that is no object."""
        if data is None and self.parent is None:
            return self.to_internal_value(data)
        return super().run_validation(data)

    def to_internal_value(self, data: Any) -> Any:
        unknown = set(data) - set(self.fields) if isinstance(data, Mapping) else set()
        if unknown:
            raise serializers.ValidationError(
                {name: [_("没有这个栏目，请核对名称。")] for name in sorted(unknown, key=str)}
            )
        return super().to_internal_value(data)


class Nothing(Input):
    """The body of an action that needs none: empty, or ``{}``."""
