trigger Guard on Contact (after update) {
    List<Task> tasks = new List<Task>();
    for (Contact person : Trigger.new) {
        tasks.add(new Task(WhoId = person.Id));
    }
    insert tasks;
}
