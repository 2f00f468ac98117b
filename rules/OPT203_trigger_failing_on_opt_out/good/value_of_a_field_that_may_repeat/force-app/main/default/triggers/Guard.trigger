trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        person.Key__c = person.Email;
    }
}
