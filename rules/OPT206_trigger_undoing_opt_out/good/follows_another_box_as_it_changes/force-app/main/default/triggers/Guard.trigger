trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        if (person.No_Mail__c != Trigger.oldMap.get(person.Id).No_Mail__c) {
            person.HasOptedOutOfEmail = person.No_Mail__c;
        }
    }
}
