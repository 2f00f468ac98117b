trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        if (person.HasOptedOutOfEmail && person.Email != null) {
            person.Email.addError('Ask the owner first.');
        }
    }
}
