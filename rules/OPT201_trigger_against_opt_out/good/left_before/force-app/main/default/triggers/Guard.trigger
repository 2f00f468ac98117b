trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        continue;
            if (person.HasOptedOutOfEmail) {
            person.addError('Ask the owner first.');
        }
    }
}
