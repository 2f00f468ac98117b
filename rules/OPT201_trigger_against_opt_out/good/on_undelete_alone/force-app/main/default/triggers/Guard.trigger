trigger Guard on Contact (after undelete) {
    for (Contact person : Trigger.new) {
        if (person.HasOptedOutOfEmail) {
            person.addError('Ask the owner first.');
        }
    }
}
