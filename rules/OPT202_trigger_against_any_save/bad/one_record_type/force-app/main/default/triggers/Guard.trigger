trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        Contact before = Trigger.oldMap.get(person.Id);
        if (person.AccountId == '012000000000001AAA' && person.RecordTypeId == '012000000000002AAA') {
            person.addError('No way back.');
        }
    }
}
