trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        person.put('HasOptedOutOfFax', false);
    }
}
