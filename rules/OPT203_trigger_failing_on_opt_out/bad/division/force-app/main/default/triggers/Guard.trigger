trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        Decimal share = 100 / person.Score__c;
    }
}
