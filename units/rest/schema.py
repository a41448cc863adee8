"""How the published schema describes an operation: in the words of the access policy."""

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.urls import resolve
from django.utils.module_loading import import_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from units.access.rules import Audience, Rule
from units.rest.problems import CODES, CONTENT_TYPE, TITLES
from units.rest.replaying import HEADER

ALWAYS = (400, 401, 403, 404, 406, 429, 503)
WRITING = (409, 413, 415, 422)
GUARDED = (412, 428)
_PARAMETER = re.compile(r"{[^}]+}")


class ErrorSerializer(serializers.Serializer[Any]):
    field = serializers.CharField(help_text=_("栏目，如 attendance.0.member；与整体有关的为空。"))
    code = serializers.CharField(help_text=_("稳定的代码，供程序判断。"))
    message = serializers.CharField(help_text=_("给人看的一句话：哪里不对，怎么办。"))


class ProblemSerializer(serializers.Serializer[Any]):
    type = serializers.CharField(help_text=_("稳定的代码，以 urn:problem: 开头。"))
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text=_("给人看的一句话。"))
    errors = ErrorSerializer(many=True)  # type: ignore[assignment]  # a field of the shape
    confirm = serializers.CharField(
        required=False,
        help_text=_("须先核对 errors 所列后果的才有：同意的，把它作为 confirmed 再发一次。"),
    )


class SigningScheme(OpenApiAuthenticationExtension):  # registers itself
    """Both ways in, by the names under which operations refer to them."""

    target_class = "units.rest.signing.MiddlewareAuthentication"
    name = ["token", "session"]  # noqa: RUF012  as the parent declares it

    def get_security_definition(self, auto_schema: AutoSchema) -> list[dict[str, Any]]:
        told = gettext("在“我的接口令牌”中生成。请求头：Authorization: Token 令牌")
        return [
            {"type": "apiKey", "in": "header", "name": "Authorization", "description": told},
            {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME},
        ]


class PortalSchema(AutoSchema):
    """One operation: its name and summary from the policy, its refusals, the headers it takes."""

    def get_operation(self, *args: Any, **kwargs: Any) -> Any:
        operation = super().get_operation(*args, **kwargs)
        if operation is not None:
            problem = self.resolve_serializer(ProblemSerializer, "response").ref
            for status in self._refusals():
                operation["responses"].setdefault(
                    str(status),
                    {
                        "description": str(TITLES[CODES[HTTPStatus(status)]]),
                        "content": {CONTENT_TYPE: {"schema": problem}},
                    },
                )
        return operation

    def get_operation_id(self) -> str:
        return f"{self._route.removeprefix('api_')}_{self.method.lower()}"

    def get_summary(self) -> str:
        return str(self._rule.title).removeprefix(gettext("接口："))

    def get_description(self) -> str:  # type: ignore[override]  # as the parent has it
        notes = getattr(self.view, "notes", {})
        told = [str(notes.get(getattr(self.view, "action", ""), ""))]
        if self._rule.audience is Audience.ROLES:
            roles = "、".join(sorted(str(role.label) for role in self._rule.grants))
            told.append(gettext("可办理的角色：%s。") % roles)
        return "\n\n".join(each for each in told if each)

    def get_tags(self) -> list[str]:
        return [str(getattr(self.view, "tag", "") or gettext("其他"))]

    def get_override_parameters(self) -> list[Any]:
        return [*super().get_override_parameters(), *self._headers()]

    @property
    def _route(self) -> str:
        return resolve(_PARAMETER.sub("1", self.path)).view_name

    @property
    def _rule(self) -> Rule:
        rule: Rule = import_string(settings.ACCESS_POLICY)[self._route, self.method]
        return rule

    @property
    def _is_guarded(self) -> bool:
        return getattr(self.view, "action", "") in getattr(self.view, "guarded", ())

    def _refusals(self) -> Iterator[int]:
        yield from ALWAYS
        if self.method != "GET":
            yield from WRITING
        if self._is_guarded:
            yield from GUARDED

    def _headers(self) -> Iterator[OpenApiParameter]:
        if self._is_guarded:
            yield _header(
                "If-Match", gettext("读取时得到的 ETag。缺少时 428，已过时 412。"), is_required=True
            )
        if self.method == "POST":
            told = gettext("由调用方生成，重发同一请求时不变：只办理一次，答复相同。")
            yield _header(HEADER, told, is_required=False)


def _header(name: str, told: str, *, is_required: bool) -> OpenApiParameter:
    return OpenApiParameter(
        name, str, location=OpenApiParameter.HEADER, required=is_required, description=told
    )
