trigger Guard on Contact (after update) {
    for (Contact person : Trigger.new) {
        person.Description = 'Saved.';
    }
}
