trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        if (person.Mail__c != Trigger.oldMap.get(person.Id).Mail__c) {
            person.HasOptedOutOfEmail = person.Mail__c == 'No';
        }
    }
}
