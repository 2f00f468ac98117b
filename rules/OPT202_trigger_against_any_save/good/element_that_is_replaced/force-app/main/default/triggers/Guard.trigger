trigger Guard on Contact (before update) {
    List<Contact> people = new List<Contact>{ Trigger.new[0], null };
    people[0] = new Contact();
    people[0].addError('Blocked.');
}
