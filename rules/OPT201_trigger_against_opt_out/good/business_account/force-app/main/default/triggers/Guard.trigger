trigger Guard on Account (before update) {
    for (Account person : Trigger.new) {
        if (!person.IsPersonAccount && person.PersonHasOptedOutOfEmail) {
            person.addError('Ask the owner first.');
        }
    }
}
