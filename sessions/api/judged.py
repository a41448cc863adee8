"""The fields that the form of a page judges; they stand where every room can use them."""

from units.rest.judged import Choice, Day, Flag, Text, Whole, errors_of, named, require_valid

__all__ = ["Choice", "Day", "Flag", "Text", "Whole", "errors_of", "named", "require_valid"]
