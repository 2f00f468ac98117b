trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        String name = person.Title.toLowerCase();
    }
}
