"""JSON that came in, refused with a sentence where it cannot be what a database stores."""

import json
from collections.abc import Mapping
from io import BytesIO
from typing import IO, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class PlainJSONParser(JSONParser):
    """JSON of ordinary depth and text."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Raises ParseError for anything else; half a surrogate pair is no text. RequestDataTooBig
        for more than Django takes of any form.
        """
        try:
            whole = BytesIO(stream.body) if isinstance(stream, HttpRequest) else stream
            parsed = super().parse(whole, media_type, parser_context)
            json.dumps(parsed, ensure_ascii=False).encode()
        except RecursionError as error:
            raise ParseError(_("JSON 嵌套过深。")) from error
        except UnicodeEncodeError as error:
            raise ParseError(_("JSON 中有不完整的字符。")) from error
        except ParseError as error:
            raise ParseError(_told(error.__context__)) from error
        return parsed


def _told(cause: BaseException | None) -> str:
    if isinstance(cause, json.JSONDecodeError):
        said = {"line": cause.lineno, "column": cause.colno}
        return _("不是有效的 JSON：第 %(line)s 行第 %(column)s 个字符处有误。") % said
    if isinstance(cause, UnicodeDecodeError):
        return _("JSON 须用 UTF-8 编码。")
    return _("不是有效的 JSON：只能有对象、列表、文字、普通的数、true、false 和 null。")
