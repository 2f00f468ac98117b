trigger Guard on Contact (after update) {
    for (Contact person : Trigger.new) {
        insert new Task(WhoId = person.Id);
    }
}
