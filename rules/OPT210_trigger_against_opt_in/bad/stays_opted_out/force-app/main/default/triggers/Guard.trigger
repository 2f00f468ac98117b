trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        if (Trigger.oldMap.get(person.Id).HasOptedOutOfEmail && !person.HasOptedOutOfEmail) {
            person.addError('Ask the owner first.');
        }
    }
}
