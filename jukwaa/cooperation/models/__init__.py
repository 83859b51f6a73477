from jukwaa.cooperation.models.help import (
    NEED,
    OFFER,
    Consent,
    Enquiry,
    Help,
    Match,
    Need,
    Offer,
    Side,
    Step,
)
from jukwaa.cooperation.models.work import (
    JOINT_WORK,
    Charter,
    Deliverable,
    DeliverableReport,
    Figure,
    JointWork,
    Outcome,
    Party,
    Signature,
    Update,
)
