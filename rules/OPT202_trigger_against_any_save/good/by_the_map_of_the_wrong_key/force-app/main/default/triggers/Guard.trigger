trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        Contact same = Trigger.newMap.get(person.Id);
        if (same == null && person.Title == 'Blocked') {
            person.addError('Blocked.');
        }
    }
}
