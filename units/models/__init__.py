from units.models.answered_request import AnsweredRequest
from units.models.api_token import ApiToken
from units.models.assignment import Assignment
from units.models.category import Category
from units.models.import_upload import ImportUpload
from units.models.person import Person
from units.models.role_proposal import RoleProposal
from units.models.roster import RosterEntry
from units.models.unit import Unit
from units.models.unit_name import UnitName

__all__ = [
    "AnsweredRequest",
    "ApiToken",
    "Assignment",
    "Category",
    "ImportUpload",
    "Person",
    "RoleProposal",
    "RosterEntry",
    "Unit",
    "UnitName",
]
