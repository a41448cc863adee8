from tests.services.browser import chromium, page

__all__ = ["chromium", "page"]
