"""The one place that reads environment variables."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

__all__ = ["BASE_DIR", "VAR_DIR", "env"]

BASE_DIR = Path(__file__).resolve().parent.parent.parent
YES = frozenset(environ.Env.BOOLEAN_TRUE_STRINGS)
NO = frozenset({"false", "off", "n", "no", "0", ""})
DATABASE_SCHEMES = ("postgres://", "postgresql://", "sqlite://")
MAIL_SCHEMES = ("smtp://", "smtp+tls://", "smtp+ssl://", "filemail:", "consolemail:", "memorymail:")


class Environment(environ.Env):  # type: ignore[misc]  # it is not typed
    """Says in a sentence what a variable should have been, never what an address holds.

    A word that is neither yes nor no is refused: `PRODUCTION=ture` would quietly be a trial.
    """

    def get_value(self, var: str, cast: Any = None, *args: Any, **kwargs: Any) -> Any:
        """Raises ImproperlyConfigured where the value is none of the kind."""
        if cast is bool and os.environ.get(var, "").strip().lower() not in YES | NO:
            raise ImproperlyConfigured(f"{var} 只能是 true 或 false，现为 {os.environ[var]!r}。")
        try:
            return super().get_value(var, cast, *args, **kwargs)
        except ValueError as error:
            said = os.environ.get(var)
            raise ImproperlyConfigured(
                f"{var} 应是整数，现为 {said!r}。要用默认值时，请删去这一行。"
            ) from error

    def db_url(self, var: str = "DATABASE_URL", *args: Any, **kwargs: Any) -> Any:
        """The same for the address of a database."""
        hint = "postgres://用户:密码@主机:5432/库名"
        return _address(var, DATABASE_SCHEMES, hint, super().db_url, *args, **kwargs)

    def email_url(self, var: str = "EMAIL_URL", *args: Any, **kwargs: Any) -> Any:
        """The same for the address of a mail server."""
        hint = "smtp+tls://用户:密码@主机:587"
        return _address(var, MAIL_SCHEMES, hint, super().email_url, *args, **kwargs)


def _address(
    var: str, schemes: tuple[str, ...], hint: str, read: Callable[..., Any], *args: Any, **kw: Any
) -> Any:
    wrong = ImproperlyConfigured(
        f"{var} 不是能用的地址，应形如 {hint}；密码中的特殊字符须用百分号编码（如 @ 写成 %40）。"
        "要用默认值时，请删去这一行。"
    )
    if var in os.environ and not os.environ[var].startswith(schemes):
        raise wrong
    try:
        return read(var, *args, **kw)
    except ValueError:  # a port that is no number; the error would quote it, and what is around it
        raise wrong from None


env = Environment()
environ.Env.read_env(BASE_DIR / ".env")

VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
try:
    VAR_DIR.mkdir(parents=True, exist_ok=True)
except OSError as error:
    raise ImproperlyConfigured(
        f"VAR_DIR（{VAR_DIR}）不存在，也建不了：{error.strerror}。请建好这个目录，交给运行门户的用户。"
    ) from error
