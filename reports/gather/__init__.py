from reports.gather.county import Head, gather, heads

__all__ = ["Head", "gather", "heads"]
