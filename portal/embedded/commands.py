"""The command lines of the portal's two long-running processes."""


def web_command(listening: int, *, threads: int) -> list[str]:
    """gunicorn on a socket that is already listening, given as a descriptor."""
    return [
        *("-m", "gunicorn", "portal.wsgi:application"),
        *("--bind", f"fd://{listening}"),
        *("--worker-class", "gthread", "--workers", "1", "--threads", str(threads)),
        *("--timeout", "60", "--graceful-timeout", "10"),
        *("--no-control-socket", "--log-level", "warning"),
    ]


def worker_command(*, beat: bool, concurrency: int) -> list[str]:
    """A Celery worker on threads; alone on its broker, it has no others to look for."""
    return [
        *("-m", "celery", "--app", "portal", "--quiet", "worker"),
        *("--pool", "threads", "--concurrency", str(concurrency)),
        *("--without-mingle", "--without-gossip", "--without-heartbeat"),
        *("--loglevel", "WARNING"),
        *(("--beat",) if beat else ()),
    ]
