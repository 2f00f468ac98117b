trigger Guard on Contact (before insert) {
    for (Contact person : Trigger.new) {
        if (person.HasOptedOutOfEmail) {
            person.addError('Ask the owner first.');
        }
    }
}
