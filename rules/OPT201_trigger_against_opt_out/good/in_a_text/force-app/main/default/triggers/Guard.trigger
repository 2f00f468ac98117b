trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        System.debug('if (person.HasOptedOutOfEmail) person.addError(1);');
    }
}
