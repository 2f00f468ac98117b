trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        Contact before = Trigger.oldMap.get(person.Id);
        if (person.Mail_State__c != before.Mail_State__c && person.Mail_State__c == 'gone' && person.Title == 'Director') {
            person.addError('A director is asked first.');
        }
    }
}
