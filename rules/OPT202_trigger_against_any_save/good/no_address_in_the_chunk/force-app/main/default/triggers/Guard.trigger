trigger Guard on Contact (before update) {
    Set<String> seen = new Set<String>();
    for (Contact person : Trigger.new) {
        if (seen.contains(person.Email)) {
            person.addError('There is such a contact.');
        }
        seen.remove(person.Email);
    }
}
