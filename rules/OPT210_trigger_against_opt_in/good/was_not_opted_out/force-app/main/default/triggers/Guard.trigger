trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        if (Trigger.oldMap.get(person.Id).HasOptedOutOfEmail && !person.HasOptedOutOfEmail && person.Id != Trigger.oldMap.get(person.Id).Id) {
            person.addError('Ask the owner first.');
        }
    }
}
