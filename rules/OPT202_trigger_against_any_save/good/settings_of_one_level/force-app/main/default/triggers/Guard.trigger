trigger Guard on Contact (before update) {
    Boolean strict = Guard_Settings__c.getOrgDefaults().Active__c;
    if (strict != Guard_Settings__c.getOrgDefaults().Active__c) {
        Trigger.new[0].addError('The settings differ.');
    }
}
