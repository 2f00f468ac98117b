trigger Mark on Contact (before update) {
    for (Contact person : Trigger.new) {
        if (person.HasOptedOutOfEmail && !Trigger.oldMap.get(person.Id).HasOptedOutOfEmail) {
            person.Mail_State__c = 'opted out';
        }
    }
}
