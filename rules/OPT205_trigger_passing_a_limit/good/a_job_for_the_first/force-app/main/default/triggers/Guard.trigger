trigger Guard on Contact (after update) {
    Boolean started = false;
    for (Contact person : Trigger.new) {
        if (!started) {
            started = true;
            System.enqueueJob(new Mirror());
        }
    }
}
