"""The coalition, who belongs to it, in which capacity they speak, and what was done."""

from jukwaa.coalitions.models.activity import Activity, Seal, SealedActivity
from jukwaa.coalitions.models.coalition import AreaOfWork, Coalition, CoalitionName
from jukwaa.coalitions.models.imports import Import, ImportChange, ImportRow
from jukwaa.coalitions.models.organisation import KeptApart, Organisation, OrganisationLogo, OrganisationName
from jukwaa.coalitions.models.people import Affiliation, Capacity, ListEntry, Membership, Role
