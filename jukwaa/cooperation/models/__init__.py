from jukwaa.cooperation.models.help import (
    NEED_KIND,
    OFFER_KIND,
    Consent,
    Enquiry,
    Help,
    Match,
    MatchSide,
    Need,
    Offer,
    Step,
)
from jukwaa.cooperation.models.work import (
    JOINT_WORK_KIND,
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
