trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        person.HasOptedOutOfEmail = person.Mail__c == 'No';
    }
}
