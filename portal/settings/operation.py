"""What operators are told of: the page of the portal's condition, and figures for a monitor."""

from portal.settings.environment import VAR_DIR, env

# Whoever shows this token at /metrics gets figures; without one there is no such page.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
METRICS_DIR = VAR_DIR / "metrics"
