"""The reverse proxy as deploy/ ships it, on free ports of this machine, gone with the block."""

import os
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from portal.settings.environment import BASE_DIR
from tests.services.redis import free_port

BINARY = shutil.which("nginx") or "/usr/sbin/nginx"  # no PATH of an ordinary user names sbin
SHIPPED = BASE_DIR / "deploy" / "nginx.host.conf"
AROUND = """\
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/started.log;
{user}
events {{ worker_connections 512; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/portal.conf;
}}
"""


@dataclass(frozen=True)
class Nginx:
    """A running proxy: `port` speaks TLS, `plain_port` sends browsers there."""

    folder: Path
    port: int
    plain_port: int

    @property
    def trust(self) -> ssl.SSLContext:
        """What a browser needs to believe the certificate, which names 127.0.0.1."""
        return ssl.create_default_context(cafile=self.folder / "portal.crt")


def is_installed() -> bool:
    return Path(BINARY).exists()


def localized(shipped: Path, folder: Path, upstream: str, port: int, plain_port: int) -> str:
    """The shipped file with its ports, paths and the portal's address replaced, nothing else.

    A place that is no longer in the file is an error: it would otherwise stay as it is, unseen.
    """
    text = shipped.read_text()
    places = {
        "listen 80;": f"listen 127.0.0.1:{plain_port};",
        "listen 443 ssl;": f"listen 127.0.0.1:{port} ssl;",
        "/var/log/nginx/": f"{folder}/",
        "/etc/nginx/tls/": f"{folder}/",
        f"proxy_pass http://{'web' if 'http://web' in text else '127.0.0.1'}:8000;": (
            f"proxy_pass http://{upstream};"
        ),
    }
    for place, ours in places.items():
        if place not in text:
            raise ValueError(f"{shipped.name} does not hold {place!r}")
        text = text.replace(place, ours)
    return text


def prepare(folder: Path, upstream: str, shipped: Path = SHIPPED) -> Nginx:
    """Writes configuration and certificate into the folder; nothing is started."""
    proxy = Nginx(folder, free_port(), free_port())
    (folder / "portal.conf").write_text(
        localized(shipped, folder, upstream, proxy.port, proxy.plain_port)
    )
    user = "user root;" if os.geteuid() == 0 else ""  # else its own user could not read the folder
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=user))
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", str(folder / "portal.key"), "-out", str(folder / "portal.crt")],
        check=True, capture_output=True,
    )  # fmt: skip
    return proxy


def command(folder: Path, *more: str) -> list[str]:
    """How the folder's nginx is called."""
    started = f"{folder}/started.log"
    return [BINARY, "-p", str(folder), "-e", started, "-c", f"{folder}/nginx.conf", *more]


@contextmanager
def running_nginx(folder: Path, upstream: str) -> Iterator[Nginx]:
    """Starts it before the portal at `upstream` (host:port), ready to answer."""
    folder.mkdir(exist_ok=True)
    proxy = prepare(folder, upstream)
    process = subprocess.Popen(command(folder))
    try:
        _wait_for(proxy, process)
        yield proxy
    finally:
        process.terminate()
        process.wait()


def _wait_for(proxy: Nginx, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(100):
        if process.poll() is not None:
            break
        if (proxy.folder / "nginx.pid").exists():
            return
        time.sleep(0.05)
    process.terminate()
    raise RuntimeError(f"nginx does not start: {(proxy.folder / 'started.log').read_text()}")
