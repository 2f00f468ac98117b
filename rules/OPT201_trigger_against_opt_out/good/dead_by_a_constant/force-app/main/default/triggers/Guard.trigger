trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        if (false && person.HasOptedOutOfEmail) {
            person.addError('Ask the owner first.');
        }
    }
}
