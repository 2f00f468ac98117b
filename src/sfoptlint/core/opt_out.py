"""Which field is the opt-out box, and whose security rules it follows.

The box is `HasOptedOutOfEmail` on Contact and Lead; a person account shows its contact's box as
`PersonHasOptedOutOfEmail` (Object Reference: Account, Contact, Lead), and its field security is kept on Contact.
"""

from sfoptlint.core.verdict import OptOutObject

OPT_OUT_FIELD = {
    OptOutObject.CONTACT: "HasOptedOutOfEmail",
    OptOutObject.LEAD: "HasOptedOutOfEmail",
    OptOutObject.ACCOUNT: "PersonHasOptedOutOfEmail",
}

SECURED_FIELD = {
    OptOutObject.CONTACT: "Contact.HasOptedOutOfEmail",
    OptOutObject.LEAD: "Lead.HasOptedOutOfEmail",
    OptOutObject.ACCOUNT: "Contact.HasOptedOutOfEmail",
}
"""The field whose field-level security decides, by the object that is saved."""

PACKAGE_TOKEN = "wbsendit__"  # noqa: S105 - the namespace prefix of Campaign Monitor for Salesforce, not a secret
MEMBERSHIP_LIST = {
    OptOutObject.CONTACT: "wbsendit__Subscription__c.wbsendit__Contact__c",
    OptOutObject.LEAD: "wbsendit__Subscription__c.wbsendit__Lead__c",
    OptOutObject.ACCOUNT: "wbsendit__Subscription__c.wbsendit__Contact__c",
}
"""The membership related list as a layout names it; a person account's layout names its contact's."""

MEMBERSHIP_STATE = "wbsendit__State__c"
MEMBERSHIP_RELATIONSHIPS = ("wbsendit__subscriptions__r", "wbsendit__subscriptions__pr")
"""The list's relationship as a Lightning page names it, in lower case; `__pr` is its form on a person account."""

LOOK_ALIKE_OBJECT = "wbsendit__campaign_activity__c"
"""The email tracking history: a related list of the same package that shows no membership, in lower case."""
LOOK_ALIKE_RELATIONSHIPS = ("wbsendit__campaign_activities__r", "wbsendit__campaign_activities__pr")
"""Its relationship as a Lightning page names it, in the same two forms."""
