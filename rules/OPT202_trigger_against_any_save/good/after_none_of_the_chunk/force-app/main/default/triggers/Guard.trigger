trigger Guard on Contact (before update) {
    Boolean blocked = false;
    for (Contact person : Trigger.new) {
        if (blocked) {
            person.addError('The chunk is blocked.');
        }
        Boolean next = person.Title == 'Blocked';
    }
}
