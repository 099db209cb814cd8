"""The closed lists of codes and the exact decimal of the warehouse, free of any library."""

from __future__ import annotations

DECIMAL_PRECISION = 38
DECIMAL_SCALE = 10  # 28 digits before the point: the budgets of a nation in 元 have 15; ten after it: rates have four

QUALIFIERS = ("exact", "approximate", "at_least", "at_most", "range")
MEASURES = ("count", "money", "rate", "change", "amount", "index")
MODALITIES = ("actual", "target")
OBS_STATUSES = ("A", "E", "F", "P")  # SDMX CL_OBS_STATUS: normal, estimated, forecast, provisional
CAUSES = ("SOURCE_REVISED", "EXTRACTOR_CHANGED", "RULE_CHANGED", "CORRECTION", "RETRACTED")
PUBLISHED_ON_BASES = ("sidecar", "url", "meta", "text", "filename", "assumed")
OUTCOMES = ("fetched", "unchanged", "missing", "blocked", "refused", "failed")
SEVERITIES = ("error", "warning", "info")
RELATIONS = ("rate", "sum", "change", "restatement")
MEMBER_ROLES = ("numerator", "denominator", "rate", "total", "part", "now", "change", "before")
RUN_STATUSES = ("running", "completed", "failed", "abandoned")

CODES = {"qualifier": QUALIFIERS, "measure": MEASURES, "modality": MODALITIES, "obs_status": OBS_STATUSES}
"""The codes that a figure carries, by the name of its field."""
