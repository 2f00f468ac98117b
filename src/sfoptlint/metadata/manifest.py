"""Exactly what lint reads, as a retrieve asks for it (Metadata API Developer Guide, Sample package.xml Manifest Files).

A wildcard does not cover standard objects, so they are named. What a profile says depends on what else the same retrieve holds:
profiles go with objects, layouts and applications.
"""

from collections.abc import Mapping

Members = Mapping[str, tuple[str, ...]]

_ALL = ("*",)
_PACKAGE = ("wbsendit__Subscription__c", "wbsendit__Subscriber_List__c")
STANDARD_OBJECTS = (
    "Account",
    "Activity",
    "Campaign",
    "CampaignMember",
    "Case",
    "Contact",
    "Event",
    "Individual",
    "Lead",
    "Opportunity",
    "Task",
    "User",
)
BATCHES: Mapping[str, Members] = {
    "objects, pages and access": {
        "CustomObject": (*STANDARD_OBJECTS, *_PACKAGE, "*"),
        **dict.fromkeys(
            (
                "CustomApplication",
                "CustomLabels",
                "FlexiPage",
                "GlobalValueSet",
                "InstalledPackage",
                "Layout",
                "MutingPermissionSet",
                "PermissionSet",
                "PermissionSetGroup",
                "Profile",
            ),
            _ALL,
        ),
    },
    "rules and flows": dict.fromkeys(
        ("ApprovalProcess", "AssignmentRules", "DuplicateRule", "Flow", "FlowDefinition", "MatchingRules", "Workflow"),
        _ALL,
    ),
    "Apex and custom metadata": dict.fromkeys(("ApexClass", "ApexTrigger", "CustomMetadata"), _ALL),
}
"""What is asked for at once: a retrieve has its limits, 10,000 files and 400 MB."""
