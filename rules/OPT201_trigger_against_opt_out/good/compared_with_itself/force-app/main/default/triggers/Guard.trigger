trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        if (person.HasOptedOutOfEmail && !Trigger.newMap.get(person.Id).HasOptedOutOfEmail) {
            person.addError('Ask the owner first.');
        }
    }
}
