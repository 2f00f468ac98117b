trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        if (person.Title != Trigger.oldMap.get(person.Id).Title) {
            person.addError('Ask the owner first.');
        }
    }
}
