"""Which browser on which system, in words a user recognises."""

import re

from django.utils.translation import gettext as _

BROWSERS = (
    (r"Edg(?:e|A|iOS)?/(\d+)", "Edge"),
    (r"QIHU|360SE|360EE|QHBrowser", "360"),
    (r"Qaxbrowser|QAXBrowser", "奇安信"),
    (r"Firefox/(\d+)", "Firefox"),
    (r"(?:Headless)?Chrome/(\d+)", "Chrome"),
    (r"Version/(\d+)[^ ]* (?:Mobile/\w+ )?Safari", "Safari"),
)
SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("HarmonyOS", "HarmonyOS"),
    ("iPhone|iPad", "iOS"),
    ("Mac OS X", "macOS"),
    ("UOS", "统信 UOS"),
    ("Kylin", "麒麟"),
    ("Linux|X11", "Linux"),
)


def device_name(agent: str) -> str:
    """Short for a `User-Agent` header; says so when it is not known."""
    browser = next(
        (
            f"{name} {found[1]}" if found.re.groups else name
            for pattern, name in BROWSERS
            if (found := re.search(pattern, agent))
        ),
        "",
    )
    system = next((name for pattern, name in SYSTEMS if re.search(pattern, agent)), "")
    return "，".join(filter(None, (browser, system))) or _("未知浏览器")
