trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        if (person.Email != Trigger.oldMap.get(person.Id).Email && person.Email.endsWith('example.org')) {
            person.HasOptedOutOfEmail = true;
        }
    }
}
