trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        if (!person.HasOptedOutOfEmail) {
            Once.heard = true;
        }
        if (!Once.heard) {
            person.addError('Ask the owner first.');
        }
    }
}
