trigger Guard on Contact (after update) {
    for (Contact person : Trigger.new) {
        System.enqueueJob(new Mirror());
    }
}
