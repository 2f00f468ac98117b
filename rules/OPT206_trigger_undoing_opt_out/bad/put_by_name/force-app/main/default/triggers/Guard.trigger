trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        person.put('HasOptedOutOfEmail', false);
    }
}
