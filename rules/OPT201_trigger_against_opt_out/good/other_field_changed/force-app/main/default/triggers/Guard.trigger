trigger Guard on Contact (before update) {
    for (Contact before : Trigger.old) {
        Contact person = Trigger.newMap.get(before.Id);
        if (person.Email != before.Email) {
            before.addError('Ask the owner first.');
        }
    }
}
