trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        person.HasOptedOutOfEmail = person.No_Mail__c;
    }
}
