trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        if (person.HasOptedOutOfEmail) {
            person.clone().addError('Ask the owner first.');
        }
    }
}
