from units.models.assignment import Assignment
from units.models.category import Category
from units.models.person import Person
from units.models.roster import RosterEntry
from units.models.unit import Unit
from units.models.unit_name import UnitName

__all__ = ["Assignment", "Category", "Person", "RosterEntry", "Unit", "UnitName"]
