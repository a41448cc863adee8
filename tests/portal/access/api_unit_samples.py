"""Units and members in the API."""

from tests.portal.access.sample import Sample

API_UNIT_SAMPLES = {
    ("api_units", "GET"): Sample(canary=lambda user, unit: f'"code":"{unit.code}"'),
    ("api_unit", "GET"): Sample(
        make=lambda user, unit: {"code": unit.code}, missing={"code": "QS999"}
    ),
    ("api_schema", "GET"): Sample(),
    ("api_docs", "GET"): Sample(),
}
