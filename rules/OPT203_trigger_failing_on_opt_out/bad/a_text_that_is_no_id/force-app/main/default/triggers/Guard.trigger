trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        Id twin = person.Twin__c;
    }
}
