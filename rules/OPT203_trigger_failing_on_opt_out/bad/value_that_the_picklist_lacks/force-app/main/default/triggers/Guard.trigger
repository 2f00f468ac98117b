trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        person.Level__c = person.DoNotCall ? 'Bronze' : 'Silver';
    }
}
