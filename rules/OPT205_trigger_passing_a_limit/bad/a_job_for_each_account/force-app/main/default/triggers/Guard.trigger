trigger Guard on Contact (after update) {
    Set<Id> started = new Set<Id>();
    for (Contact person : Trigger.new) {
        if (!started.contains(person.AccountId)) {
            started.add(person.AccountId);
            System.enqueueJob(new Mirror());
        }
    }
}
