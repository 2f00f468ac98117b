trigger Guard on Contact (before update) {
    for (Contact person : Trigger.isDelete ? Trigger.new : new List<Contact>()) {
        if (person.HasOptedOutOfEmail) {
            person.addError('Ask the owner first.');
        }
    }
}
