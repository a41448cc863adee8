"""The command lines of the portal's two long-running processes."""


def web_command(listening: int, *, threads: int) -> list[str]:
    """gunicorn on a socket that is already listening, given as a descriptor."""
    return [
        *("-m", "gunicorn", "--config", "python:portal.web_server"),
        *("--bind", f"fd://{listening}", "--workers", "1", "--threads", str(threads)),
        "portal.wsgi:application",
    ]


def worker_command(*, beat: bool, concurrency: int) -> list[str]:
    """A Celery worker on threads; alone on its broker, it has no others to look for."""
    return [
        *("-m", "celery", "--app", "portal", "--quiet", "worker"),
        *("--pool", "threads", "--concurrency", str(concurrency)),
        *("--without-mingle", "--without-gossip", "--without-heartbeat"),
        *(("--beat",) if beat else ()),
    ]
