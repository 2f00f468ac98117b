trigger Guard on Contact (before update) {
    for (Contact before : Trigger.old) {
        Contact person = Trigger.newMap.get(before.Id);
        if (person.HasOptedOutOfEmail != before.HasOptedOutOfEmail) {
            before.addError('Ask the owner first.');
        }
    }
}
