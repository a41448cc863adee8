"""Write the published description of the API, or check that it is up to date."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import override
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.validation import validate_schema


class Command(BaseCommand):
    help = "写出接口定义 docs/api/openapi.yaml（OpenAPI 3.1）；--check 只核对是否最新。"
    requires_system_checks: list[str] = []  # noqa: RUF012  as the base class declares it

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="只核对，不写入")
        parser.add_argument(
            "path", nargs="?", default=str(settings.BASE_DIR / "docs/api/openapi.yaml")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path, text = Path(options["path"]), self._drawn()
        if not options["check"]:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            return
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            raise CommandError(_("%(path)s 不是最新，请运行 make docs。") % {"path": path.name})

    def _drawn(self) -> str:
        """The schema as text. Raises CommandError for anything that it cannot describe."""
        with override("zh-hans"), GENERATOR_STATS.silence():
            schema = SchemaGenerator().get_schema(request=None, public=True)
        if GENERATOR_STATS:
            GENERATOR_STATS.emit_summary()
            raise CommandError(_("接口定义有描述不了的地方，见上。"))
        validate_schema(schema)
        return str(OpenApiYamlRenderer().render(schema, renderer_context={}).decode())
