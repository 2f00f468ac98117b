trigger Guard on Contact (before update) {
    if (!Once.hasAlreadyProcessed && System.isFuture()) {
        Once.hasAlreadyProcessed = true;
        for (Contact person : Trigger.new) {
            if (person.HasOptedOutOfEmail) {
                person.addError('Ask the owner first.');
            }
        }
    }
}
