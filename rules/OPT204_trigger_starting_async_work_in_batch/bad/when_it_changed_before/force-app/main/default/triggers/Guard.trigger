trigger Guard on Lead (before update, after update) {
    for (Lead person : Trigger.new) {
        if (Trigger.isBefore && person.Reset__c) {
            person.Pending__c = !person.Pending__c;
        }
        if (Trigger.isAfter && person.Pending__c != Trigger.oldMap.get(person.Id).Pending__c) {
            Mirror.send(Trigger.newMap.keySet());
        }
    }
}
