trigger Guard on Contact (before update) {
    if (!Once.done) {
        Once.done = true;
        for (Contact person : Trigger.new) {
            if (person.HasOptedOutOfEmail) {
                person.addError('Ask the owner first.');
            }
        }
    }
}
