trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        if (person.Title == 'Blocked') {
            person.addError('Ask the owner first.');
        }
    }
}
