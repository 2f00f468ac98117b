trigger Guard on Contact (after update) {
    System.enqueueJob(new Mirror());
    System.enqueueJob(new Mirror());
}
