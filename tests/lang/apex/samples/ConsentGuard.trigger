/* Keeps the consent of a donor in step with the household. */
trigger ConsentGuard on Contact (before insert, before update, after update) {
    if (ConsentSettings__c.getInstance(UserInfo.getUserId())?.Skip__c == true || System.isBatch()) {
        return;
    }
    if (Trigger.isBefore && Trigger.isUpdate) {
        for (Contact person : Trigger.new) {
            Contact stored = Trigger.oldMap.get(person.Id);
            if (person.HasOptedOutOfEmail != stored.HasOptedOutOfEmail && String.isBlank(person.Reason__c)) {
                person.Reason__c.addError('Say why ' + person.FirstName + ' leaves', false);
            } else if (stored.Locked__c && !person.Locked__c) {
                Trigger.newMap.get(person.Id).HasOptedOutOfEmail = stored.HasOptedOutOfEmail;
            }
        }
        if (Trigger.new.size() > 200) Trigger.new[0].addError(Label.Too_Many);
    }
    switch on Trigger.operationType {
        when AFTER_UPDATE {
            Set<Id> households = new Set<Id>();
            for (Integer i = 0, n = Trigger.size; i < n; i++) {
                households.add(Trigger.new[i].Household__c);
            }
            households.remove(null);
            if (!households.isEmpty()) {
                System.enqueueJob(new HouseholdJob(households));
            }
        }
        when BEFORE_INSERT, BEFORE_UPDATE {
            new ConsentHandler().run();
        }
        when else {
            System.debug(LoggingLevel.FINE, 'nothing to do');
        }
    }
    Boolean isDonor(Contact person) {
        return person.Donor__c ?? false;
    }
}
