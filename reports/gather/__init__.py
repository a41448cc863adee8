from reports.gather.county import Head, gather

__all__ = ["Head", "gather"]
