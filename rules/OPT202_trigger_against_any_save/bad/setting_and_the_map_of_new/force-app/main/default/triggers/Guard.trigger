trigger Guard on Contact (before update) {
    if (Guard_Settings__c.getOrgDefaults().Active__c) {
        for (Contact before : Trigger.old) {
            if (before.Title == 'Blocked') {
                Trigger.newMap.get(before.Id).addError('Blocked.');
            }
        }
    }
}
