from reports.gather.county import gather, gather_brief
from reports.gather.heads import Head, heads

__all__ = ["Head", "gather", "gather_brief", "heads"]
