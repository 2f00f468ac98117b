trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        if (!person.HasOptedOutOfEmail && Trigger.oldMap.get(person.Id).Consent__c != person.Consent__c && person.Consent__c == null) {
            person.addError('Ask the owner first.');
        }
    }
}
