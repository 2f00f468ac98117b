trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        if (person.HasOptedOutOfFax != Trigger.oldMap.get(person.Id).HasOptedOutOfFax) {
            person.addError('Ask the owner first.');
        }
    }
}
